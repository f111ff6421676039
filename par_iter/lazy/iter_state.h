/* SPDX-License-Identifier: MIT */
/* iter_state.h - what stages keep, and blocks of those that keep a state for each thread. */
#ifndef WS_PAR_ITER_ITER_STATE_H
#define WS_PAR_ITER_ITER_STATE_H

#include "par_iter/lazy/iter.h"

/* What the stage keeps in this run. NULL if it keeps nothing. */
ws_iter_state *ws_iter_state_find(const ws_iter_run *run, const par_iter_stage *stage);

/* Calls the block function of a stage with the calling thread's state. Stores what it returned in
 * *written. Returns 0, or ENOMEM or what init returned, and then it was not called. */
int ws_iter_state_run(const ws_iter_run *run, const par_iter_stage *stage, void *out,
                      const void *in, size_t n, ptrdiff_t *written);

#endif
