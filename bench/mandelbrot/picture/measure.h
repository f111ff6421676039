/* SPDX-License-Identifier: MIT */
/* measure.h - how long rendering takes, on all threads and on one. */
#ifndef MANDEL_MEASURE_H
#define MANDEL_MEASURE_H

#include "mandelbrot/picture/picture.h"

/* What several measurements of one thing gave. */
typedef struct mandel_spread {
    double median;
    double min;
    double max;
} mandel_spread;

/* Serial and parallel runs in turns, so that what disturbs the machine disturbs both. */
typedef struct mandel_bench {
    size_t runs; /* of each */
    size_t threads;
    uint64_t pixels;      /* of one run */
    uint64_t iterations;  /* really executed in one run */
    mandel_spread serial; /* seconds */
    mandel_spread parallel;
    mandel_spread speed_up; /* of each pair of runs */
    bool same;              /* both gave the same picture */
} mandel_bench;

/* Seconds since some fixed moment. */
double mandel_measure_now(void);

/* Sorts the n > 0 values and says how they spread. */
mandel_spread mandel_measure_spread(double *values, size_t n);

/* Whether two images of the same size and layout have the same pixels. */
bool mandel_measure_same(const mandel_image *a, const mandel_image *b);

/* Makes the picture `runs` > 0 times on its crew and as often serially, into an image like its own.
 * Returns 0, or an errno value. */
int mandel_measure_bench(const mandel_picture *picture, mandel_image *serial_image, size_t runs,
                         mandel_bench *bench);

#endif
