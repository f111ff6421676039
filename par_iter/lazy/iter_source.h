/* SPDX-License-Identifier: MIT */
/* iter_source.h - elements of a source by their positions. */
#ifndef WS_PAR_ITER_ITER_SOURCE_H
#define WS_PAR_ITER_ITER_SOURCE_H

#include "par_iter/lazy/iter.h"

/* Where the i-th element of a source is in what it is made of. */
static inline size_t ws_iter_place(const par_iter *it, size_t i)
{
    return it->first_ + i * it->step_;
}

/* Writes n elements of the source of `it`, from the position `begin` on, to `out`, which is a
 * block. Not for texts and for chunks of iterators. Returns 0, or what stops the call. */
int ws_iter_fill(const ws_iter_run *run, const par_iter *it, size_t begin, size_t n, char *out);

/* Writes what comes out of `it`, which knows its positions, for begin <= i < end. */
int ws_iter_gather(const ws_iter_run *run, const par_iter *it, size_t begin, size_t end, char *out);

#endif
