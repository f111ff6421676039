/* SPDX-License-Identifier: MIT */
/* scope.c - tasks of a scope that do nothing, from the spawn to the scope's end. */
#include "micro/micro.h"

#include <par/scope.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { tasks = 10000 };

/* Counts per thread would be another benchmark; this line is shared, and is there on all sides. */
static atomic_size_t done;

static void count_task(par_scope *scope, void *arg)
{
    (void)scope;
    (void)arg;
    atomic_fetch_add_explicit(&done, 1, memory_order_relaxed);
}

static void spawn_all(par_scope *scope, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < tasks; i++)
        if (par_scope_spawn(scope, count_task, NULL) != 0)
            return;
}

static void spawn_copies(par_scope *scope, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < tasks; i++)
        if (par_scope_spawn_copy(scope, count_task, &i, sizeof i) != 0)
            return;
}

typedef struct scope_run {
    par_pool *pool;
    par_scope_fn *body;
} scope_run;

static void run_scope(void *arg)
{
    const scope_run *const side = arg;
    par_scope_run(side->body, NULL);
}

static void run(void *ctx)
{
    const scope_run *const side = ctx;
    atomic_store(&done, 0);
    par_pool_run(side->pool, run_scope, ctx);
}

/* The least that a task which outlives its maker needs. */
static void run_malloc(void *ctx)
{
    (void)ctx;
    static void *kept[tasks];
    atomic_store(&done, 0);
    for (size_t i = 0; i < tasks; i++)
        kept[i] = malloc(4 * sizeof(void *));
    for (size_t i = tasks; i-- > 0;) {
        count_task(NULL, kept[i]);
        free(kept[i]);
    }
}

static bool is_right(void *ctx)
{
    (void)ctx;
    return atomic_load(&done) == tasks;
}

void micro_scope(bench *b)
{
    static const char *const name = "scope";
    if (!bench_wants(b, name))
        return;
    par_pool *const one = bench_par_pool(b, name, 1);
    par_pool *const all = bench_par_pool(b, name, b->threads);
    if (one != NULL && all != NULL) {
        scope_run spawn_one = {one, spawn_all};
        scope_run copy_one = {one, spawn_copies};
        scope_run spawn = {all, spawn_all};
        const bench_side sides[] = {
            {"par_scope_spawn, 1 thread", run, NULL, is_right, &spawn_one},
            {"par_scope_spawn_copy, 1 thread", run, NULL, is_right, &copy_one},
            {"par_scope_spawn, all threads", run, NULL, is_right, &spawn},
            {"malloc, call, free", run_malloc, NULL, is_right, NULL},
        };
        const bench_ratio ratios[] = {{"par_scope_spawn, 1 thread / malloc, call, free", 0, 3}};
        const bench_parameter parameters[] = {{"tasks", tasks}};
        bench_run(b,
                  &(bench_case){name, bench_unit_ns, tasks, 100, 3, sides, BENCH_COUNT(sides),
                                ratios, BENCH_COUNT(ratios), parameters, BENCH_COUNT(parameters)});
    }
    par_pool_destroy(one);
    par_pool_destroy(all);
}
