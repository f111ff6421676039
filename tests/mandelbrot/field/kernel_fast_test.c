/* SPDX-License-Identifier: MIT */
/* kernel_fast_test.c - fast arithmetic: the last bits of z may differ from the plainest loop, so
 * this says what holds whatever they are. */
#include "mandelbrot/field/cloud.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <string.h>

static cloud_points p;

static void count(const cloud_way *way, const double *re, const double *im, size_t n,
                  uint32_t limit, uint32_t *counts)
{
    const mandel_points asked = {
        .re = re, .im = im, .n = n, .limit = limit, .shortcuts = way->shortcuts, .counts = counts};
    const uint64_t sum = way->arithmetic->count(&asked);
    uint64_t counted = 0;
    for (size_t i = 0; i < n; i++)
        counted += counts[i];
    cr_assert(way->shortcuts ? sum <= counted : sum == counted, "%s", way->name);
}

/* Whether no rounding, in whichever order and of whichever products, can change when a point
 * escapes: follows z, and how far another z can be from it at most. */
static bool is_clear(double c_re, double c_im, uint32_t limit, double epsilon)
{
    double re = 0.0;
    double im = 0.0;
    double off = 0.0;
    for (uint32_t i = 0; i <= limit; i++) {
        const double z = hypot(re, im);
        if (fabs(z - 2.0) <= off + 8.0 * epsilon)
            return false;
        if (z > 2.0)
            return true;
        off = off * (2.0 * z + off) + 4.0 * epsilon * (z * z + 2.0);
        const double product = re * im;
        re = re * re - im * im + c_re;
        im = product + product + c_im;
    }
    return true;
}

/* Counts of points where nothing hangs on the last bits are those of the plainest loop. Returns how
 * many of them there are. */
static size_t compare_clear(const cloud_way *way, const cloud_points *points)
{
    static uint32_t counts[CLOUD_MOST];
    const bool is_float = way->precision == MANDEL_FLOAT;
    size_t clear = 0;
    count(way, points->re, points->im, points->n, points->limit, counts);
    for (size_t i = 0; i < points->n; i++) {
        const double re = is_float ? (double)(float)points->re[i] : points->re[i];
        const double im = is_float ? (double)(float)points->im[i] : points->im[i];
        const reference_end expected = cloud_end_of(points, way->precision, i);
        if (!is_clear(re, im, expected.count, is_float ? (double)FLT_EPSILON : DBL_EPSILON))
            continue;
        clear++;
        if (counts[i] != expected.count)
            cr_assert_fail("%s: point %.17g,%.17g limit %u: %u, not %u", way->name, re, im,
                           points->limit, counts[i], expected.count);
    }
    return clear;
}

Test(kernel_fast, nothing_hangs_on_the_last_bits_of_most_points)
{
    static const uint32_t limits[] = {1, 5, 12, 13, 20, 40, 255, 1000};
    cloud_way way;
    cloud_grid(&p, -0.75, 0.0, 1.5, 73, 59);
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        for (size_t k = 0; k < sizeof limits / sizeof limits[0]; k++) {
            p.limit = limits[k];
            const size_t clear = compare_clear(&way, &p);
            cr_assert_gt(clear, p.n / 10 * 9, "%s: %zu of %zu", way.name, clear, p.n);
        }
    }
}

Test(kernel_fast, an_interior_is_inside)
{
    static uint32_t counts[CLOUD_MOST];
    cloud_way way;
    cloud_grid(&p, -0.15, 0.0, 0.3, 73, 59);
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        count(&way, p.re, p.im, p.n, 2000, counts);
        for (size_t i = 0; i < p.n; i++)
            cr_assert_eq(counts[i], 2000, "%s: point %zu", way.name, i);
    }
}

/* Shortcuts, the company of other points and the order of points change nothing: here, between
 * points that chaos drives apart. */
Test(kernel_fast, each_point_is_counted_by_itself)
{
    static uint32_t forward[CLOUD_MOST];
    static uint32_t backward[CLOUD_MOST];
    uint64_t seed = 11;
    cloud_way way;
    cloud_way other;
    for (size_t i = 0; i < CLOUD_MOST; i++) {
        p.re[i] = -1.9 + 0.6 * cloud_random(&seed);
        p.im[i] = 1e-9 * cloud_random(&seed);
    }
    for (size_t w = 0; cloud_way_at(w, &way) && cloud_way_at(w ^ 1, &other); w++) {
        static double re[CLOUD_MOST];
        static double im[CLOUD_MOST];
        for (size_t i = 0; i < CLOUD_MOST; i++) {
            re[i] = p.re[CLOUD_MOST - 1 - i];
            im[i] = p.im[CLOUD_MOST - 1 - i];
        }
        count(&way, p.re, p.im, CLOUD_MOST, 700, forward);
        count(&other, re, im, CLOUD_MOST, 700, backward);
        for (size_t i = 0; i < CLOUD_MOST; i++)
            cr_assert_eq(forward[i], backward[CLOUD_MOST - 1 - i], "%s: point %zu", way.name, i);
        for (size_t i = 0; i < CLOUD_MOST; i += 97) {
            uint32_t alone;
            count(&way, &p.re[i], &p.im[i], 1, 700, &alone);
            cr_assert_eq(alone, forward[i], "%s: point %zu", way.name, i);
        }
    }
}
