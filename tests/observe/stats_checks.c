/* SPDX-License-Identifier: MIT */
/* stats_checks.c - the counters of a pool grow when what they count has happened. */
#include "observe/stats_checks.h"

#include <par/join.h>
#include <par/loop.h>
#include <par/stats.h>
#include <unistd.h>

/* ---- reading ---- */

static uint64_t sum_of_stolen(const par_stats *stats)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < PAR_DISTANCES; i++)
        sum += stats->stolen[i];
    return sum;
}

enum { EXECUTED, STOLEN, FAILED_PROBES, PARKED, WOKEN, PUBLISHED, LENT, COUNTERS };

static uint64_t pick(const par_stats *stats, int counter)
{
    switch (counter) {
    case EXECUTED:
        return stats->executed;
    case STOLEN:
        return sum_of_stolen(stats);
    case FAILED_PROBES:
        return stats->failed_probes;
    case PARKED:
        return stats->parked;
    case WOKEN:
        return stats->woken;
    case PUBLISHED:
        return stats->published;
    default:
        return stats->lent;
    }
}

static uint64_t read_counter(par_pool *pool, int counter)
{
    par_stats stats = PAR_STATS_INIT;
    return par_stats_get(pool, &stats) == 0 ? pick(&stats, counter) : 0;
}

/* Counts of running threads may lag; they get some time to arrive. */
static const char *expect_at_least(par_pool *pool, int counter, uint64_t least, const char *name)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < 100000; i++) {
        seen = read_counter(pool, counter);
        if (seen >= least)
            return NULL;
        usleep(100);
    }
    return wrong("%s is %llu where %llu happened", name, (unsigned long long)seen,
                 (unsigned long long)least);
}

/* ---- bad input, and nothing to read ---- */

/* The first in its process. */
const char *stats_do_not_make_the_default_pool(void)
{
    par_stats stats = PAR_STATS_INIT;
    stats.executed = 77;
    const int rc = par_stats_get(NULL, &stats);
    if (rc != 0 || stats.size != sizeof stats)
        return wrong("code %d", rc);
    for (int i = 0; i < COUNTERS; i++) {
        if (pick(&stats, i) != 0)
            return wrong("counter %d is %llu before anything happened", i,
                         (unsigned long long)pick(&stats, i));
    }
    return NULL;
}

const char *stats_reject_unknown_sizes(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(2, &problem);
    if (pool == NULL)
        return problem;
    const size_t sizes[] = {0, 1, sizeof(par_stats) - 1, sizeof(par_stats) + 8, SIZE_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        par_stats stats = PAR_STATS_INIT;
        stats.size = sizes[i];
        if (par_stats_get(pool, &stats) != EINVAL || par_stats_get(NULL, &stats) != EINVAL)
            problem = wrong("size %zu is not EINVAL", sizes[i]);
    }
    if (par_stats_get(pool, NULL) != EINVAL)
        problem = wrong("NULL is not EINVAL");
    par_pool_destroy(pool);
    return problem;
}

/* ---- growing ---- */

static void count_up(void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

const char *stats_count_tasks(void)
{
    enum { TASKS = 1000 };
    const char *problem = NULL;
    par_pool *pool = pool_of(2, &problem);
    if (pool == NULL)
        return problem;
    atomic_size_t runs = 0;
    for (size_t i = 0; i < TASKS; i++)
        (void)par_pool_spawn(pool, count_up, &runs);
    await_count(&runs, TASKS);
    problem = expect_at_least(pool, EXECUTED, TASKS, "executed");
    if (problem == NULL)
        problem = expect_at_least(pool, PUBLISHED, TASKS, "published");
    par_pool_destroy(pool);
    return problem;
}

static void meet_other(void *arg)
{
    meet(arg, 2);
}

static void meet_by_join(void *arg)
{
    atomic_size_t arrived = 0;
    par_join(meet_other, &arrived, meet_other, &arrived);
    if (arg != NULL)
        count_up(arg);
}

/* Each of these joins needs a thief. */
const char *stats_count_thefts(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(3, &problem);
    if (pool == NULL)
        return problem;
    const size_t rounds = scaled(100);
    for (size_t i = 0; i < rounds; i++)
        (void)par_pool_run(pool, meet_by_join, NULL);
    problem = expect_at_least(pool, STOLEN, rounds, "the sum of stolen");
    if (problem == NULL)
        problem = expect_at_least(pool, EXECUTED, rounds, "executed");
    par_pool_destroy(pool);
    return problem;
}

/* Gives both threads something to do after pauses in which they may fall asleep. */
static const char *wake_often(par_pool *pool, uint64_t woken, uint64_t parked)
{
    for (size_t i = 0; i < 10000; i++) {
        usleep(1000);
        (void)on_worker(pool, meet_by_join, NULL);
        if (read_counter(pool, WOKEN) > woken && read_counter(pool, PARKED) > parked)
            return NULL;
    }
    return wrong("after ten thousand pauses woken is still %llu, or parked %llu",
                 (unsigned long long)woken, (unsigned long long)parked);
}

/* Threads go to sleep, are woken for work, and go to sleep again. */
const char *stats_count_sleep(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(2, &problem);
    if (pool == NULL)
        return problem;
    problem = expect_at_least(pool, PARKED, 2, "parked");
    for (size_t i = 0; i < 5 && problem == NULL; i++)
        problem = wake_often(pool, read_counter(pool, WOKEN), read_counter(pool, PARKED));
    par_pool_destroy(pool);
    return problem;
}

typedef struct loan {
    atomic_size_t begun;
    atomic_size_t queued;
    atomic_size_t others;
} loan;

static void await_queue(void *arg)
{
    await_count(&((loan *)arg)->begun, 1);
    await_count(&((loan *)arg)->queued, 1);
}

static void stay_for_others(void *arg)
{
    loan *all = arg;
    atomic_fetch_add(&all->begun, 1);
    await_count(&all->others, 1);
}

static void join_and_lend(void *arg)
{
    par_join(await_queue, arg, stay_for_others, arg);
}

static void run_in_crowd(size_t number, void *arg)
{
    (void)number;
    par_pool *pool = ((void **)arg)[0];
    (void)on_worker(pool, join_and_lend, ((void **)arg)[1]);
}

/* Both threads are in one join, and when one of them waits there is a third task in a queue: it has
 * to lend its core. */
const char *stats_count_lent_cores(void)
{
    const char *problem = NULL;
    loan all = {0, 0, 0};
    par_pool *pool = pool_of(2, &problem);
    if (pool == NULL)
        return problem;
    void *call[] = {pool, &all};
    static crowd caller;
    crowd_start(&caller, 1, run_in_crowd, call);
    await_count(&all.begun, 1);
    (void)par_pool_spawn(pool, count_up, &all.others);
    atomic_store(&all.queued, 1);
    crowd_end(&caller);
    problem = expect_at_least(pool, LENT, 1, "lent");
    par_pool_destroy(pool);
    return problem;
}

/* ---- always forward ---- */

typedef struct watch {
    par_pool *pool;
    atomic_size_t done;
    atomic_size_t backward;
    atomic_size_t looks;
} watch;

static void watch_counters(size_t number, void *arg)
{
    (void)number;
    watch *all = arg;
    par_stats before = PAR_STATS_INIT;
    while (atomic_load(&all->done) == 0) {
        par_stats now = PAR_STATS_INIT;
        (void)par_stats_get(all->pool, &now);
        for (int i = 0; i < COUNTERS; i++) {
            if (pick(&now, i) < pick(&before, i))
                atomic_fetch_add(&all->backward, 1);
        }
        before = now;
        atomic_fetch_add(&all->looks, 1);
        sched_yield();
    }
}

static void add_piece(size_t begin, size_t end, void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, end - begin);
}

static void loop_over(void *arg)
{
    par_for_grain(0, 200, 1, add_piece, arg);
}

const char *stats_never_go_back(void)
{
    const char *problem = NULL;
    watch all = {.pool = pool_of(3, &problem)};
    if (all.pool == NULL)
        return problem;
    static crowd watcher;
    crowd_start(&watcher, 1, watch_counters, &all);
    atomic_size_t runs = 0;
    for (size_t i = 0; i < scaled(200); i++) {
        (void)par_pool_run(all.pool, meet_by_join, &runs);
        (void)par_pool_run(all.pool, loop_over, &runs);
        (void)par_pool_spawn(all.pool, count_up, &runs);
    }
    await_count(&all.looks, 2);
    atomic_store(&all.done, 1);
    crowd_end(&watcher);
    par_pool_destroy(all.pool);
    const size_t backward = atomic_load(&all.backward);
    return backward == 0 ? NULL : wrong("%zu times a counter went back", backward);
}
