/* SPDX-License-Identifier: MIT */
/* crew_checks.c - pools as their users see them, looked at from the inside. A pool is quiet when
 * all its threads sleep; that it becomes so is waited for. */
#include "pool/crew_checks.h"

#include "pool/pool.h"
#include "pool/wait.h"

#include <par/join.h>
#include <par/loop.h>

static par_pool *pool_with(size_t threads, long spin_us, long max_spares)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = threads;
    options.spin_us = spin_us;
    options.max_spares = max_spares;
    par_pool *pool = NULL;
    if (par_pool_create(&pool, &options) != 0)
        abort();
    return pool;
}

/* ---- quiet ---- */

static bool sleeps(const ws_crew *crew, size_t index)
{
    const size_t word = ws_load_seq_cst(&crew->sleeping[index / WS_WORD_BITS]);
    return (word >> (index % WS_WORD_BITS) & 1) != 0;
}

static size_t count_sleepers(const ws_crew *crew)
{
    size_t count = 0;
    for (size_t i = 0; i < crew->sleeping_words * WS_WORD_BITS; i++)
        count += sleeps(crew, i);
    return count;
}

static void await_quiet(const ws_crew *crew)
{
    while (ws_load_seq_cst(&crew->state) != 0 ||
           count_sleepers(crew) < crew->started + ws_load_acquire(&crew->spares_made))
        sched_yield();
}

/* The bits are those of the seats that have a thread, and of no others. */
static const char *problem_when_quiet(const ws_crew *crew)
{
    await_quiet(crew);
    const size_t spares = ws_load_acquire(&crew->spares_made);
    for (size_t i = 0; i < crew->sleeping_words * WS_WORD_BITS; i++) {
        const bool own = i < crew->started;
        const bool spare = i >= crew->threads + WS_GUESTS && i < crew->threads + WS_GUESTS + spares;
        if (sleeps(crew, i) != (own || spare))
            return wrong("seat %zu of %zu, %zu spares: sleeps %d", i, crew->threads, spares,
                         sleeps(crew, i));
    }
    if (ws_crew_has_work(crew))
        return wrong("work is in sight");
    const size_t state = ws_load_seq_cst(&crew->state);
    return state == 0 ? NULL : wrong("state %#zx", state);
}

static void fork_tree(void *arg)
{
    size_t depth = *(const size_t *)arg;
    if (depth-- == 0)
        return;
    par_join(fork_tree, &depth, fork_tree, &depth);
}

static void touch(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        ((unsigned char *)arg)[i]++;
}

static void run_loop(void *arg)
{
    static unsigned char bytes[SUPPORT_CROWD][1000];
    par_for_grain(0, sizeof bytes[0], 10, touch, bytes[*(const size_t *)arg]);
}

static void count_in(void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

typedef struct visit {
    par_pool *pool;
    size_t rounds;
    atomic_size_t spawned;
    atomic_bool end;
    atomic_size_t mistakes;
} visit;

static void visit_often(size_t number, void *arg)
{
    visit *shared = arg;
    size_t depth = 6;
    for (size_t i = 0; i < shared->rounds; i++) {
        par_pool_run(shared->pool, fork_tree, &depth);
        par_pool_run(shared->pool, run_loop, &number);
        par_pool_spawn(shared->pool, count_in, &shared->spawned);
    }
}

const char *crew_counts_nobody_when_it_is_quiet(void)
{
    static const size_t sizes[] = SUPPORT_POOL_SIZES;
    enum { VISITORS = 4 };
    const char *problem = NULL;
    for (size_t i = 0; problem == NULL && i < sizeof sizes / sizeof sizes[0]; i++) {
        visit shared = {.pool = pool_with(sizes[i], (long)(i % 2 * 20), 3), .rounds = scaled(20)};
        const ws_crew *crew = &shared.pool->crew;
        problem = problem_when_quiet(crew);
        for (int again = 0; problem == NULL && again < 3; again++) {
            crowd_run(VISITORS, visit_often, &shared);
            problem = problem_when_quiet(crew);
        }
        par_pool_destroy(shared.pool);
    }
    return problem;
}

/* ---- at every moment ---- */

/* Who searches runs, so there are never more who search; and neither borrows from its neighbour in
 * the word. */
static void watch_state(visit *shared, size_t members)
{
    const ws_crew *crew = &shared->pool->crew;
    while (!atomic_load(&shared->end)) {
        const size_t state = ws_load_acquire(&crew->state);
        const bool possible = ws_state_running(state) <= 2 * crew->max_threads &&
                              ws_state_searching(state) <= ws_state_running(state) &&
                              ws_state_members(state) <= members && state >> 60 == 0;
        if (!possible)
            atomic_fetch_add(&shared->mistakes, 1);
        if (state % 7 == 0)
            sched_yield();
    }
}

enum { VISITORS = 5 };

static void visit_or_watch(size_t number, void *arg)
{
    visit *shared = arg;
    if (number == VISITORS)
        watch_state(shared, VISITORS);
    else
        visit_often(number, shared);
}

static void *end_watch(void *arg)
{
    visit *shared = arg;
    await_count(&shared->spawned, VISITORS * shared->rounds);
    atomic_store(&shared->end, true);
    return NULL;
}

const char *crew_never_counts_what_cannot_be(void)
{
    for (long spin = 0; spin < 60; spin += 50) {
        visit shared = {.pool = pool_with(3, spin, 4), .rounds = scaled(300)};
        pthread_t ender;
        if (pthread_create(&ender, NULL, end_watch, &shared) != 0)
            abort();
        crowd_run(VISITORS + 1, visit_or_watch, &shared);
        pthread_join(ender, NULL);
        const char *problem = problem_when_quiet(&shared.pool->crew);
        par_pool_destroy(shared.pool);
        if (problem != NULL)
            return problem;
        if (atomic_load(&shared.mistakes) != 0)
            return wrong("%zu looks saw what cannot be", atomic_load(&shared.mistakes));
    }
    return NULL;
}

/* ---- waiters ---- */

/* A task that waits, in the middle, for somebody to wake it, and can run nothing meanwhile. */
typedef struct waiter {
    par_pool *pool;
    size_t latch;
    ws_worker *worker;
    atomic_size_t *begun;
    atomic_size_t *ended;
} waiter;

static bool help_nobody(ws_worker *worker, void *ctx)
{
    (void)worker;
    (void)ctx;
    return false;
}

static void wait_for_latch(void *arg)
{
    waiter *self = arg;
    self->worker = ws_worker_self();
    atomic_fetch_add(self->begun, 1);
    ws_wait(self->worker, &self->latch, help_nobody, NULL);
    atomic_fetch_add(self->ended, 1);
}

static bool is_asleep(const waiter *one)
{
    return (ws_load_acquire(&one->latch) & PAR_DETAIL_ASLEEP) != 0;
}

static void wake(waiter *one)
{
    if (ws_latch_set(&one->latch))
        ws_unpark(&one->worker->parker);
}

static size_t count_lent(const ws_crew *crew)
{
    size_t lent = 0;
    for (size_t i = 0; i < crew->max_threads; i++) {
        const ws_worker *worker = ws_worker_at(crew, i);
        lent += worker == NULL ? 0 : ws_load_relaxed(&worker->counters.lent);
    }
    return lent;
}

/* Two tasks wait, and a third wakes them once both sleep: on two threads it can only run on a core
 * that one of the two has lent. */
typedef struct round_of_three {
    par_pool *pool;
    waiter waiters[2];
    atomic_size_t begun;
    atomic_size_t ended;
} round_of_three;

static void wake_both(void *arg)
{
    round_of_three *trio = arg;
    for (size_t i = 0; i < 2; i++) {
        while (!is_asleep(&trio->waiters[i]))
            sched_yield();
    }
    for (size_t i = 0; i < 2; i++)
        wake(&trio->waiters[i]);
    atomic_fetch_add(&trio->ended, 1);
}

static void spawn_three(void *arg)
{
    round_of_three *trio = arg;
    par_pool_spawn(trio->pool, wake_both, trio);
    for (size_t i = 0; i < 2; i++) {
        trio->waiters[i].begun = &trio->begun;
        trio->waiters[i].ended = &trio->ended;
        par_pool_spawn(trio->pool, wait_for_latch, &trio->waiters[i]);
    }
}

const char *crew_lends_a_core_a_thousand_times(void)
{
    const size_t rounds = scaled(1000);
    enum { MAX_SPARES = 8, NEEDED = 2 }; /* both waiters replaced */
    par_pool *pool = pool_with(2, 0, MAX_SPARES);
    const ws_crew *crew = &pool->crew;
    for (size_t i = 0; i < rounds; i++) {
        round_of_three trio = {.pool = pool};
        await_quiet(crew); /* so that no third thread is still up when the three begin */
        on_worker(pool, spawn_three, &trio);
        await_count(&trio.ended, 3);
    }
    const char *problem = problem_when_quiet(crew);
    const size_t made = ws_load_acquire(&crew->spares_made);
    const size_t left = ws_load_acquire(&crew->spares_left);
    const size_t lent = count_lent(crew);
    par_pool_destroy(pool);
    if (problem != NULL)
        return problem;
    /* Not each time: while a waiter lies down, another thread may see its free core first. */
    if (lent == 0 || lent > 2 * rounds)
        return wrong("lent %zu times in %zu rounds", lent, rounds);
    if (made < 1 || made > NEEDED || made + left != MAX_SPARES)
        return wrong("%zu spares made, %zu left", made, left);
    return NULL;
}

/* ---- the most spares ---- */

enum { MANY = 12 };

static size_t count_asleep(const waiter *waiters)
{
    size_t count = 0;
    for (size_t i = 0; i < MANY; i++)
        count += is_asleep(&waiters[i]);
    return count;
}

/* More waiters than there can be threads: as many begin as there are, own ones and spares, and then
 * nobody is left to begin another. */
static const char *fill_with_waiters(size_t threads, size_t max_spares)
{
    waiter waiters[MANY];
    atomic_size_t begun = 0;
    atomic_size_t ended = 0;
    par_pool *pool = pool_with(threads, 0, (long)max_spares);
    const ws_crew *crew = &pool->crew;
    for (size_t i = 0; i < MANY; i++)
        waiters[i] = (waiter){.pool = pool, .begun = &begun, .ended = &ended};
    for (size_t i = 0; i < MANY; i++)
        par_pool_spawn(pool, wait_for_latch, &waiters[i]);
    while (count_asleep(waiters) < threads + max_spares ||
           ws_state_running(ws_load_acquire(&crew->state)) != 0)
        sched_yield();
    const size_t most = atomic_load(&begun);
    const size_t made = ws_load_acquire(&crew->spares_made);
    const size_t left = ws_load_acquire(&crew->spares_left);
    for (size_t i = 0; i < MANY; i++)
        wake(&waiters[i]);
    await_count(&ended, MANY);
    const char *problem = problem_when_quiet(crew);
    par_pool_destroy(pool);
    if (problem != NULL)
        return problem;
    if (most != threads + max_spares || made != max_spares || left != 0)
        return wrong("%zu threads, %zu spares: %zu began, %zu spares made, %zu left", threads,
                     max_spares, most, made, left);
    return NULL;
}

const char *crew_hires_no_more_spares_than_it_may(void)
{
    for (size_t spares = 1; spares < 8; spares += 3) {
        const char *problem = fill_with_waiters(2, spares);
        if (problem != NULL)
            return problem;
    }
    return fill_with_waiters(1, 5);
}

const char *crew_hires_no_spares_if_it_may_not(void)
{
    const char *problem = fill_with_waiters(1, 0);
    return problem != NULL ? problem : fill_with_waiters(3, 0);
}

/* ---- mail ---- */

enum { READERS = 3, SENDERS = 4 };

typedef struct letter {
    ws_mail mail; /* first */
    size_t sender;
    size_t number;
} letter;

typedef struct post {
    par_pool *pool;
    size_t each; /* letters from each sender to each reader */
    letter *letters[SENDERS];
    size_t next[READERS][SENDERS]; /* plain: only the reader's thread reads and writes its row */
    atomic_size_t opened;
    atomic_size_t mistakes;
} post;

static post office;

static void read_letter(ws_mail *mail, ws_worker *worker)
{
    const letter *self = (const letter *)(const void *)mail;
    size_t *next = &office.next[worker->index][self->sender];
    if (worker != ws_worker_self() || *next != self->number)
        atomic_fetch_add(&office.mistakes, 1);
    *next = self->number + 1;
    atomic_fetch_add(&office.opened, 1); /* after the last one its memory may be gone */
}

static void send_letters(size_t number, void *arg)
{
    (void)arg;
    size_t depth = 3;
    letter *mine = office.letters[number];
    for (size_t i = 0; i < office.each; i++) {
        for (size_t reader = 0; reader < READERS; reader++, mine++) {
            *mine = (letter){.mail.open = read_letter, .sender = number, .number = i};
            ws_worker_send(ws_worker_at(&office.pool->crew, reader), &mine->mail);
        }
        if (i % 16 == number)
            par_pool_run(office.pool, fork_tree, &depth);
        if (i % 64 == number) /* so that the readers fall asleep now and then */
            yield_times(10);
    }
}

const char *crew_delivers_mail_to_its_threads_in_order(void)
{
    office = (post){.pool = pool_with(READERS, 0, 2), .each = scaled(3000)};
    for (size_t i = 0; i < SENDERS; i++) {
        office.letters[i] = calloc(office.each * READERS, sizeof(letter));
        if (office.letters[i] == NULL)
            abort();
    }
    crowd_run(SENDERS, send_letters, NULL);
    await_count(&office.opened, office.each * READERS * SENDERS);
    const char *problem = problem_when_quiet(&office.pool->crew);
    par_pool_destroy(office.pool);
    for (size_t i = 0; i < SENDERS; i++)
        free(office.letters[i]);
    const size_t mistakes = atomic_load(&office.mistakes);
    if (problem != NULL)
        return problem;
    return mistakes == 0 ? NULL : wrong("%zu letters out of order, or read by others", mistakes);
}
