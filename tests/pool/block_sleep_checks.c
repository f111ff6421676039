/* SPDX-License-Identifier: MIT */
/* block_sleep_checks.c - par's own way to block: a blocker, woken by whoever has found it. */
#include "pool/block_checks.h"

#include "pool/block.h"
#include "pool/crew_inside.h"

static const ws_block_reason reason = {"waits for", NULL, NULL};

static void sleep_until_past(void *arg)
{
    const char **problem = arg;
    ws_blocker *self = ws_blocker_self();
    for (size_t i = 0; i < 50; i++) {
        ws_blocker_unpark(self);
        if (!ws_block_sleep(self, &reason, PAR_NO_WAIT))
            *problem = "the deadline was taken rather than the token";
        if (ws_block_sleep(self, &reason, PAR_NO_WAIT))
            *problem = "a token came from nowhere";
    }
}

const char *block_sleep_ends_at_its_deadline(void)
{
    const char *problem = NULL;
    sleep_until_past(&problem);
    par_pool *pool = pool_with(2, -1, 4);
    (void)on_worker(pool, sleep_until_past, &problem);
    (void)par_pool_run(pool, sleep_until_past, &problem);
    if (problem == NULL)
        problem = problem_when_quiet(&pool->crew);
    size_t waits = 0;
    if (problem == NULL && !ws_block_count_waits(&pool->crew, &waits))
        problem = "waits with a deadline are counted for ever";
    par_pool_destroy(pool);
    return problem;
}

/* ---- two tasks, one after the other ---- */

typedef struct turns {
    size_t turn;
    size_t blockers[2];
    size_t rounds;
    size_t ball;
    atomic_size_t done;
} turns;

static void take_turns(turns *all, size_t number)
{
    ws_blocker *self = ws_blocker_self();
    ws_store_seq_cst(&all->blockers[number], (size_t)self);
    for (size_t i = 0; i < all->rounds; i++) {
        while (ws_load_seq_cst(&all->turn) != number)
            (void)ws_block_sleep(self, &reason, PAR_FOREVER);
        all->ball++;
        ws_store_seq_cst(&all->turn, 1 - number);
        ws_blocker *other = (ws_blocker *)ws_load_seq_cst(&all->blockers[1 - number]);
        if (other != NULL)
            ws_blocker_unpark(other);
    }
    atomic_fetch_add(&all->done, 1);
}

static void take_even_turns(void *arg)
{
    take_turns(arg, 0);
}

static void take_odd_turns(void *arg)
{
    take_turns(arg, 1);
}

static void join_turns(void *arg)
{
    par_join(take_even_turns, arg, take_odd_turns, arg);
}

const char *block_sleep_takes_turns(void)
{
    for (size_t threads = 1; threads <= 3; threads++) {
        par_pool *pool = pool_with(threads, -1, 4);
        turns spawned = {.rounds = scaled(5000)};
        turns joined = {.rounds = scaled(5000)};
        (void)par_pool_spawn(pool, take_even_turns, &spawned);
        (void)par_pool_spawn(pool, take_odd_turns, &spawned);
        (void)on_worker(pool, join_turns, &joined);
        await_count(&spawned.done, 2);
        const char *problem = problem_when_quiet(&pool->crew);
        par_pool_destroy(pool);
        if (problem != NULL)
            return problem;
        if (spawned.ball != 2 * spawned.rounds || joined.ball != 2 * joined.rounds)
            return wrong("%zu and %zu turns", spawned.ball, joined.ball);
    }
    return NULL;
}

/* ---- cancellation ---- */

typedef struct canceled_waits {
    par_group group;
    atomic_size_t begun;
    atomic_size_t ended;
} canceled_waits;

static void sleep_until_canceled(void *arg)
{
    canceled_waits *all = arg;
    ws_blocker *self = ws_blocker_self();
    atomic_fetch_add(&all->begun, 1);
    if (ws_block_begin_group(self, &all->group)) {
        while (!ws_group_is_canceled(&all->group))
            (void)ws_block_sleep(self, &reason, PAR_FOREVER);
        ws_block_end_group(self);
    }
    atomic_fetch_add(&all->ended, 1);
}

const char *block_sleep_ends_when_canceled(void)
{
    enum { TASKS = 5 };
    par_pool *pool = pool_with(2, -1, 8);
    uint64_t seed = 1;
    for (size_t i = 0; i < scaled(500); i++) {
        canceled_waits all = {.group = PAR_GROUP_INIT};
        for (size_t j = 0; j < TASKS; j++)
            (void)par_pool_spawn(pool, sleep_until_canceled, &all);
        await_count(&all.begun, random_below(&seed, TASKS + 1));
        yield_times(random_below(&seed, 10));
        par_cancel(&all.group);
        await_count(&all.ended, TASKS);
    }
    const char *problem = problem_when_quiet(&pool->crew);
    par_pool_destroy(pool);
    return problem;
}
