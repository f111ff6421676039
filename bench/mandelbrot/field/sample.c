/* SPDX-License-Identifier: MIT */
/* sample.c - see sample.h. */
#include "mandelbrot/field/sample.h"

#include <math.h>
#include <string.h>

/* Points that have escaped, and which of the samples each is. */
typedef struct list {
    size_t n;
    double re[MANDEL_SAMPLES];
    double im[MANDEL_SAMPLES];
    double end_re[MANDEL_SAMPLES]; /* z when it had escaped */
    double end_im[MANDEL_SAMPLES];
    uint32_t sample[MANDEL_SAMPLES];
} list;

mandel_samples mandel_samples_from(const mandel_samples *samples, size_t i)
{
    return (mandel_samples){
        .count = samples->count + i,
        .fraction = samples->fraction == NULL ? NULL : samples->fraction + i,
        .distance = samples->distance == NULL ? NULL : samples->distance + i,
    };
}

const mandel_arithmetic *mandel_sampler_arithmetic(const mandel_sampler *sampler)
{
    const mandel_instructions *const all = sampler->instructions;
    return sampler->fast ? &all->fast[sampler->precision] : &all->exact[sampler->precision];
}

/* ---- how long, between the whole numbers ---------------------------------------------------- */

/* The logarithm to the base 2 of a positive number, wrong by 1e-9 at most. It needs no library, so
 * that a compiler makes vectors of it. */
static inline double log2_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    /* Between the roots of 1/2 and 2. */
    const uint64_t shifted = bits - UINT64_C(0x3fe6a09e667f3bcd);
    const int exponent = (int)((int64_t)shifted >> 52);
    bits -= (uint64_t)(int64_t)exponent << 52;
    double m;
    memcpy(&m, &bits, sizeof m);
    const double s = (m - 1.0) / (m + 1.0);
    const double s2 = s * s;
    const double series =
        1.0 + s2 * (1.0 / 3 + s2 * (1.0 / 5 + s2 * (1.0 / 7 + s2 * (1.0 / 9 + s2 * (1.0 / 11)))));
    return exponent + 2.0 / 0.69314718055994530942 * s * series;
}

/* The more than infinitely far are taken to be very far. */
static inline double far_square(double re, double im)
{
    const double square = re * re + im * im;
    return square < 1e300 ? square : 1e300;
}

/* A point that is far away after `updates` more has taken count + updates - log2(log2 |z|): what it
 * would need from |z| = 2 on is subtracted, in fractions of an update. */
static void store_fractions(const mandel_sampler *sampler, list *l, const mandel_samples *samples)
{
    double updates[MANDEL_SAMPLES];
    const mandel_flight flight = {.c_re = l->re,
                                  .c_im = l->im,
                                  .re = l->end_re,
                                  .im = l->end_im,
                                  .updates = updates,
                                  .n = l->n};
    sampler->instructions->fly(&flight);
    for (size_t i = 0; i < l->n; i++)
        updates[i] -= log2_of(0.5 * log2_of(far_square(l->end_re[i], l->end_im[i])));
    for (size_t i = 0; i < l->n; i++)
        samples->fraction[l->sample[i]] = (float)updates[i];
}

/* ---- how far -------------------------------------------------------------------------------- */

/* |z| ln |z| / |z'| */
static void store_distances(const mandel_sampler *sampler, const list *l,
                            const mandel_samples *samples)
{
    double z[MANDEL_SAMPLES];
    double derivative[MANDEL_SAMPLES];
    const uint64_t limit = (uint64_t)sampler->limit + MANDEL_LONG;
    const mandel_slopes slopes = {.re = l->re,
                                  .im = l->im,
                                  .limit = limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX,
                                  .z = z,
                                  .derivative = derivative,
                                  .n = l->n};
    sampler->instructions->slope(&slopes);
    for (size_t i = 0; i < l->n; i++) {
        const double square = z[i] < 1e300 ? z[i] : 1e300;
        /* A derivative too large for a number is that of a point too near for one. */
        const double distance = square == 0.0 || !(derivative[i] < INFINITY)
                                    ? 0.0
                                    : sqrt(square / derivative[i]) * 0.5 * 0.69314718055994530942 *
                                          log2_of(square) / sampler->pixel;
        samples->distance[l->sample[i]] = distance < 1e30 ? (float)distance : 1e30F;
    }
}

/* ---- all of it ------------------------------------------------------------------------------ */

/* Lists what has escaped, with where it is. */
static void list_escaped(const double *re, const double *im, size_t n, uint32_t limit,
                         const mandel_samples *samples, list *l)
{
    l->n = 0;
    for (size_t i = 0; i < n; i++) {
        l->re[l->n] = re[i];
        l->im[l->n] = im[i];
        l->end_re[l->n] = l->end_re[i];
        l->end_im[l->n] = l->end_im[i];
        l->sample[l->n] = (uint32_t)i;
        l->n += samples->count[i] < limit;
    }
}

static void clear(const mandel_samples *samples, size_t n)
{
    if (samples->fraction != NULL)
        memset(samples->fraction, 0, n * sizeof *samples->fraction);
    if (samples->distance != NULL)
        memset(samples->distance, 0, n * sizeof *samples->distance);
}

static uint64_t count(const mandel_sampler *sampler, const double *re, const double *im, size_t n,
                      uint32_t *counts, double *end_re, double *end_im)
{
    const mandel_points points = {.re = re,
                                  .im = im,
                                  .n = n,
                                  .limit = sampler->limit,
                                  .shortcuts = sampler->shortcuts,
                                  .counts = counts,
                                  .end_re = end_re,
                                  .end_im = end_im};
    return mandel_sampler_arithmetic(sampler)->count(&points);
}

uint64_t mandel_sample(const mandel_sampler *sampler, const double *re, const double *im, size_t n,
                       const mandel_samples *samples)
{
    if (samples->fraction == NULL && samples->distance == NULL)
        return count(sampler, re, im, n, samples->count, NULL, NULL);
    list l;
    const uint64_t updates = count(sampler, re, im, n, samples->count, l.end_re, l.end_im);
    clear(samples, n);
    list_escaped(re, im, n, sampler->limit, samples, &l);
    if (samples->fraction != NULL)
        store_fractions(sampler, &l, samples);
    if (samples->distance != NULL)
        store_distances(sampler, &l, samples);
    return updates;
}
