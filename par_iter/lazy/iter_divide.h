/* SPDX-License-Identifier: MIT */
/* iter_divide.h - the parts of divided data, for whoever runs iterators. */
#ifndef WS_PAR_ITER_ITER_DIVIDE_H
#define WS_PAR_ITER_ITER_DIVIDE_H

#include "par_iter/lazy/iter.h"

/* Emits the parts of a source of the kind WS_ITER_DIVIDE at the positions begin <= i < end, in
 * order. At most `most` at once stand in `block`, which is written again when `emit` has returned.
 * Returns 0, or ENOMEM, or what `emit` or the source's function returned if that stops it. */
int ws_iter_divide_piece(const par_iter *it, size_t begin, size_t end, char *block, size_t most,
                         ws_iter_emit *emit, void *to);

#endif
