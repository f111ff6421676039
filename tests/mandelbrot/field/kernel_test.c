/* SPDX-License-Identifier: MIT */
/* kernel_test.c - the counts of each kernel that runs here, point by point, against the plainest
 * loop; and its bits. */
#include "mandelbrot/field/kernels.h"

#include "mandelbrot/field/reference.h"
#include "support.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { MOST = 600 };

/* Counts a row of points and compares every count, the sum, and that nothing else is written. */
static void compare_counts(const mandel_kernel *kernel, const double *re, double im, size_t n,
                           uint32_t limit)
{
    enum { UNTOUCHED = 0xabcdef };
    uint32_t counts[MOST + 1];
    for (size_t i = 0; i <= n; i++)
        counts[i] = UNTOUCHED;
    const uint64_t sum = kernel->points(re, im, n, limit, counts);
    uint64_t expected_sum = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t expected = reference_count(re[i], im, limit);
        cr_assert_eq(counts[i], expected, "%s: point %.17g,%.17g limit %u: %u, not %u",
                     kernel->name, re[i], im, limit, counts[i], expected);
        expected_sum += expected;
    }
    cr_assert_eq(counts[n], UNTOUCHED);
    cr_assert_eq(sum, expected_sum);
}

/* A point is inside after so many updates if one more look does not find that it has escaped. */
static void compare_bits(const mandel_kernel *kernel, const double *re, double im, size_t n,
                         uint32_t limit)
{
    enum { UNTOUCHED = 0x5a };
    uint8_t bits[MOST / 8 + 2];
    const size_t bytes = (n + 7) / 8;
    for (size_t i = 0; i < sizeof bits; i++)
        bits[i] = UNTOUCHED;
    const uint64_t sum = kernel->inside(re, im, n, limit, bits);
    cr_assert_leq(sum, (uint64_t)limit * n);
    for (size_t i = 0; i < 8 * bytes; i++) {
        const bool is_inside = i < n && reference_count(re[i], im, limit + 1) == limit + 1;
        cr_assert_eq((bits[i / 8] >> (7 - i % 8) & 1) != 0, is_inside,
                     "%s: bit %zu of %zu, limit %u", kernel->name, i, n, limit);
    }
    cr_assert_eq(bits[bytes], UNTOUCHED);
}

static void compare_row(const double *re, double im, size_t n, uint32_t limit)
{
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++) {
        if (!kernel->runs_here())
            continue;
        compare_counts(kernel, re, im, n, limit);
        compare_bits(kernel, re, im, n, limit);
    }
}

static void compare_view(double left, double top, double right, double bottom, uint32_t limit)
{
    enum { WIDTH = 317, HEIGHT = 61 };
    const reference_view view = {WIDTH, HEIGHT, left, top, right, bottom};
    double re[WIDTH];
    for (size_t column = 0; column < WIDTH; column++)
        re[column] = reference_re(&view, column);
    for (size_t row = 0; row < HEIGHT; row++)
        compare_row(re, reference_im(&view, row), WIDTH, limit);
}

Test(kernel, the_whole_set)
{
    compare_view(-2.25, 1.125, 0.75, -1.125, 255);
}

Test(kernel, the_view_of_the_book)
{
    compare_view(-1.20, 0.35, -1.0, 0.20, 255);
}

Test(kernel, a_boundary_with_a_high_limit)
{
    compare_view(-0.7485, 0.0985, -0.7480, 0.0980, 3000);
}

Test(kernel, an_interior)
{
    compare_view(-0.3, 0.2, 0.1, -0.2, 400);
}

Test(kernel, an_exterior)
{
    compare_view(2.5, 3.0, 9.0, -3.0, 255);
}

Test(kernel, low_limits)
{
    for (uint32_t limit = 1; limit <= 9; limit++)
        compare_view(-2.25, 1.125, 0.75, -1.125, limit);
}

Test(kernel, every_length)
{
    double re[40];
    for (size_t i = 0; i < 40; i++)
        re[i] = -2.0 + (double)i * 0.06;
    for (size_t n = 0; n <= 40; n++)
        compare_row(re, 0.3, n, 255);
}

/* Squares that overflow to infinity, and sums that are no number afterwards. */
Test(kernel, points_far_away)
{
    static const double re[] = {1e150, -1e155, 1e308,  -1e308, 0.0,   2.0,
                                -2.0,  3e200,  1e-310, -1e300, 1e160, 0.25};
    static const double im[] = {0.0, 1e308, -1e160, 2.0, 1e-310, 1e200};
    for (size_t i = 0; i < sizeof im / sizeof im[0]; i++)
        compare_row(re, im[i], sizeof re / sizeof re[0], 300);
}

/* |z|^2 = 4 exactly does not escape; the next number does. */
Test(kernel, the_circle_itself)
{
    const double re[] = {-2.0, nextafter(-2.0, -3.0), nextafter(-2.0, 0.0), 2.0,
                         nextafter(2.0, 0.0)};
    compare_row(re, 0.0, 5, 1000);
    uint32_t counts[5];
    mandel_kernels_best()->points(re, 0.0, 5, 1000, counts);
    cr_assert_eq(counts[0], 1000);
    cr_assert_eq(counts[1], 1);
    cr_assert_eq(counts[3], 2);
}

Test(kernel, names)
{
    const mandel_kernel *kernel;
    size_t n = 0;
    for (; (kernel = mandel_kernels_at(n)) != NULL; n++) {
        cr_assert_eq(mandel_kernels_named(kernel->name), kernel);
        cr_assert_not_null(strstr(mandel_kernels_names, kernel->name));
    }
    cr_assert_geq(n, 1);
    cr_assert(mandel_kernels_at(0)->runs_here());
    cr_assert(mandel_kernels_best()->runs_here());
    cr_assert_null(mandel_kernels_named("SSE2"));
    cr_assert_null(mandel_kernels_named(""));
}

Test(kernel, points_in_random_order)
{
    uint64_t seed = 2024;
    double re[MOST];
    for (size_t round = 0; round < scaled(40); round++) {
        for (size_t i = 0; i < MOST; i++)
            re[i] = -2.2 + 3.0 * (double)(random_next(&seed) >> 11) / 9007199254740992.0;
        const double im = -1.2 + 2.4 * (double)(random_next(&seed) >> 11) / 9007199254740992.0;
        compare_row(re, im, 1 + random_below(&seed, MOST), 1 + (uint32_t)random_below(&seed, 500));
    }
}
