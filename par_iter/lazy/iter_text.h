/* SPDX-License-Identifier: MIT */
/* iter_text.h - the texts of a piece of a text, for whoever runs iterators. */
#ifndef WS_PAR_ITER_ITER_TEXT_H
#define WS_PAR_ITER_ITER_TEXT_H

#include <par/text.h>

#include "par_iter/lazy/iter.h"

/* Emits the texts of a source of the kind WS_ITER_TEXT that begin at begin <= i < end, in order. At
 * most `most` at once stand in `block`, which is written again when `emit` has returned. Returns
 * what `emit` returned if that is not 0. */
int ws_iter_text_piece(const par_iter *it, size_t begin, size_t end, par_text *block, size_t most,
                       ws_iter_emit *emit, void *to);

#endif
