/* SPDX-License-Identifier: MIT */
/* fib.c - the Fibonacci numbers by their definition: nothing but forks and joins. */
#include "suite/suite.h"

#include <par/task.h>
#include <stdlib.h>

typedef struct fib {
    uint64_t n;
    uint64_t answer;
} fib;

/* A call stays a call, as it does in a recursion that does more than this one. */
__attribute__((noinline)) static uint64_t fib_of(uint64_t n)
{
    return n < 2 ? n : fib_of(n - 1) + fib_of(n - 2);
}

static void serial(void *state)
{
    fib *const f = state;
    f->answer = fib_of(f->n);
}

PAR_TASK_1(uint64_t, fib_task, uint64_t, n)
{
    if (n < 2)
        return n;
    PAR_FORK(fib_task, right, n - 2);
    const uint64_t left = PAR_CALL(fib_task, n - 1);
    return left + PAR_JOIN(fib_task, right);
}

static void parallel(void *state)
{
    fib *const f = state;
    f->answer = fib_task(f->n);
}

static bool is_right(void *state)
{
    fib *const f = state;
    uint64_t a = 0;
    uint64_t b = 1;
    for (uint64_t i = 0; i < f->n; i++) {
        const uint64_t next = a + b;
        a = b;
        b = next;
    }
    const bool right = f->answer == a;
    f->answer = UINT64_MAX;
    return right;
}

static void *create(size_t size)
{
    fib *const f = calloc(1, sizeof *f);
    if (f != NULL)
        f->n = size;
    return f;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "fib",
        .about = "the Fibonacci numbers by their definition",
        .size = "the number to find",
        .sizes = {36},
        .quick = 16,
        .largest = 60,
        .create = create,
        .destroy = free,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
