/* SPDX-License-Identifier: MIT */
/* iter_make.h - iterators without stages, for who builds sources. */
#ifndef WS_PAR_ITER_ITER_MAKE_H
#define WS_PAR_ITER_ITER_MAKE_H

#include "par_iter/lazy/iter.h"

/* One of n elements of `size` bytes, with positions. EINVAL for a size that no element may have. */
par_iter ws_iter_make(enum ws_iter_kind kind, size_t size, size_t n, int status);

/* One of `count` slices of `length` elements of n of `size` bytes. EINVAL if the length is 0. */
par_iter ws_iter_make_slices(enum ws_iter_kind kind, const void *base, size_t size, size_t n,
                             size_t length, size_t count);

/* Whether elements last longer than the call that gets them: slices of chunks_of do not, unless a
 * map has made something else of them. */
bool ws_iter_can_be_kept(const par_iter *it);

#endif
