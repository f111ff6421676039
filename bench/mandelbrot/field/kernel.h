/* SPDX-License-Identifier: MIT */
/* kernel.h - the arithmetic of the set: how often z = z^2 + c can be updated, from z = 0, before
 * |z|^2 > 4. Knows points and counts, no pictures and no threads.
 *
 * K1  The test comes before each update, so the count of an escaping point is the number of updates
 *     done until the test succeeded; a point that never escapes counts `limit`.
 * K2  In exact arithmetic every kernel does the operations below in this order and rounds each of
 *     them: all kernels give the same counts to the last bit. (re*im + re*im doubles a product,
 *     which is exact, so it may be one operation with the addition behind it.)
 *         re' = (re*re - im*im) + c.re     im' = (re*im + re*im) + c.im     |z|^2 = re*re + im*im
 * K3  In fast arithmetic multiplications and additions may be fused, so the last bit of z, and a
 *     count near the boundary of the set, may differ from kernel to kernel.
 * K4  Points are finite. From the first |z| > 2 on, |z| grows until it is infinite and then no
 *     number, so a point has escaped if and only if some later |z|^2 is not at most 4.
 * K5  Shortcuts change no count. A point is inside if its z comes back to an earlier value, or if
 * it lies in the main cardioid or the largest disc and by MANDEL_MARGIN within the border: its z
 *     winds into a cycle much faster than errors of rounding add up. */
#ifndef MANDEL_KERNEL_H
#define MANDEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Points in any order, and where what is found of each goes. */
typedef struct mandel_points {
    const double *re;
    const double *im;
    size_t n;
    uint32_t limit; /* at least 1 */
    bool shortcuts; /* see K5 */
    uint32_t *counts;
    double *end_re; /* z after `count` updates, of points that escape; NULL: not wanted */
    double *end_im;
} mandel_points;

/* On the scale of the tests for the cardioid and the disc. */
#define MANDEL_MARGIN_DOUBLE 1e-6
#define MANDEL_MARGIN_FLOAT 1e-3F

/* Counts, and returns the updates done. */
typedef uint64_t mandel_count_fn(const mandel_points *points);

enum { MANDEL_STRIP = 8 }; /* rows of a strip, at most */

/* A strip of a grid, and where its bits go: a row of them every `stride` bytes. */
typedef struct mandel_strip {
    const double *re; /* of the columns */
    size_t columns;
    const double *im; /* of the rows */
    size_t rows;      /* at most MANDEL_STRIP */
    uint32_t limit;
    uint8_t *bits;
    size_t stride;
} mandel_strip;

/* Sets the bit of each point that is still inside the circle after `limit` updates: of which none
 * of z, the last one included, has |z|^2 > 4. The leftmost point is the highest bit of the first
 * byte; what is left of a row's last byte becomes 0. Returns the updates done. */
typedef uint64_t mandel_inside_fn(const mandel_strip *strip);

/* Updates points that have escaped until |z|^2 > MANDEL_FAR. Points that are not there after
 * MANDEL_LONG updates stay where they are. */
typedef struct mandel_flight {
    const double *c_re;
    const double *c_im;
    double *re; /* z, moved on */
    double *im;
    double *updates; /* how many it took */
    size_t n;
} mandel_flight;

typedef void mandel_fly_fn(const mandel_flight *flight);

/* Points from z = 0 on until |z|^2 > MANDEL_FAR, with the derivative of z by c: the squares of both
 * absolute values. A point that is not there after `limit` updates gets 0 as the first. */
typedef struct mandel_slopes {
    const double *re;
    const double *im;
    uint32_t limit;
    double *z;
    double *derivative;
    size_t n;
} mandel_slopes;

typedef void mandel_slope_fn(const mandel_slopes *slopes);

#define MANDEL_FAR 0x1p32
enum { MANDEL_LONG = 128 };

/* The functions of one kind of arithmetic. */
typedef struct mandel_arithmetic {
    mandel_count_fn *count;
    mandel_inside_fn *inside;
} mandel_arithmetic;

typedef enum mandel_precision { MANDEL_DOUBLE, MANDEL_FLOAT, MANDEL_PRECISIONS } mandel_precision;

/* Everything that one set of instructions offers. */
typedef struct mandel_instructions {
    mandel_arithmetic exact[MANDEL_PRECISIONS];
    mandel_arithmetic fast[MANDEL_PRECISIONS];
    mandel_fly_fn *fly; /* exact, in double, as the next one */
    mandel_slope_fn *slope;
} mandel_instructions;

/* In portable C. */
extern const mandel_instructions mandel_kernel_scalar;

/* On vectors; only in builds for such processors, and only to be called on those that have the
 * instructions. */
extern const mandel_instructions mandel_kernel_sse2;
extern const mandel_instructions mandel_kernel_avx2;
extern const mandel_instructions mandel_kernel_avx512;
extern const mandel_instructions mandel_kernel_neon;

#endif
