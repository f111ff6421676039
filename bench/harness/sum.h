/* SPDX-License-Identifier: MIT */
/* sum.h - adding doubles as fast as memory gives them: the loop that all runtimes call, so that
 * they are compared and not their compilers. */
#ifndef BENCH_SUM_H
#define BENCH_SUM_H

#include <stddef.h>

double bench_sum(const double *values, size_t n);

/* values[begin .. end) become small numbers, so that every sum of them is exact, in whatever order
 * it is made. */
void bench_sum_fill(double *values, size_t begin, size_t end);

/* The sum of the first n of them. */
double bench_sum_expected(size_t n);

#endif
