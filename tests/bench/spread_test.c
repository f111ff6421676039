/* SPDX-License-Identifier: MIT */
/* spread_test.c - medians and quantiles, above all of few samples. */
#include "harness/spread.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>

/* n, n - 1, ... 1 */
static void fill(double *samples, size_t n)
{
    for (size_t i = 0; i < n; i++)
        samples[i] = (double)(n - i);
}

Test(spread, of_one_sample_is_that_sample)
{
    double samples[] = {7};
    const bench_spread spread = bench_spread_of(samples, 1);
    cr_expect_eq(spread.n, 1);
    cr_expect_eq(spread.min, 7);
    cr_expect_eq(spread.median, 7);
    cr_expect_eq(spread.p99, 7);
    cr_expect_eq(spread.max, 7);
}

Test(spread, median_is_the_middle_or_the_mean_of_both)
{
    double odd[] = {5, 1, 3};
    double even[] = {8, 1, 2, 5};
    cr_expect_eq(bench_spread_of(odd, 3).median, 3);
    cr_expect_eq(bench_spread_of(even, 4).median, 3.5);
}

Test(spread, p99_of_few_samples_is_their_maximum)
{
    double samples[99];
    for (size_t n = 1; n <= 99; n++) {
        fill(samples, n);
        cr_expect_eq(bench_spread_of(samples, n).p99, (double)n, "of %zu", n);
    }
}

/* The definition, word by word. */
Test(spread, p99_is_the_smallest_that_99_percent_do_not_exceed)
{
    static double samples[1001];
    static const size_t lengths[] = {100, 101, 150, 199, 200, 201, 250, 999, 1000, 1001};
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        const size_t n = lengths[l];
        size_t expected = 1;
        while (expected * 100 < n * 99)
            expected++;
        fill(samples, n);
        cr_expect_eq(bench_spread_of(samples, n).p99, (double)expected, "of %zu", n);
    }
}

Test(spread, of_nothing_is_no_number)
{
    const bench_spread spread = bench_spread_of(NULL, 0);
    cr_expect_eq(spread.n, 0);
    cr_expect(isnan(spread.min) && isnan(spread.median) && isnan(spread.p99) && isnan(spread.max));
}

Test(spread, median_of_large_samples_is_finite)
{
    double samples[] = {DBL_MAX, DBL_MAX};
    cr_expect_eq(bench_spread_of(samples, 2).median, DBL_MAX);
}
