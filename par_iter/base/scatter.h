/* SPDX-License-Identifier: MIT */
/* scatter.h - sends elements to numbered buckets, in order and in parallel: a counting sort with
 * one pass. Knows nothing of what the elements are. Used by shuffling and grouping.
 *
 * T1  Bucket b is the places begins[b] <= p < begins[b + 1], and in it elements are in order. So
 *     the result does not depend on how the elements are cut for the threads.
 * T2  Both passes ask for the number of an element, and must get the same one. */
#ifndef WS_PAR_ITER_SCATTER_H
#define WS_PAR_ITER_SCATTER_H

#include <stddef.h>
#include <stdint.h>

enum { WS_SCATTER_AT_ONCE = 1024 }; /* elements in one call */

/* numbers[i] = bucket of the element first + i, for n of them. */
typedef void ws_scatter_number(uint32_t *numbers, size_t first, size_t n, const void *arg);

/* Puts the element first + i at the place to[numbers[i]], which then is the next one. */
typedef void ws_scatter_put(size_t *to, const uint32_t *numbers, size_t first, size_t n,
                            const void *arg);

typedef struct ws_scatter {
    size_t n;
    size_t buckets;
    ws_scatter_number *number;
    ws_scatter_put *put;
    const void *arg;
    size_t *begins; /* buckets + 1, to be written */
} ws_scatter;

/* 0, ECANCELED, or ENOMEM: then nothing was put. */
int ws_scatter_run(const ws_scatter *scatter);

#endif
