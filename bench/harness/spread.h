/* SPDX-License-Identifier: MIT */
/* spread.h - what is said of many samples of one quantity. Knows no units.
 *
 * S1  min, p99 and max are samples that occurred, never values between them. p99 is the smallest
 *     sample that at least 99 % of the samples do not exceed; of fewer than 100 it is the maximum.
 * S2  The median is the middle sample, or the mean of the two in the middle. */
#ifndef BENCH_SPREAD_H
#define BENCH_SPREAD_H

#include <stddef.h>

typedef struct bench_spread {
    size_t n;
    double min;
    double median;
    double p99;
    double max;
} bench_spread;

/* Sorts the n samples, all of them numbers. Without samples n is 0 and the rest is NaN. */
bench_spread bench_spread_of(double *samples, size_t n);

#endif
