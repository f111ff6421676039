/* SPDX-License-Identifier: MIT */
/* blocking.c - what it costs to lend a core: a wait of nothing, and two tasks that wait for each
 * other in turns, in a pool that must lend for the second one to run at all (1 thread) and in one
 * that need not. Beside them the same between plain threads. */
#include "micro/micro.h"

#include <par/block.h>
#include <par/join.h>
#include <par/pool.h>
#include <par/thread.h>
#include <semaphore.h>

enum { waits = 1000, strokes = 1000 };

static const char *const name_of_nothing = "blocking/nothing";
static const char *const name_of_ping_pong = "blocking/ping_pong";

/* ---- nothing ---- */

static int wait_for_nothing(void *arg)
{
    micro_nothing(arg);
    return 0;
}

static void block_for_nothing(void *arg)
{
    (void)arg;
    for (int i = 0; i < waits; i++)
        par_block(wait_for_nothing, NULL);
}

/* A fork in between, whose owner then does not look for sleepers at each push. */
static void fork_and_block_for_nothing(void *arg)
{
    (void)arg;
    for (int i = 0; i < waits; i++) {
        par_join(micro_nothing, NULL, micro_nothing, NULL);
        par_block(wait_for_nothing, NULL);
    }
}

static void run_in_pool(void *pool)
{
    par_pool_run(pool, block_for_nothing, NULL);
}

static void run_forks_in_pool(void *pool)
{
    par_pool_run(pool, fork_and_block_for_nothing, NULL);
}

static void measure_nothing(bench *b, par_pool *one, par_pool *all)
{
    const bench_side sides[] = {
        {"outside", block_for_nothing, NULL, NULL, NULL},
        {"1 thread", run_in_pool, NULL, NULL, one},
        {"all threads", run_in_pool, NULL, NULL, all},
        {"all threads, a join before each", run_forks_in_pool, NULL, NULL, all},
    };
    const bench_ratio ratios[] = {{"all threads / outside", 2, 0}};
    bench_run(b, &(bench_case){name_of_nothing, bench_unit_ns, waits, 100, 3, sides,
                               BENCH_COUNT(sides), ratios, BENCH_COUNT(ratios), NULL, 0});
}

/* ---- ping-pong ---- */

typedef struct table {
    par_pool *pool;
    sem_t turns[2];
    size_t strokes[2];
} table;

static int wait_for_turn(void *turn)
{
    while (sem_wait(turn) != 0)
        continue;
    return 0;
}

static void play_blocked(table *t, size_t side)
{
    for (t->strokes[side] = 0; t->strokes[side] < strokes; t->strokes[side]++) {
        par_block(wait_for_turn, &t->turns[side]);
        sem_post(&t->turns[1 - side]);
    }
}

static void play_first(void *arg)
{
    play_blocked(arg, 0);
}

static void play_second(void *arg)
{
    play_blocked(arg, 1);
}

static void join_players(void *arg)
{
    par_join(play_first, arg, play_second, arg);
}

static void serve(table *t)
{
    sem_init(&t->turns[0], 0, 1);
    sem_init(&t->turns[1], 0, 0);
}

static void run_tasks(void *ctx)
{
    table *const t = ctx;
    serve(t);
    par_pool_run(t->pool, join_players, t);
}

static int play_thread(void *arg)
{
    play_second(arg);
    return 0;
}

static void run_threads(void *ctx)
{
    table *const t = ctx;
    par_thread *other = NULL;
    serve(t);
    if (par_thread_spawn(&other, NULL, play_thread, t) != 0)
        return;
    play_first(t);
    par_thread_join(other, NULL);
}

static bool is_played(void *ctx)
{
    table *const t = ctx;
    const bool played = t->strokes[0] == strokes && t->strokes[1] == strokes;
    t->strokes[0] = t->strokes[1] = 0;
    return played;
}

static void measure_ping_pong(bench *b, par_pool *one, par_pool *all)
{
    table tables[3] = {{.pool = one}, {.pool = all}, {.pool = NULL}};
    const bench_side sides[] = {
        {"tasks, 1 thread", run_tasks, NULL, is_played, &tables[0]},
        {"tasks, all threads", run_tasks, NULL, is_played, &tables[1]},
        {"threads outside of pools", run_threads, NULL, is_played, &tables[2]},
    };
    const bench_ratio ratios[] = {{"tasks, all threads / threads", 1, 2},
                                  {"tasks, 1 thread / threads", 0, 2}};
    const bench_parameter parameters[] = {{"strokes", 2 * strokes}};
    bench_run(b, &(bench_case){name_of_ping_pong, bench_unit_us, 2 * strokes, 30, 3, sides,
                               BENCH_COUNT(sides), ratios, BENCH_COUNT(ratios), parameters,
                               BENCH_COUNT(parameters)});
}

/* With a pool of one thread, and one of all. */
static void measure_with_pools(bench *b, const char *name,
                               void (*measure)(bench *b, par_pool *one, par_pool *all))
{
    if (!bench_wants(b, name))
        return;
    par_pool *const one = bench_par_pool(b, name, 1);
    par_pool *const all = bench_par_pool(b, name, b->threads);
    if (one != NULL && all != NULL)
        measure(b, one, all);
    par_pool_destroy(one);
    par_pool_destroy(all);
}

void micro_blocking(bench *b)
{
    measure_with_pools(b, name_of_nothing, measure_nothing);
    measure_with_pools(b, name_of_ping_pong, measure_ping_pong);
}
