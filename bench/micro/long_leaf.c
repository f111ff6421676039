/* SPDX-License-Identifier: MIT */
/* long_leaf.c - a worker that does not call into par for long, with many forked tasks behind it:
 * how long it takes the other worker to get and do them all. */
#include "micro/micro.h"

#include "harness/clock.h"

#include <par/join.h>
#include <stdatomic.h>

/* Every level forks one task, and the deepest is the leaf. The tasks that the other worker has not
 * done when the leaf ends are done by the worker of the leaf. */
typedef struct long_leaf {
    par_pool *two;
    size_t tasks;
    int64_t task_ns;
    int64_t leaf_ns;
    size_t level;
    _Atomic size_t done;
    _Atomic int64_t last_end;
    int64_t leaf_begin;
} long_leaf;

static void run_task(void *arg)
{
    long_leaf *const l = arg;
    bench_clock_spin(l->task_ns);
    if (atomic_fetch_add(&l->done, 1) + 1 == l->tasks)
        atomic_store(&l->last_end, bench_clock_ns());
}

static void descend(void *arg)
{
    long_leaf *const l = arg;
    if (l->level++ < l->tasks) {
        par_join(descend, l, run_task, l);
        return;
    }
    l->leaf_begin = bench_clock_ns();
    bench_clock_spin(l->leaf_ns);
}

static double measure(void *ctx)
{
    long_leaf *const l = ctx;
    l->level = 0;
    atomic_store(&l->done, 0);
    par_pool_run(l->two, descend, l);
    return (double)(atomic_load(&l->last_end) - l->leaf_begin);
}

static bool is_right(void *ctx)
{
    long_leaf *const l = ctx;
    return atomic_load(&l->done) == l->tasks;
}

void micro_long_leaf(bench *b)
{
    static const char *const name = "long_leaf";
    if (!bench_wants(b, name))
        return;
    long_leaf l = {.two = bench_par_pool(b, name, 2)};
    if (l.two == NULL)
        return;
    l.tasks = b->options.quick ? 50 : 1000;
    l.task_ns = b->options.quick ? 100 * 1000 : 1000 * 1000;
    l.leaf_ns = l.task_ns * (int64_t)l.tasks;
    const bench_side sides[] = {
        {"from the leaf's start to the last task's end", NULL, measure, is_right, &l}};
    const bench_parameter parameters[] = {{"tasks", (double)l.tasks},
                                          {"task_ms", (double)l.task_ns / 1e6},
                                          {"leaf_ms", (double)l.leaf_ns / 1e6}};
    bench_run(b, &(bench_case){name, bench_unit_ms, 0, 5, 0, sides, BENCH_COUNT(sides), NULL, 0,
                               parameters, BENCH_COUNT(parameters)});
    par_pool_destroy(l.two);
}
