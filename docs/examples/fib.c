/* SPDX-License-Identifier: MIT */
/* fib.c - the smallest recursion with two halves. */
#include <par/join.h>
#include <stdio.h>

struct fib {
    int n;
    long result;
};

static void fib(void *arg)
{
    struct fib *call = arg;
    if (call->n < 2) {
        call->result = call->n;
        return;
    }
    struct fib a = {call->n - 1, 0};
    struct fib b = {call->n - 2, 0};
    par_join(fib, &a, fib, &b);
    call->result = a.result + b.result;
}

int main(void)
{
    struct fib call = {27, 0};
    fib(&call);
    printf("fib(%d) = %ld\n", call.n, call.result);
}
