/* SPDX-License-Identifier: MIT */
/* kernel_scalar.c - the kernels in portable C: see kernel_scalar.h. */
#include "mandelbrot/field/kernel.h"

#include <math.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "-ffast-math would change the picture"
#endif

enum {
    AT_ONCE = 8,   /* points under way: a byte of them */
    AT_A_LOOK = 8, /* updates between two looks at where they are */
};

#define real double
#define KIND(name) double_##name
#define MARGIN MANDEL_MARGIN_DOUBLE
#include "mandelbrot/field/kernel_scalar.h"
#undef KIND
#undef MARGIN
#undef real

#define real float
#define KIND(name) float_##name
#define MARGIN MANDEL_MARGIN_FLOAT
#include "mandelbrot/field/kernel_scalar.h"
#undef KIND
#undef MARGIN
#undef real

static void fly_one(const mandel_flight *points, size_t i)
{
    double re = points->re[i];
    double im = points->im[i];
    int updates = 0;
    for (; updates < MANDEL_LONG && re * re + im * im <= MANDEL_FAR; updates++) {
        const double product = re * im;
        re = (re * re - im * im) + points->c_re[i];
        im = (product + product) + points->c_im[i];
    }
    points->re[i] = re;
    points->im[i] = im;
    points->updates[i] = updates;
}

static void fly(const mandel_flight *points)
{
    for (size_t i = 0; i < points->n; i++)
        fly_one(points, i);
}

static void slope_of(const mandel_slopes *points, size_t i)
{
    double re = 0;
    double im = 0;
    double by_re = 0;
    double by_im = 0;
    for (uint32_t n = 0; n < points->limit && re * re + im * im <= MANDEL_FAR; n++) {
        const double half_re = re * by_re - im * by_im;
        const double half_im = re * by_im + im * by_re;
        const double product = re * im;
        by_re = (half_re + half_re) + 1;
        by_im = half_im + half_im;
        re = (re * re - im * im) + points->re[i];
        im = (product + product) + points->im[i];
    }
    const double z = re * re + im * im;
    points->z[i] = z <= MANDEL_FAR ? 0.0 : z;
    points->derivative[i] = by_re * by_re + by_im * by_im;
}

static void slope(const mandel_slopes *points)
{
    for (size_t i = 0; i < points->n; i++)
        slope_of(points, i);
}

/* Portable C has no fused operation that would be fast everywhere. */
const mandel_instructions mandel_kernel_scalar = {
    .exact = {[MANDEL_DOUBLE] = {double_count, double_inside},
              [MANDEL_FLOAT] = {float_count, float_inside}},
    .fast = {[MANDEL_DOUBLE] = {double_count, double_inside},
             [MANDEL_FLOAT] = {float_count, float_inside}},
    .fly = fly,
    .slope = slope,
};
