/* SPDX-License-Identifier: MIT */
/* instructions.c - forks and joins that nobody takes, as many as asked for, for instructions.sh to
 * count what they take: `instructions typed 20` or `instructions join 20`. Without membarrier,
 * which the numbers are about, it ends with 77. */
#include <inttypes.h>
#include <par/info.h>
#include <par/join.h>
#include <par/stats.h>
#include <par/task.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fib_task {
    uint64_t n;
    uint64_t result;
} fib_task;

PAR_TASK_1(uint64_t, fib_typed, uint64_t, n)
{
    if (n < 2)
        return n;
    PAR_FORK(fib_typed, right, n - 2);
    const uint64_t left = PAR_CALL(fib_typed, n - 1);
    return left + PAR_JOIN(fib_typed, right);
}

static void fib_joined(void *arg)
{
    fib_task *task = arg;
    if (task->n < 2) {
        task->result = task->n;
        return;
    }
    fib_task left = {task->n - 1, 0};
    fib_task right = {task->n - 2, 0};
    par_join(fib_joined, &left, fib_joined, &right);
    task->result = left.result + right.result;
}

static void call_typed(void *arg)
{
    fib_task *task = arg;
    task->result = fib_typed(task->n);
}

/* What is counted: the script names it. */
static __attribute__((noinline)) void counted(par_fn *body, fib_task *task)
{
    body(task);
}

static bool has_membarrier(void)
{
    static char text[65536];
    return par_info(NULL, text, sizeof text) > 0 && strstr(text, " membarrier\n") != NULL;
}

/* The pool's own thread asks for forks when it falls asleep, and an answer takes instructions: so
 * it must have done that before. Nothing wakes it again, as the caller takes its place. */
static void await_rest(void)
{
    par_stats stats = PAR_STATS_INIT;
    while (par_stats_get(NULL, &stats) == 0 && stats.parked == 0)
        sched_yield();
}

/* Prints how many joins the counted call made. */
int main(int argc, char **argv)
{
    par_fn *body = NULL;
    if (argc == 3 && strcmp(argv[1], "typed") == 0)
        body = call_typed;
    else if (argc == 3 && strcmp(argv[1], "join") == 0)
        body = fib_joined;
    const uint64_t n = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
    if (body == NULL || n < 1 || n > 40) {
        fprintf(stderr, "usage: instructions typed|join <1 to 40>\n");
        return 2;
    }
    if (!has_membarrier())
        return 77;
    uint64_t joins = 0; /* of n, counted up from below */
    uint64_t before = 0;
    uint64_t expected = 1;
    uint64_t smaller = 0;
    for (uint64_t i = 1; i < n; i++) {
        const uint64_t more = joins + before + 1;
        const uint64_t next = expected + smaller;
        before = joins;
        joins = more;
        smaller = expected;
        expected = next;
    }
    fib_task first = {5, 0};
    fib_task task = {n, 0};
    body(&first); /* makes the pool */
    await_rest();
    counted(body, &task);
    if (task.result != expected) {
        fprintf(stderr, "fib(%" PRIu64 ") came out as %" PRIu64 "\n", n, task.result);
        return 1;
    }
    printf("%" PRIu64 "\n", joins);
    return 0;
}
