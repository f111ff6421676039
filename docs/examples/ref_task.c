/* SPDX-License-Identifier: MIT */
/* ref_task.c - a recursion written with typed tasks. */
#include <par/task.h>
#include <stdio.h>

PAR_TASK_1(long, fib, long, n)
{
    if (n < 2)
        return n;
    PAR_FORK(fib, right, n - 2);
    const long left = PAR_CALL(fib, n - 1);
    return left + PAR_JOIN(fib, right);
}

int main(void)
{
    printf("fib(30) = %ld\n", fib(30));
}
