/* SPDX-License-Identifier: MIT */
/* ref_join.c - two tasks at once that can fail, and one does. */
#include <errno.h>
#include <par/join.h>
#include <stdio.h>

static int invert(void *arg)
{
    double *number = arg;
    if (*number == 0)
        return EDOM;
    *number = 1 / *number;
    return 0;
}

int main(void)
{
    double a = 4;
    double b = 0;
    const int code = par_try_join(invert, &a, invert, &b);
    printf("%g, %s\n", a, code == EDOM ? "and one that has no inverse" : "and no failure");
}
