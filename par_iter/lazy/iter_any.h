/* SPDX-License-Identifier: MIT */
/* iter_any.h - running the stages of par/iter_any.h. Each keeps one word during a run. */
#ifndef WS_PAR_ITER_ITER_ANY_H
#define WS_PAR_ITER_ITER_ANY_H

#include <par/iter_any.h>

#include "par_iter/lazy/iter.h"

/* The word of such a stage at the beginning of a run. */
size_t ws_iter_any_word(const par_iter_stage *stage);

/* Lets n elements of `size` bytes at *in come to the stage. *in and *n become those that go on,
 * which stand where they stood or at `out`. Sets *is_over if none will go on any more. Returns 0,
 * or what stops the call. */
int ws_iter_any_run(const ws_iter_run *run, const par_iter *it, size_t stage, void *out,
                    const void **in, size_t size, size_t *n, bool *is_over);

/* Whether nothing more will come out of the iterator because a stage of this kind lets none pass.
 */
bool ws_iter_any_is_over(const ws_iter_run *run, const par_iter *it);

#endif
