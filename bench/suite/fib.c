/* SPDX-License-Identifier: MIT */
/* fib.c - the Fibonacci numbers by their definition: nothing but forks and joins. */
#include "suite/suite.h"

#include <par/join.h>
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

static void parallel(void *state)
{
    fib *const f = state;
    if (f->n < 2) {
        f->answer = f->n;
        return;
    }
    fib left = {f->n - 1, 0};
    fib right = {f->n - 2, 0};
    par_join(parallel, &left, parallel, &right);
    f->answer = left.answer + right.answer;
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
