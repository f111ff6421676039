/* SPDX-License-Identifier: MIT */
/* sum.c - see sum.h. */
#include "harness/sum.h"

/* The values repeat after so many. */
enum { period = 1024 };

/* Sums at once. One chain of additions is slower than memory; this many are not. */
enum { chains = 32 };

double bench_sum(const double *values, size_t n)
{
    double sums[chains] = {0};
    size_t i = 0;
    for (; i + chains <= n; i += chains)
        for (size_t chain = 0; chain < chains; chain++)
            sums[chain] += values[i + chain];
    for (; i < n; i++)
        sums[0] += values[i];
    double total = 0;
    for (size_t chain = 0; chain < chains; chain++)
        total += sums[chain];
    return total;
}

void bench_sum_fill(double *values, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        values[i] = (double)(i % period);
}

double bench_sum_expected(size_t n)
{
    const size_t periods = n / period;
    const double whole = (double)periods * ((double)period * (period - 1) / 2);
    const double rest = (double)(n % period);
    return whole + rest * (rest - 1) / 2;
}
