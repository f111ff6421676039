/* SPDX-License-Identifier: MIT */
/* iter_flat.h - flat_maps whose elements come out of other iterators. */
#ifndef WS_PAR_ITER_ITER_FLAT_H
#define WS_PAR_ITER_ITER_FLAT_H

#include "par_iter/lazy/iter.h"

/* The size of elements that a sink takes. */
size_t ws_iter_flat_size(const par_sink *sink);

/* Runs an iterator for each of n elements of a stage of the kind WS_STAGE_FLAT_ITER. */
int ws_iter_flat_run(par_sink *sink, const par_iter *it, size_t stage, const void *in, size_t n);

#endif
