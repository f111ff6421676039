/* SPDX-License-Identifier: MIT */
/* broadcast_checks.c - once on every thread of the pool, from wherever it is asked for, and without
 * two such calls waiting for each other. */
#include "scope/broadcast_checks.h"

#include <par/broadcast.h>
#include <par/join.h>
#include <par/loop.h>
#include <par/scope.h>

enum { MOST_THREADS = 64 };

/* ---- one call ---- */

typedef struct roll {
    unsigned calls[MOST_THREADS]; /* not atomic: each thread has its own, the end orders them */
    pthread_t threads[MOST_THREADS];
    atomic_size_t misnumbered;
} roll;

static void answer(size_t index, void *arg)
{
    roll *all = arg;
    if (index >= MOST_THREADS || index != par_thread_index() || index >= par_num_threads()) {
        atomic_fetch_add(&all->misnumbered, 1);
        return;
    }
    all->calls[index]++;
    all->threads[index] = pthread_self();
}

static const char *call_roll(void)
{
    roll all = {.misnumbered = 0};
    const size_t threads = par_num_threads();
    const int rc = par_broadcast(answer, &all);
    if (rc != 0 || atomic_load(&all.misnumbered) != 0)
        return wrong("code %d; %zu calls with an index that is not their thread's", rc,
                     atomic_load(&all.misnumbered));
    for (size_t i = 0; i < threads; i++) {
        if (all.calls[i] != 1)
            return wrong("thread %zu of %zu was called %u times", i, threads, all.calls[i]);
        for (size_t j = 0; j < i; j++) {
            if (pthread_equal(all.threads[i], all.threads[j]))
                return wrong("one thread has the indices %zu and %zu", i, j);
        }
    }
    return NULL;
}

static const char *call_rolls(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = call_roll();
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *broadcast_calls_each_thread_once(void)
{
    return in_every_pool(call_rolls, NULL);
}

static void meet_in_call(size_t index, void *arg)
{
    (void)index;
    meet(arg, par_num_threads());
}

static const char *meet_in_calls(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(20); i++) {
        atomic_size_t arrived = 0;
        const int rc = par_broadcast(meet_in_call, &arrived);
        if (rc != 0)
            return wrong("code %d", rc);
    }
    return NULL;
}

const char *broadcast_calls_all_threads_at_once(void)
{
    return in_every_pool(meet_in_calls, NULL);
}

/* ---- several at once; each of these is known to be whole by its number of calls ---- */

typedef struct tally {
    atomic_size_t calls;
    atomic_size_t failures;
    atomic_size_t begun;
} tally;

static void count_call(size_t index, void *arg)
{
    (void)index;
    atomic_fetch_add(&((tally *)arg)->calls, 1);
}

static void broadcast_once(void *arg)
{
    if (par_broadcast(count_call, arg) != 0)
        atomic_fetch_add(&((tally *)arg)->failures, 1);
}

static const char *judge(const tally *all, size_t broadcasts)
{
    const size_t expected = broadcasts * par_num_threads();
    if (atomic_load(&all->failures) != 0 || atomic_load(&all->calls) != expected)
        return wrong("%zu broadcasts failed; %zu calls instead of %zu", atomic_load(&all->failures),
                     atomic_load(&all->calls), expected);
    return NULL;
}

static const char *broadcast_in_join(void *arg)
{
    (void)arg;
    const size_t rounds = scaled(100);
    tally all = {0, 0, 0};
    for (size_t i = 0; i < rounds; i++)
        par_join(broadcast_once, &all, broadcast_once, &all);
    return judge(&all, 2 * rounds);
}

const char *broadcast_works_from_two_tasks_at_once(void)
{
    return in_every_pool(broadcast_in_join, NULL);
}

typedef struct visit {
    par_pool *pool;
    tally tally;
} visit;

static void broadcast_from_outside(size_t number, void *arg)
{
    visit *all = arg;
    for (size_t i = 0; i < scaled(30); i++) {
        if (all->pool == NULL)
            broadcast_once(&all->tally);
        else if (par_pool_run(all->pool, broadcast_once, &all->tally) != 0)
            atomic_fetch_add(&all->tally.failures, 1);
        yield_times(number % 3);
    }
}

const char *broadcast_works_from_many_outside_threads(void)
{
    static const size_t sizes[] = {1, 2, 8};
    for (size_t i = 0; i < 4; i++) {
        const char *problem = NULL;
        visit all = {.pool = i < 3 ? pool_of(sizes[i], &problem) : NULL};
        if (problem != NULL)
            return problem;
        crowd_run(8, broadcast_from_outside, &all);
        if (all.pool != NULL)
            par_pool_destroy(all.pool);
        const size_t expected = 8 * scaled(30) * (i < 3 ? sizes[i] : par_num_threads());
        if (atomic_load(&all.tally.failures) != 0 || atomic_load(&all.tally.calls) != expected)
            return wrong("%zu calls instead of %zu", atomic_load(&all.tally.calls), expected);
    }
    return NULL;
}

/* ---- while another thread waits in a join for the one that broadcasts ---- */

static void leave_when_begun(void *arg)
{
    tally *all = arg;
    await_count(&all->begun, 1);
    atomic_store(&all->begun, 0);
}

static void begin_and_broadcast(void *arg)
{
    tally *all = arg;
    atomic_fetch_add(&all->begun, 1);
    broadcast_once(all);
}

static const char *broadcast_on_thief(void *arg)
{
    (void)arg;
    const size_t rounds = scaled(100);
    tally all = {0, 0, 0};
    for (size_t i = 0; i < rounds; i++)
        par_join(leave_when_begun, &all, begin_and_broadcast, &all);
    return judge(&all, rounds);
}

const char *broadcast_works_from_a_stolen_side(void)
{
    return in_pools_from(2, broadcast_on_thief, NULL);
}

static void broadcast_in_task(par_scope *scope, void *arg)
{
    (void)scope;
    broadcast_once(arg);
}

static void spawn_broadcasts(par_scope *scope, void *arg)
{
    for (size_t i = 0; i < 4; i++)
        (void)par_scope_spawn(scope, broadcast_in_task, arg);
}

static void broadcast_in_piece(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++) {
        par_join(broadcast_once, arg, broadcast_once, arg);
        par_scope_run(spawn_broadcasts, arg);
    }
}

static const char *broadcast_everywhere(void *arg)
{
    (void)arg;
    tally all = {0, 0, 0};
    const size_t pieces = scaled(10) + 3;
    par_for_grain(0, pieces, 1, broadcast_in_piece, &all);
    return judge(&all, pieces * 6);
}

const char *broadcast_works_from_pieces_and_scopes(void)
{
    return in_every_pool(broadcast_everywhere, NULL);
}

static void broadcast_again(size_t index, void *arg)
{
    (void)index;
    broadcast_once(arg);
}

static const char *broadcast_twice_deep(void *arg)
{
    (void)arg;
    tally all = {0, 0, 0};
    const int rc = par_broadcast(broadcast_again, &all);
    return rc != 0 ? wrong("code %d", rc) : judge(&all, par_num_threads());
}

const char *broadcast_works_from_a_broadcast(void)
{
    return in_every_pool(broadcast_twice_deep, NULL);
}

/* ---- between pools ---- */

typedef struct circle {
    par_pool *pools[3];
    tally tally;
} circle;

typedef struct hop {
    circle *circle;
    size_t next;
    size_t left;
} hop;

static void hop_on(size_t index, void *arg);

static void broadcast_hop(void *arg)
{
    hop *self = arg;
    if (par_broadcast(hop_on, self) != 0)
        atomic_fetch_add(&self->circle->tally.failures, 1);
}

/* Broadcasts in the next pool, or counts at the end of the way. */
static void hop_on(size_t index, void *arg)
{
    const hop *self = arg;
    if (self->left == 0) {
        count_call(index, &self->circle->tally);
        return;
    }
    hop further = {self->circle, (self->next + 1) % 3, self->left - 1};
    if (par_pool_run(self->circle->pools[self->next], broadcast_hop, &further) != 0)
        atomic_fetch_add(&self->circle->tally.failures, 1);
}

static void start_hops(size_t number, void *arg)
{
    circle *all = arg;
    hop first = {all, (number + 1) % 3, 2};
    if (par_pool_run(all->pools[number % 3], broadcast_hop, &first) != 0)
        atomic_fetch_add(&all->tally.failures, 1);
}

/* Three pools, and each thread of each broadcasts in the next and waits for it. */
const char *broadcast_works_between_pools(void)
{
    static const size_t sizes[] = {2, 3, 4};
    const char *problem = NULL;
    circle all = {.tally = {0, 0, 0}};
    for (size_t i = 0; i < 3 && problem == NULL; i++)
        all.pools[i] = pool_of(sizes[i], &problem);
    const size_t rounds = scaled(10);
    for (size_t i = 0; i < rounds && problem == NULL; i++)
        crowd_run(3, start_hops, &all);
    for (size_t i = 0; i < 3 && all.pools[i] != NULL; i++)
        par_pool_destroy(all.pools[i]);
    if (problem != NULL)
        return problem;
    const size_t expected = rounds * 3 * 2 * 3 * 4;
    if (atomic_load(&all.tally.calls) != expected || atomic_load(&all.tally.failures) != 0)
        return wrong("%zu calls instead of %zu, %zu failures", atomic_load(&all.tally.calls),
                     expected, atomic_load(&all.tally.failures));
    return NULL;
}

/* ---- busy threads ---- */

typedef struct busy {
    par_pool *pool;
    atomic_size_t begun;
    atomic_size_t may_end;
    atomic_size_t ended;
    atomic_size_t too_early;
    tally tally;
} busy;

static void keep_busy(void *arg)
{
    busy *all = arg;
    atomic_fetch_add(&all->begun, 1);
    await_count(&all->may_end, 1);
    atomic_fetch_add(&all->ended, 1);
}

static void count_after_busy(size_t index, void *arg)
{
    busy *all = arg;
    if (atomic_load(&all->ended) == 0)
        atomic_fetch_add(&all->too_early, 1);
    count_call(index, &all->tally);
}

static void broadcast_among_busy(void *arg)
{
    busy *all = arg;
    if (par_broadcast(count_after_busy, all) != 0)
        atomic_fetch_add(&all->tally.failures, 1);
}

static void enter_among_busy(size_t number, void *arg)
{
    (void)number;
    busy *all = arg;
    (void)par_pool_run(all->pool, broadcast_among_busy, all);
}

/* All threads are in a task: nobody can have been called before one of the tasks has ended. */
const char *broadcast_waits_for_busy_threads(void)
{
    const char *problem = NULL;
    enum { THREADS = 3 };
    busy all = {.pool = pool_of(THREADS, &problem)};
    if (all.pool == NULL)
        return problem;
    for (size_t i = 0; i < THREADS; i++)
        (void)par_pool_spawn(all.pool, keep_busy, &all);
    await_count(&all.begun, THREADS);
    static crowd caller;
    crowd_start(&caller, 1, enter_among_busy, &all);
    yield_times(1000);
    atomic_store(&all.may_end, 1);
    crowd_end(&caller);
    par_pool_destroy(all.pool);
    if (atomic_load(&all.tally.calls) != THREADS || atomic_load(&all.tally.failures) != 0 ||
        atomic_load(&all.too_early) != 0)
        return wrong("%zu calls, %zu failures, %zu calls in the middle of a task",
                     atomic_load(&all.tally.calls), atomic_load(&all.tally.failures),
                     atomic_load(&all.too_early));
    return NULL;
}

static const char *reject(void *arg)
{
    const int rc = par_broadcast(NULL, arg);
    return rc == EINVAL ? NULL : wrong("no function: code %d", rc);
}

const char *broadcast_rejects_nothing_to_call(void)
{
    return in_every_pool(reject, NULL);
}
