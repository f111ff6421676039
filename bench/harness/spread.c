/* SPDX-License-Identifier: MIT */
/* spread.c - see spread.h. */
#include "harness/spread.h"

#include <math.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    const double left = *(const double *)a;
    const double right = *(const double *)b;
    return (left > right) - (left < right);
}

bench_spread bench_spread_of(double *samples, size_t n)
{
    if (n == 0)
        return (bench_spread){0, NAN, NAN, NAN, NAN};
    qsort(samples, n, sizeof *samples, compare);
    /* The rank is ceil(0.99 n), in whole numbers and without n * 99, which could overflow. */
    const size_t above = n / 100;
    /* Halved first: the sum of two large samples may be infinite. */
    const double median = samples[(n - 1) / 2] / 2.0 + samples[n / 2] / 2.0;
    return (bench_spread){n, samples[0], median, samples[n - 1 - above], samples[n - 1]};
}
