/* SPDX-License-Identifier: MIT */
/* kernel.h - the arithmetic of the set: how often z = z^2 + c can be updated, from z = 0, before
 * |z|^2 > 4. Knows points and counts, no pictures and no threads.
 *
 * K1  The test comes before each update, so the count of an escaping point is the number of updates
 *     done until the test succeeded; a point that never escapes counts `limit`.
 * K2  Every kernel does the operations below in this order and rounds each of them to double: all
 *     kernels give the same counts. (re*im + im*re is twice the product, exactly.)
 *         re' = (re*re - im*im) + c.re     im' = (re*im + re*im) + c.im     |z|^2 = re*re + im*im
 * K3  A z that is no longer a number does not escape. */
#ifndef MANDEL_KERNEL_H
#define MANDEL_KERNEL_H

#include <stddef.h>
#include <stdint.h>

/* Stores the counts of the n points re[i] + im*i, up to `limit`, and returns their sum: the
 * updates done. */
typedef uint64_t mandel_kernel_fn(const double *re, double im, size_t n, uint32_t limit,
                                  uint32_t *counts);

/* Returns the updates done, and sets bit i of the n points to 1 if point i is still inside the
 * circle after `limit` updates: if none of z, the last one included, has |z|^2 > 4 or is no number.
 * Bit 0 is the highest of the first byte; what is left of the last byte becomes 0. */
typedef uint64_t mandel_inside_fn(const double *re, double im, size_t n, uint32_t limit,
                                  uint8_t *bits);

/* In portable C. */
mandel_kernel_fn mandel_kernel_scalar;
mandel_inside_fn mandel_inside_scalar;

/* On vectors; only in builds for x86-64, and only on processors that have the instructions. */
mandel_kernel_fn mandel_kernel_sse2;
mandel_inside_fn mandel_inside_sse2;
mandel_kernel_fn mandel_kernel_avx2;
mandel_inside_fn mandel_inside_avx2;
mandel_kernel_fn mandel_kernel_avx512;
mandel_inside_fn mandel_inside_avx512;

#endif
