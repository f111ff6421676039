/* SPDX-License-Identifier: MIT */
/* iter_slices.h - the slices of a piece of an array, for whoever runs iterators. */
#ifndef WS_PAR_ITER_ITER_SLICES_H
#define WS_PAR_ITER_ITER_SLICES_H

#include <par/iter_slices.h>

#include "par_iter/lazy/iter.h"

/* Emits the slices of a source of the kind WS_ITER_CHUNK_BY that begin at begin <= i < end, in
 * order. At most `most` at once stand in `block`, which is written again when `emit` has returned.
 * Returns what `emit` or the source's function returned if that stops it. */
int ws_iter_slices_piece(const par_iter *it, size_t begin, size_t end, par_slice *block,
                         size_t most, ws_iter_emit *emit, void *to);

#endif
