/* SPDX-License-Identifier: MIT */
/* slices.h - a loop cut into one slice for each thread of the pool. A thread takes the slice of its
 * own number first, then any that nobody has taken: so when a loop is run again over the same
 * bounds, most threads find the data of their slice in their cache and on their node. */
#ifndef WS_SCOPE_SLICES_H
#define WS_SCOPE_SLICES_H

#include "scope/range.h"

/* Runs the range in slices, others taking part, and returns when all of it is done. Within a slice
 * the loop's own rules hold. */
void ws_slices_run(ws_worker *worker, ws_loop *loop, ws_range range);

#endif
