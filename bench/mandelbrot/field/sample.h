/* SPDX-License-Identifier: MIT */
/* sample.h - what a picture wants to know of points: how long each takes to escape, in whole
 * updates and in between, and how far it is from the set. Knows no pictures and no threads.
 *
 * S1  Each sample depends on its point alone, and not on which others are sampled with it.
 * S2  In exact arithmetic samples are the same to the bit on every kernel.
 * S3  Shortcuts change no sample (K5). */
#ifndef MANDEL_SAMPLE_H
#define MANDEL_SAMPLE_H

#include "mandelbrot/field/kernel.h"

/* The most points of one call. */
enum { MANDEL_SAMPLES = 2048 };

/* How points are sampled. */
typedef struct mandel_sampler {
    const mandel_instructions *instructions;
    mandel_precision precision;
    bool fast;
    bool shortcuts;
    uint32_t limit; /* of updates */
    double pixel;   /* unit of distances */
} mandel_sampler;

/* Where samples go. */
typedef struct mandel_samples {
    uint32_t *count; /* `limit`: inside, and the other two are 0 */
    float *fraction; /* NULL: not wanted. count + fraction grows without steps towards the set */
    float *distance; /* NULL: not wanted. An estimate: near the set half to twice the true one */
} mandel_samples;

/* The samples from the i-th on. */
mandel_samples mandel_samples_from(const mandel_samples *samples, size_t i);

/* Samples n points, at most MANDEL_SAMPLES, and returns the updates done. */
uint64_t mandel_sample(const mandel_sampler *sampler, const double *re, const double *im, size_t n,
                       const mandel_samples *samples);

/* The functions that the sampler counts with. */
const mandel_arithmetic *mandel_sampler_arithmetic(const mandel_sampler *sampler);

#endif
