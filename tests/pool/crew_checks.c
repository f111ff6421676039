/* SPDX-License-Identifier: MIT */
/* crew_checks.c - pools as their users see them, looked at from the inside. A pool is quiet when
 * all its threads sleep; that it becomes so is waited for. */
#include "pool/crew_checks.h"

#include "pool/crew_inside.h"

#include <par/join.h>
#include <par/loop.h>

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

/* ---- deeper than there is room for forks ---- */

typedef struct descent {
    par_pool *pool;
    size_t depth;
    atomic_uchar *runs; /* of each leaf */
} descent;

static descent well;

static void run_leaf(void *arg)
{
    atomic_fetch_add(&well.runs[*(const size_t *)arg], 1);
}

/* Forks a leaf at each level: all of them wait to be joined, stolen or not, when it is lowest. */
static void descend(void *arg)
{
    size_t level = *(const size_t *)arg;
    size_t next = level + 1;
    if (level < well.depth)
        par_join(descend, &next, run_leaf, &level);
}

static void *descend_in_pool(void *arg)
{
    size_t top = 0;
    (void)arg;
    par_pool_run(well.pool, descend, &top);
    return NULL;
}

const char *crew_runs_a_recursion_deeper_than_its_stacks_of_forks(void)
{
    const char *problem = NULL;
    pthread_attr_t attributes;
    pthread_t thread;
    if (SUPPORT_TSAN) /* which has no room for so many frames */
        return NULL;
    well = (descent){.pool = pool_with(2, 50, 2)};
    well.depth = 2 * ws_worker_at(&well.pool->crew, 0)->forks.capacity;
    well.runs = calloc(well.depth, sizeof *well.runs);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, well.depth * 4096);
    if (well.runs == NULL || pthread_create(&thread, &attributes, descend_in_pool, NULL) != 0)
        abort();
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    for (size_t i = 0; problem == NULL && i < well.depth; i++) {
        if (atomic_load(&well.runs[i]) != 1)
            problem = wrong("leaf %zu ran %u times", i, (unsigned)atomic_load(&well.runs[i]));
    }
    free(well.runs);
    par_pool_destroy(well.pool);
    return problem;
}
