/* SPDX-License-Identifier: MIT */
/* kernel_slope_test.c - how points get far away, and their derivative there, on each kernel that
 * runs here: to the bit those of the plainest loop. */
#include "mandelbrot/field/cloud.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { MOST = 600, UNTOUCHED = 77 };

/* What goes in, and twice what comes out. */
typedef struct some_points {
    double c_re[MOST];
    double c_im[MOST];
    double z_re[MOST];
    double z_im[MOST];
    size_t n;
} some_points;

static some_points p;

/* Also of infinities; all that is no number is alike. */
static bool same(double a, double b)
{
    return isnan(a) ? isnan(b) : memcmp(&a, &b, sizeof a) == 0;
}

/* ---- flying --------------------------------------------------------------------------------- */

/* Where a point is when it is far away, or has flown for long. */
static double plain_fly(double c_re, double c_im, double *re, double *im)
{
    int updates = 0;
    for (; updates < MANDEL_LONG; updates++) {
        const double re_re = *re * *re;
        const double im_im = *im * *im;
        if (!(re_re + im_im <= 4294967296.0))
            break;
        const double re_im = *re * *im;
        const double twice = re_im + re_im;
        *re = re_re - im_im;
        *re = *re + c_re;
        *im = twice + c_im;
    }
    return updates;
}

static void check_fly(const mandel_kernel *kernel, const some_points *points)
{
    double re[MOST + 1];
    double im[MOST + 1];
    double updates[MOST + 1];
    const size_t n = points->n;
    memcpy(re, points->z_re, n * sizeof *re);
    memcpy(im, points->z_im, n * sizeof *im);
    re[n] = im[n] = updates[n] = UNTOUCHED;
    const mandel_flight flight = {
        .c_re = points->c_re, .c_im = points->c_im, .re = re, .im = im, .updates = updates, .n = n};
    kernel->instructions->fly(&flight);
    cr_assert(re[n] == UNTOUCHED && im[n] == UNTOUCHED && updates[n] == UNTOUCHED);
    for (size_t i = 0; i < n; i++) {
        double z_re = points->z_re[i];
        double z_im = points->z_im[i];
        const double took = plain_fly(points->c_re[i], points->c_im[i], &z_re, &z_im);
        cr_assert(same(re[i], z_re) && same(im[i], z_im) && updates[i] == took,
                  "%s: c %.17g,%.17g from %.17g,%.17g, %zu of %zu: %.17g,%.17g after %g, not "
                  "%.17g,%.17g after %g",
                  kernel->name, points->c_re[i], points->c_im[i], points->z_re[i], points->z_im[i],
                  i, n, re[i], im[i], updates[i], z_re, z_im, took);
    }
}

/* ---- slopes --------------------------------------------------------------------------------- */

static void plain_slope(double c_re, double c_im, uint32_t limit, double *z, double *derivative)
{
    double re = 0.0;
    double im = 0.0;
    double by_re = 0.0;
    double by_im = 0.0;
    *z = 0.0;
    for (uint32_t i = 0; i < limit && *z <= 4294967296.0; i++) {
        const double half_re_1 = re * by_re;
        const double half_re_2 = im * by_im;
        const double half_im_1 = re * by_im;
        const double half_im_2 = im * by_re;
        const double half_re = half_re_1 - half_re_2;
        const double half_im = half_im_1 + half_im_2;
        const double re_re = re * re;
        const double im_im = im * im;
        const double re_im = re * im;
        by_re = 2.0 * half_re;
        by_re = by_re + 1.0;
        by_im = 2.0 * half_im;
        re = re_re - im_im;
        re = re + c_re;
        im = 2.0 * re_im;
        im = im + c_im;
        const double next_re_re = re * re;
        const double next_im_im = im * im;
        *z = next_re_re + next_im_im;
    }
    if (*z <= 4294967296.0)
        *z = 0.0;
    const double by_re_2 = by_re * by_re;
    const double by_im_2 = by_im * by_im;
    *derivative = by_re_2 + by_im_2;
}

static void check_slope(const mandel_kernel *kernel, const some_points *points, uint32_t limit)
{
    double z[MOST + 1];
    double derivative[MOST + 1];
    const size_t n = points->n;
    z[n] = derivative[n] = UNTOUCHED;
    const mandel_slopes slopes = {.re = points->c_re,
                                  .im = points->c_im,
                                  .limit = limit,
                                  .z = z,
                                  .derivative = derivative,
                                  .n = n};
    kernel->instructions->slope(&slopes);
    cr_assert(z[n] == UNTOUCHED && derivative[n] == UNTOUCHED);
    for (size_t i = 0; i < n; i++) {
        double plain_z;
        double plain_derivative;
        plain_slope(points->c_re[i], points->c_im[i], limit, &plain_z, &plain_derivative);
        cr_assert(same(z[i], plain_z) && same(derivative[i], plain_derivative),
                  "%s: c %.17g,%.17g limit %u, %zu of %zu: %.17g and %.17g, not %.17g and %.17g",
                  kernel->name, points->c_re[i], points->c_im[i], limit, i, n, z[i], derivative[i],
                  plain_z, plain_derivative);
    }
}

/* ---- points --------------------------------------------------------------------------------- */

static void check_all(const some_points *points, uint32_t limit)
{
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++) {
        if (!kernel->runs_here())
            continue;
        check_fly(kernel, points);
        check_slope(kernel, points, limit);
    }
}

/* Points around the set, with any z near 2: most get far, and some never. */
static void scatter(some_points *points, size_t n, uint64_t *seed)
{
    points->n = n;
    for (size_t i = 0; i < n; i++) {
        points->c_re[i] = -2.2 + 3.0 * cloud_random(seed);
        points->c_im[i] = -1.2 + 2.4 * cloud_random(seed);
        points->z_re[i] = -3.0 + 6.0 * cloud_random(seed);
        points->z_im[i] = -3.0 + 6.0 * cloud_random(seed);
    }
}

Test(kernel_slope, every_length)
{
    uint64_t seed = 1;
    for (size_t n = 0; n <= 70; n++) {
        scatter(&p, n, &seed);
        check_all(&p, 100);
    }
}

Test(kernel_slope, every_limit)
{
    uint64_t seed = 2;
    for (uint32_t limit = 1; limit <= 40; limit++) {
        scatter(&p, 100, &seed);
        check_all(&p, limit);
    }
    scatter(&p, MOST, &seed);
    check_all(&p, 2000);
}

/* Beyond the largest numbers, at the last one that is not far, and where nothing ever moves. */
Test(kernel_slope, points_that_are_far_already_or_never)
{
    static const double numbers[] = {0.0,    -2.0,  0.25,   65536.0, -65536.000000001, 1e10,
                                     -1e154, 1e155, -1e300, 1e308,   INFINITY,         -INFINITY};
    enum { FINITE = 10, ALL = sizeof numbers / sizeof numbers[0] };
    p.n = MOST;
    for (size_t i = 0; i < MOST; i++) {
        p.c_re[i] = numbers[i % FINITE];
        p.c_im[i] = numbers[i / FINITE % FINITE];
        p.z_re[i] = numbers[i * 7 % ALL];
        p.z_im[i] = numbers[i / ALL % ALL];
    }
    check_all(&p, 300);
}

/* The derivative of points that are nearer to the set than the smallest numbers overflows. */
Test(kernel_slope, derivatives_beyond_the_largest_numbers)
{
    p.n = 64;
    for (size_t i = 0; i < p.n; i++) {
        p.c_re[i] = -1.9 + 0.005 * (double)i;
        p.c_im[i] = ldexp(1.0, -1074 + (int)i);
        p.z_re[i] = p.z_im[i] = 0.0;
    }
    check_all(&p, 20000);
}
