/* SPDX-License-Identifier: MIT */
/* join.c - a recursion that does nothing but fork and join, over the same recursion in plain C.
 * Each way of writing it is one function and one side. */
#include "micro/micro.h"

#include <par/join.h>
#include <par/task.h>

typedef struct fib_task {
    uint64_t n;
    uint64_t result;
} fib_task;

/* A call stays a call, as it does in any recursion that does more than this one. */
__attribute__((noinline)) static uint64_t fib_called(uint64_t n)
{
    return n < 2 ? n : fib_called(n - 1) + fib_called(n - 2);
}

/* The compiler may put the function into itself, as often as it likes. */
static uint64_t fib_inlined(uint64_t n)
{
    return n < 2 ? n : fib_inlined(n - 1) + fib_inlined(n - 2);
}

static void fib_joined(void *arg)
{
    fib_task *const task = arg;
    if (task->n < 2) {
        task->result = task->n;
        return;
    }
    fib_task left = {task->n - 1, 0};
    fib_task right = {task->n - 2, 0};
    par_join(fib_joined, &left, fib_joined, &right);
    task->result = left.result + right.result;
}

PAR_TASK_1(uint64_t, fib_typed, uint64_t, n)
{
    if (n < 2)
        return n;
    PAR_FORK(fib_typed, right, n - 2);
    const uint64_t left = PAR_CALL(fib_typed, n - 1);
    return left + PAR_JOIN(fib_typed, right);
}

/* One side: how, in which pool, and what came out. */
typedef struct fib_run {
    par_pool *pool;
    par_fn *body;
    fib_task task;
    uint64_t expected;
} fib_run;

static void call_plain(void *arg)
{
    fib_task *const task = arg;
    task->result = fib_called(task->n);
}

static void call_inlined(void *arg)
{
    fib_task *const task = arg;
    task->result = fib_inlined(task->n);
}

static void call_typed(void *arg)
{
    fib_task *const task = arg;
    task->result = fib_typed(task->n);
}

static void run(void *ctx)
{
    fib_run *const side = ctx;
    side->task.result = 0;
    if (side->pool == NULL)
        side->body(&side->task);
    else
        par_pool_run(side->pool, side->body, &side->task);
}

static bool is_right(void *ctx)
{
    const fib_run *const side = ctx;
    return side->task.result == side->expected;
}

static uint64_t fib_counted(uint64_t n)
{
    uint64_t a = 0;
    uint64_t b = 1;
    for (uint64_t i = 0; i < n; i++) {
        const uint64_t next = a + b;
        a = b;
        b = next;
    }
    return a;
}

void micro_join(bench *b)
{
    static const char *const name = "join/fib";
    if (!bench_wants(b, name))
        return;
    par_pool *const one = bench_par_pool(b, name, 1);
    par_pool *const all = bench_par_pool(b, name, b->threads);
    if (one != NULL && all != NULL) {
        const uint64_t n = b->options.quick ? 20 : 38;
        const uint64_t expected = fib_counted(n);
        fib_run called = {NULL, call_plain, {n, 0}, expected};
        fib_run inlined = {NULL, call_inlined, {n, 0}, expected};
        fib_run typed_one = {one, call_typed, {n, 0}, expected};
        fib_run typed_all = {all, call_typed, {n, 0}, expected};
        fib_run joined_one = {one, fib_joined, {n, 0}, expected};
        fib_run joined_all = {all, fib_joined, {n, 0}, expected};
        const bench_side sides[] = {
            {"plain C, noinline", run, NULL, is_right, &called},
            {"plain C, inlined into itself", run, NULL, is_right, &inlined},
            {"typed task, 1 thread", run, NULL, is_right, &typed_one},
            {"typed task, all threads", run, NULL, is_right, &typed_all},
            {"par_join, 1 thread", run, NULL, is_right, &joined_one},
            {"par_join, all threads", run, NULL, is_right, &joined_all},
        };
        const bench_ratio ratios[] = {
            {"typed task, 1 thread / plain C, noinline", 2, 0},
            {"par_join, 1 thread / plain C, noinline", 4, 0},
            {"typed task, 1 thread / plain C, inlined into itself", 2, 1},
            {"par_join, 1 thread / plain C, inlined into itself", 4, 1},
            {"typed task, 1 thread / all threads", 2, 3},
            {"par_join, 1 thread / all threads", 4, 5},
            {"plain C: noinline / inlined into itself", 0, 1},
        };
        const bench_parameter parameters[] = {{"n", (double)n},
                                              {"forks", (double)(fib_counted(n + 1) - 1)}};
        bench_run(b, &(bench_case){name, bench_unit_s, 0, 11, 1, sides, BENCH_COUNT(sides), ratios,
                                   BENCH_COUNT(ratios), parameters, BENCH_COUNT(parameters)});
    }
    par_pool_destroy(one);
    par_pool_destroy(all);
}
