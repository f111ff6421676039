/* SPDX-License-Identifier: MIT */
/* cloud.h - points in long rows, what the plainest loop finds out about each, and the ways in which
 * the kernels that run here count them. For the tests of kernels and samples. */
#ifndef TESTS_MANDELBROT_CLOUD_H
#define TESTS_MANDELBROT_CLOUD_H

#include "mandelbrot/field/kernels.h"
#include "mandelbrot/field/reference.h"
#include "support.h"

/* More than twice as many as a kernel keeps at once. */
enum { CLOUD_MOST = 4400 };

typedef struct cloud_points {
    double re[CLOUD_MOST];
    double im[CLOUD_MOST];
    size_t n;
    uint32_t limit;
} cloud_points;

/* From 0 to 1, without 1. */
static inline double cloud_random(uint64_t *seed)
{
    return (double)(random_next(seed) >> 11) / 9007199254740992.0;
}

/* A grid of columns * rows points around a centre, `radius` to its left and its right. */
static inline void cloud_grid(cloud_points *points, double re, double im, double radius,
                              size_t columns, size_t rows)
{
    points->n = columns * rows;
    for (size_t i = 0; i < points->n; i++) {
        points->re[i] = re + radius * (2.0 * (double)(i % columns) / (double)columns - 1.0);
        points->im[i] = im + radius * (1.0 - 2.0 * (double)(i / columns) / (double)rows);
    }
}

/* Points anywhere around the set. */
static inline void cloud_scatter(cloud_points *points, size_t n, uint64_t *seed)
{
    points->n = n;
    for (size_t i = 0; i < n; i++) {
        points->re[i] = -2.2 + 3.0 * cloud_random(seed);
        points->im[i] = -1.2 + 2.4 * cloud_random(seed);
    }
}

static inline reference_end cloud_end_of(const cloud_points *points, mandel_precision precision,
                                         size_t i)
{
    if (precision == MANDEL_FLOAT)
        return reference_run_float((float)points->re[i], (float)points->im[i], points->limit);
    return reference_run(points->re[i], points->im[i], points->limit);
}

/* A kernel that runs here, and how it is used. */
typedef struct cloud_way {
    const mandel_kernel *kernel;
    mandel_precision precision;
    bool fast;
    bool shortcuts;
    const mandel_arithmetic *arithmetic;
    char name[64];
} cloud_way;

/* Sets the i-th way, or returns false after the last one. */
static inline bool cloud_way_at(size_t i, cloud_way *way)
{
    const mandel_kernel *kernel;
    size_t number = i / 8;
    for (size_t k = 0; (kernel = mandel_kernels_at(k)) != NULL; k++) {
        if (kernel->runs_here() && number-- == 0)
            break;
    }
    if (kernel == NULL)
        return false;
    way->kernel = kernel;
    way->shortcuts = (i & 1) != 0;
    way->precision = (i & 2) != 0 ? MANDEL_FLOAT : MANDEL_DOUBLE;
    way->fast = (i & 4) != 0;
    way->arithmetic = way->fast ? &kernel->instructions->fast[way->precision]
                                : &kernel->instructions->exact[way->precision];
    snprintf(way->name, sizeof way->name, "%s, %s %s, %s shortcuts", kernel->name,
             way->fast ? "fast" : "exact", way->precision == MANDEL_FLOAT ? "float" : "double",
             way->shortcuts ? "with" : "without");
    return true;
}

#endif
