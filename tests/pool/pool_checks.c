/* SPDX-License-Identifier: MIT */
/* pool_checks.c - the life of a pool: made, used, ended, by whom and how often. */
#include "pool/pool_checks.h"

#include <par/join.h>
#include <par/loop.h>
#include <unistd.h>

static void count_up(void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

static void join_two(void *arg)
{
    par_join(count_up, arg, count_up, arg);
}

/* ---- making and ending ---- */

/* Makes a pool, gives it work of a kind by `number`, and ends it. Returns what went wrong first. */
static int live_and_die(size_t number)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 1 + number % 4;
    options.spin_us = number % 2 == 0 ? 0 : -1;
    par_pool *pool = NULL;
    int rc = par_pool_create(&pool, &options);
    if (rc != 0)
        return rc;
    atomic_size_t runs = 0;
    size_t expected = 0;
    if (number % 3 == 0) {
        rc = par_pool_run(pool, join_two, &runs);
        expected += 2;
    }
    for (size_t i = 0; i < number % 5 && rc == 0; i++) {
        rc = par_pool_spawn(pool, count_up, &runs);
        expected++;
    }
    const int end = par_pool_destroy(pool);
    if (rc == 0 && end == 0 && atomic_load(&runs) != expected)
        return ENODATA;
    return rc != 0 ? rc : end;
}

const char *pool_is_made_and_ended_a_thousand_times(void)
{
    for (size_t i = 0; i < scaled(1000); i++) {
        const int rc = live_and_die(i);
        if (rc != 0)
            return wrong("pool %zu: %s", i, rc == ENODATA ? "not all ran" : strerror(rc));
    }
    return NULL;
}

static void make_and_end(size_t number, void *arg)
{
    for (size_t i = 0; i < scaled(30); i++) {
        if (live_and_die(number + i) != 0)
            count_up(arg);
    }
}

const char *pool_is_made_and_ended_by_many_threads(void)
{
    atomic_size_t failures = 0;
    crowd_run(8, make_and_end, &failures);
    const size_t failed = atomic_load(&failures);
    return failed == 0 ? NULL : wrong("%zu pools failed", failed);
}

/* ---- bad input ---- */

enum { BAD_OPTIONS = 13 };

static void spoil(par_pool_options *options, size_t number)
{
    switch (number) {
    case 0:
        options->size = 0;
        break;
    case 1:
        options->size = sizeof *options - 1;
        break;
    case 2:
        options->size = sizeof *options + 8;
        break;
    case 3:
        options->num_threads = SIZE_MAX;
        break;
    case 4:
        options->num_threads = 1000000;
        break;
    case 5:
        options->affinity = (par_affinity)99;
        break;
    case 6:
        options->wait = (par_wait)99;
        break;
    case 7:
        options->smt = 2;
        break;
    case 8:
        options->smt = -2;
        break;
    case 9:
        options->spin_us = -2;
        break;
    case 10:
        options->spin_us = 1000000000;
        break;
    case 11:
        options->max_spares = -2;
        break;
    default:
        options->stack_size = 1;
        break;
    }
}

const char *pool_rejects_bad_options(void)
{
    static char nowhere;
    par_pool *const untouched = (par_pool *)(void *)&nowhere;
    for (size_t i = 0; i < BAD_OPTIONS; i++) {
        par_pool_options options = PAR_POOL_OPTIONS_INIT;
        options.num_threads = 2;
        spoil(&options, i);
        par_pool *pool = untouched;
        const int rc = par_pool_create(&pool, &options);
        if (rc != EINVAL || pool != untouched)
            return wrong("bad option %zu: code %d, *out is %s", i, rc,
                         pool == untouched ? "untouched" : "written");
    }
    return NULL;
}

const char *pool_rejects_nothing_to_run(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(2, &problem);
    if (pool == NULL)
        return problem;
    const int codes[] = {par_pool_run(pool, NULL, NULL), par_pool_run(NULL, NULL, NULL),
                         par_pool_spawn(pool, NULL, NULL), par_pool_spawn(NULL, NULL, NULL),
                         par_pool_destroy(NULL)};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] != EINVAL)
            problem = wrong("bad call %zu: code %d", i, codes[i]);
    }
    par_pool_destroy(pool);
    return problem;
}

/* ---- everything runs before the end ---- */

typedef struct spawner {
    par_pool *pool;
    atomic_size_t accepted;
    atomic_size_t runs;
    atomic_size_t surprises;
} spawner;

static void spawn_more(void *arg);

static void spawn_into(spawner *all)
{
    const int rc = par_pool_spawn(all->pool, spawn_more, all);
    if (rc == 0)
        atomic_fetch_add(&all->accepted, 1);
    else if (rc != ECANCELED) /* which a task gets that spawns while the pool is being ended */
        atomic_fetch_add(&all->surprises, 1);
}

static void spawn_more(void *arg)
{
    spawner *all = arg;
    if (atomic_fetch_add(&all->runs, 1) % 3 == 0)
        spawn_into(all);
    sched_yield();
}

static void spawn_in_crowd(size_t number, void *arg)
{
    (void)number;
    for (size_t i = 0; i < 50; i++)
        spawn_into(arg);
}

const char *pool_runs_all_it_was_given(void)
{
    static const size_t sizes[] = SUPPORT_POOL_SIZES;
    for (size_t i = 0; i < 5 * scaled(20); i++) {
        const char *problem = NULL;
        spawner all = {.pool = pool_of(sizes[i % 5], &problem)};
        if (all.pool == NULL)
            return problem;
        crowd_run(4, spawn_in_crowd, &all);
        if (atomic_load(&all.surprises) != 0 || atomic_load(&all.accepted) < 200)
            problem = wrong("%zu spawns failed", atomic_load(&all.surprises));
        const int rc = par_pool_destroy(all.pool);
        if (rc != 0 || atomic_load(&all.runs) != atomic_load(&all.accepted))
            problem = wrong("code %d; %zu of %zu tasks ran before the pool was gone", rc,
                            atomic_load(&all.runs), atomic_load(&all.accepted));
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* ---- the end, while others are inside and more want to enter ---- */

enum { CLOSING_CALLERS = 6 };

typedef struct closing {
    par_pool *pool;
    atomic_size_t inside;
    atomic_size_t refused;
    atomic_size_t accepted;
    atomic_size_t runs;
    atomic_size_t pieces;
    atomic_size_t surprises;
} closing;

static void count_piece(size_t begin, size_t end, void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, end - begin);
}

/* Stays inside until all callers have been refused, then still has work done. */
static void stay_inside(void *arg)
{
    closing *all = arg;
    atomic_fetch_add(&all->inside, 1);
    await_count(&all->refused, CLOSING_CALLERS);
    par_for_grain(0, 100, 1, count_piece, &all->pieces);
    par_join(count_up, &all->pieces, count_up, &all->pieces);
}

static void call_until_refused(closing *all, int (*call)(par_pool *, par_fn *, void *))
{
    int rc = 0;
    while (rc == 0) {
        rc = call(all->pool, count_up, &all->runs);
        if (rc == 0)
            atomic_fetch_add(&all->accepted, 1);
        sched_yield();
    }
    if (rc != ECANCELED)
        atomic_fetch_add(&all->surprises, 1);
}

static void play_closing(size_t number, void *arg)
{
    closing *all = arg;
    if (number == 0) {
        if (par_pool_run(all->pool, stay_inside, all) != 0)
            atomic_fetch_add(&all->surprises, 1);
        return;
    }
    await_count(&all->inside, 1);
    if (number == 1) {
        if (par_pool_destroy(all->pool) != 0)
            atomic_fetch_add(&all->surprises, 1);
        return;
    }
    call_until_refused(all, number % 2 == 0 ? par_pool_run : par_pool_spawn);
    call_until_refused(all, number % 2 == 0 ? par_pool_spawn : par_pool_run);
    atomic_fetch_add(&all->refused, 1);
}

const char *pool_refuses_calls_while_it_ends(void)
{
    static const size_t sizes[] = {1, 2, 8};
    for (size_t i = 0; i < 3 * scaled(20); i++) {
        const char *problem = NULL;
        closing all = {.pool = pool_of(sizes[i % 3], &problem)};
        if (all.pool == NULL)
            return problem;
        crowd_run(2 + CLOSING_CALLERS, play_closing, &all);
        if (atomic_load(&all.surprises) != 0)
            return wrong("%zu calls got other codes than promised", atomic_load(&all.surprises));
        if (atomic_load(&all.runs) != atomic_load(&all.accepted))
            return wrong("%zu calls ran, %zu were accepted", atomic_load(&all.runs),
                         atomic_load(&all.accepted));
        if (atomic_load(&all.pieces) != 102)
            return wrong("who was inside got %zu of 102 pieces done", atomic_load(&all.pieces));
    }
    return NULL;
}

typedef struct inside_out {
    par_pool *pool;
    par_pool *other;
    int codes[4];
} inside_out;

static void end_from_other(void *arg)
{
    inside_out *all = arg;
    all->codes[2] = par_pool_destroy(all->pool);
}

static void end_from_join(void *arg)
{
    inside_out *all = arg;
    all->codes[1] = par_pool_destroy(all->pool);
}

static void end_from_inside(void *arg)
{
    inside_out *all = arg;
    atomic_size_t runs = 0;
    all->codes[0] = par_pool_destroy(all->pool);
    par_join(count_up, &runs, end_from_join, all);
    (void)par_pool_run(all->other, end_from_other, all);
    all->codes[3] = par_pool_destroy(all->other); /* in which nobody is by now */
}

const char *pool_is_not_ended_from_inside(void)
{
    for (size_t i = 0; i < 2 * scaled(20); i++) {
        const char *problem = NULL;
        inside_out all = {.pool = pool_of(2, &problem), .other = pool_of(3, &problem)};
        if (problem != NULL)
            return problem;
        if (i % 2 == 0)
            (void)par_pool_run(all.pool, end_from_inside, &all);
        else
            (void)on_worker(all.pool, end_from_inside, &all);
        for (size_t j = 0; j < 3; j++) {
            if (all.codes[j] != EDEADLK)
                return wrong("way %zu of ending a pool from inside: code %d", j, all.codes[j]);
        }
        atomic_size_t runs = 0;
        const int rc = par_pool_run(all.pool, join_two, &runs);
        const int end = par_pool_destroy(all.pool);
        if (rc != 0 || end != 0 || all.codes[3] != 0 || atomic_load(&runs) != 2)
            return wrong("afterwards run %d, destroy %d, of another pool %d", rc, end,
                         all.codes[3]);
    }
    return NULL;
}

/* ---- waking ---- */

static void meet_other_side(void *arg)
{
    meet(arg, 2);
}

static void meet_by_join(void *arg)
{
    par_join(meet_other_side, arg, meet_other_side, arg);
}

/* Calls that need a second thread, after pauses of every length: no wake-up may be lost. */
const char *pool_wakes_every_time(void)
{
    uint64_t seed = 11;
    for (size_t i = 0; i < 4; i++) {
        par_pool_options options = PAR_POOL_OPTIONS_INIT;
        options.num_threads = 2 + i / 2;
        options.spin_us = i % 2 == 0 ? 0 : -1;
        par_pool *pool = NULL;
        if (par_pool_create(&pool, &options) != 0)
            return wrong("no pool");
        for (size_t j = 0; j < scaled(2000); j++) {
            atomic_size_t arrived = 0;
            (void)par_pool_run(pool, meet_by_join, &arrived);
            if (random_below(&seed, 4) == 0)
                usleep((useconds_t)random_below(&seed, 150));
            else
                yield_times(random_below(&seed, 8));
        }
        par_pool_destroy(pool);
    }
    return NULL;
}
