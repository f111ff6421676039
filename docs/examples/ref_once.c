/* SPDX-License-Identifier: MIT */
/* ref_once.c - a table that is made at first use, by whichever piece of a loop comes first. */
#include <errno.h>
#include <par/loop.h>
#include <par/once.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIZE = 1000 };

static double *squares;
static par_once squares_once = PAR_ONCE_INIT;
static atomic_int failures;

static int make_squares(void *arg)
{
    (void)arg;
    squares = malloc(SIZE * sizeof *squares);
    if (squares == NULL)
        return ENOMEM; /* the next call tries again */
    for (int i = 0; i < SIZE; i++)
        squares[i] = (double)i * i;
    puts("made");
    return 0;
}

static void look_up(size_t begin, size_t end, void *arg)
{
    double *out = arg;
    if (par_once_run(&squares_once, make_squares, NULL) != 0) {
        failures++;
        return;
    }
    for (size_t i = begin; i < end; i++)
        out[i] = squares[i % SIZE];
}

int main(void)
{
    static double out[100000];
    par_for(0, 100000, look_up, out);
    printf("%g, %d failures\n", out[99999], failures);
    free(squares);
}
