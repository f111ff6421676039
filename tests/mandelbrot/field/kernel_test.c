/* SPDX-License-Identifier: MIT */
/* kernel_test.c - the counts of each kernel that runs here, point by point, against the plainest
 * loop: see kernel.h for K1 to K5. */
#include "mandelbrot/field/cloud.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { UNTOUCHED = 0xabcdef };

/* What a kernel says, and one more. */
typedef struct answer {
    uint32_t counts[CLOUD_MOST + 1];
    double end_re[CLOUD_MOST + 1];
    double end_im[CLOUD_MOST + 1];
    uint64_t sum;
} answer;

static cloud_points p;

static void ask(const cloud_way *way, const cloud_points *points, bool wants_ends, answer *a)
{
    for (size_t i = 0; i <= points->n; i++) {
        a->counts[i] = UNTOUCHED;
        a->end_re[i] = a->end_im[i] = UNTOUCHED;
    }
    const mandel_points asked = {
        .re = points->re,
        .im = points->im,
        .n = points->n,
        .limit = points->limit,
        .shortcuts = way->shortcuts,
        .counts = a->counts,
        .end_re = wants_ends ? a->end_re : NULL,
        .end_im = wants_ends ? a->end_im : NULL,
    };
    a->sum = way->arithmetic->count(&asked);
    const size_t n = points->n;
    cr_assert_eq(a->counts[n], UNTOUCHED, "%s", way->name);
    cr_assert(a->end_re[n] == UNTOUCHED && a->end_im[n] == UNTOUCHED, "%s", way->name);
}

static uint64_t sum_of(const answer *a, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a->counts[i];
    return sum;
}

/* What is done is what is counted; shortcuts do less. */
static void check_sum(const cloud_way *way, const cloud_points *points, const answer *a)
{
    const uint64_t counted = sum_of(a, points->n);
    cr_assert(way->shortcuts ? a->sum <= counted : a->sum == counted, "%s, limit %u: %zu of %zu",
              way->name, points->limit, (size_t)a->sum, (size_t)counted);
}

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* All counts, and z of what has escaped, are to the bit those of the plainest loop. */
static void compare_exact(const cloud_points *points)
{
    static reference_end expected[MANDEL_PRECISIONS][CLOUD_MOST];
    static answer a;
    cloud_way way;
    for (size_t i = 0; i < points->n; i++) {
        expected[MANDEL_DOUBLE][i] = cloud_end_of(points, MANDEL_DOUBLE, i);
        expected[MANDEL_FLOAT][i] = cloud_end_of(points, MANDEL_FLOAT, i);
    }
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        if (way.fast)
            continue;
        ask(&way, points, true, &a);
        for (size_t i = 0; i < points->n; i++) {
            const reference_end e = expected[way.precision][i];
            const bool is_inside = e.count == points->limit;
            if (a.counts[i] == e.count &&
                (is_inside || (same(a.end_re[i], e.re) && same(a.end_im[i], e.im))))
                continue;
            cr_assert_fail("%s: point %zu of %zu, %.17g,%.17g, limit %u: %u at %.17g,%.17g, not "
                           "%u at %.17g,%.17g",
                           way.name, i, points->n, points->re[i], points->im[i], points->limit,
                           a.counts[i], a.end_re[i], a.end_im[i], e.count, e.re, e.im);
        }
        check_sum(&way, points, &a);
    }
}

static void compare_view(double re, double im, double radius, uint32_t limit)
{
    cloud_grid(&p, re, im, radius, 73, 59);
    p.limit = limit;
    compare_exact(&p);
}

Test(kernel, the_whole_set)
{
    compare_view(-0.75, 0.0, 1.5, 255);
}

Test(kernel, the_view_of_the_book)
{
    compare_view(-1.1, 0.275, 0.1, 255);
}

Test(kernel, a_boundary_with_a_high_limit)
{
    compare_view(-0.74825, 0.09825, 0.00025, 3000);
}

Test(kernel, an_interior)
{
    compare_view(-0.1, 0.0, 0.2, 400);
}

Test(kernel, an_exterior)
{
    compare_view(6.0, 0.0, 3.5, 255);
}

Test(kernel, low_limits)
{
    for (uint32_t limit = 1; limit <= 30; limit++)
        compare_view(-0.75, 0.0, 1.5, limit);
}

/* More than the lanes of any kernel, and more than twice as many. */
Test(kernel, every_length)
{
    static const uint32_t limits[] = {1, 2, 11, 12, 13, 19, 20, 21, 44, 45, 300};
    for (size_t k = 0; k < sizeof limits / sizeof limits[0]; k++) {
        uint64_t seed = k;
        cloud_scatter(&p, CLOUD_MOST, &seed);
        p.limit = limits[k];
        for (p.n = 0; p.n <= 280; p.n++)
            compare_exact(&p);
    }
}

/* More points under way than a kernel keeps at once, and some that are not among them. */
Test(kernel, long_rows)
{
    static const size_t lengths[] = {2047, 2048, 2049, 2111, 2176, 4095, 4096, 4097, CLOUD_MOST};
    for (size_t k = 0; k < sizeof lengths / sizeof lengths[0]; k++) {
        for (size_t every = 2; every <= 1000; every *= 22) {
            uint64_t seed = every;
            for (size_t i = 0; i < lengths[k]; i++) {
                p.re[i] = i % every == every - 1 ? 3.0 : -1.2 + 0.05 * cloud_random(&seed);
                p.im[i] = 0.3 * cloud_random(&seed);
            }
            p.n = lengths[k];
            p.limit = 77;
            compare_exact(&p);
        }
    }
}

/* Squares that overflow to infinity, and sums that are no number afterwards. Shortcuts must not
 * take what is infinite on both sides for deep inside. */
Test(kernel, points_far_away)
{
    static const double numbers[] = {0.0,    1e-310, 0.25,  -2.0,   2.0,  1e10,  -3e18,
                                     1e20,   1e38,   1e39,  -1e77,  1e78, 1e150, 1e154,
                                     -1e155, -1e160, 3e200, -1e300, 1e308};
    enum { N = sizeof numbers / sizeof numbers[0] };
    p.n = N * N;
    p.limit = 300;
    for (size_t i = 0; i < p.n; i++) {
        p.re[i] = numbers[i % N];
        p.im[i] = numbers[i / N];
    }
    compare_exact(&p);
}

/* |z|^2 = 4 exactly does not escape; the next number does. */
Test(kernel, the_circle_itself)
{
    static const double re[] = {-2.0, 0.0, 0.0, 2.0, 0.0, -2.0, -2.0};
    p.n = sizeof re / sizeof re[0];
    p.limit = 1000;
    memcpy(p.re, re, sizeof re);
    memset(p.im, 0, sizeof re);
    p.re[1] = nextafter(-2.0, -3.0);
    p.re[2] = nextafter(-2.0, 0.0);
    p.re[4] = nextafter(2.0, 0.0);
    p.im[5] = 1e-9;
    p.im[6] = 1e-7;
    compare_exact(&p);
    static answer a;
    cloud_way way;
    cr_assert(cloud_way_at(0, &way));
    ask(&way, &p, false, &a);
    cr_assert_eq(a.counts[0], 1000);
    cr_assert_eq(a.counts[1], 1);
    cr_assert_eq(a.counts[3], 2);
}

/* Where rounding decides, and where the next updates must not decide otherwise. */
Test(kernel, around_the_circle)
{
    uint64_t seed = 7;
    p.n = CLOUD_MOST;
    p.limit = 60;
    for (size_t round = 0; round < scaled(40); round++) {
        for (size_t i = 0; i < p.n; i++) {
            const double angle = ldexp(3.2, -(int)random_below(&seed, 50)) * cloud_random(&seed);
            const double off = ldexp(1.0, -(int)random_below(&seed, 60));
            p.re[i] = -2.0 * cos(angle) + (i % 3 == 0 ? off : 0.0);
            p.im[i] = 2.0 * sin(angle) + (i % 5 == 0 ? off : 0.0);
        }
        compare_exact(&p);
    }
}

Test(kernel, points_in_random_order)
{
    uint64_t seed = 2024;
    for (size_t round = 0; round < scaled(40); round++) {
        cloud_scatter(&p, 1 + random_below(&seed, 600), &seed);
        p.limit = 1 + (uint32_t)random_below(&seed, 500);
        compare_exact(&p);
    }
}

/* ---- shortcuts ------------------------------------------------------------------------------ */

/* Where points are nearly inside, or inside and slow to show it. */
static const struct place {
    double re;
    double im;
} places[] = {
    {0.25, 0.0},                               /* the cusp of the cardioid */
    {-0.75, 0.0},                              /* where it meets the disc */
    {-1.25, 0.0},                              /* where the disc meets the next one */
    {-0.125, 0.649519052838329},               /* the cardioid, a third of the way around */
    {0.25, 0.5},                               /* a quarter */
    {0.37500000000000006, 0.2165063509461096}, /* a sixth */
    {-1.0, 0.25},                              /* the top of the disc */
    {-1.125, 0.21650635094610965},             /* the disc, a third */
    {-1.7548776662466927, 0.0},                /* minibrots */
    {-0.1528, 1.0397},
    {-1.401155189092, 0.0}, /* Feigenbaum's point: periods double without end */
    {-0.77568377, 0.13646737},
};

Test(kernel, shortcuts_change_no_count)
{
    static const double radii[] = {0.1, 1e-2, 1e-3, 1e-4, 1e-5};
    for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
        for (size_t m = 0; m < sizeof radii / sizeof radii[0]; m++) {
            const size_t side = SUPPORT_ASAN ? 9 : 25;
            cloud_grid(&p, places[k].re, places[k].im, radii[m], side, side);
            p.limit = 1000;
            compare_exact(&p);
        }
    }
}

/* Long enough for every period that is looked for, and for what is forgotten in between. */
Test(kernel, shortcuts_change_no_count_up_to_high_limits)
{
    static const uint32_t limits[] = {129, 4000, 16500, 50000};
    for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
        for (size_t m = 0; m < sizeof limits / sizeof limits[0]; m++) {
            const size_t side = SUPPORT_ASAN ? 3 : 9;
            cloud_grid(&p, places[k].re, places[k].im, 1e-3, side, side);
            p.limit = limits[m];
            compare_exact(&p);
        }
    }
}

/* They are worth something: what is deep inside costs next to nothing, and what is inside elsewhere
 * (here in the largest part of period 3) little. */
Test(kernel, shortcuts_save_updates)
{
    static answer deep;
    static answer periodic;
    cloud_way way;
    p.limit = 100000;
    for (size_t w = 1; cloud_way_at(w, &way); w += 2) {
        cloud_grid(&p, -0.1, 0.0, 0.2, 40, 40);
        ask(&way, &p, false, &deep);
        cr_assert_eq(sum_of(&deep, p.n), (uint64_t)p.n * p.limit, "%s", way.name);
        cr_assert_lt(deep.sum, 100 * p.n, "%s: %zu", way.name, (size_t)deep.sum);
        cloud_grid(&p, -0.1226, 0.7449, 0.03, 20, 20);
        ask(&way, &p, false, &periodic);
        cr_assert_eq(sum_of(&periodic, p.n), (uint64_t)p.n * p.limit, "%s", way.name);
        cr_assert_lt(periodic.sum, 5000 * p.n, "%s: %zu", way.name, (size_t)periodic.sum);
    }
}
