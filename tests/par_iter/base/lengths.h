/* SPDX-License-Identifier: MIT */
/* lengths.h - the array lengths that the checks of the algorithms run over, and what they share. */
#ifndef TESTS_PAR_ITER_LENGTHS_H
#define TESTS_PAR_ITER_LENGTHS_H

#include "par_iter/base/blocks.h"
#include "support.h"

#include <par/algorithm.h>
#include <par/loop.h>

/* For elements of 8 bytes: none, few, primes, around one element per block, around the length from
 * which blocks have full size, and many. */
static const size_t lengths[] = {
    0,
    1,
    2,
    97,
    WS_BLOCKS_FEW - 1,
    WS_BLOCKS_FEW,
    WS_BLOCKS_FEW + 1,
    7919,
    (size_t)WS_BLOCKS_FEW *WS_BLOCKS_BYTES / 8 - 1,
    (size_t)WS_BLOCKS_FEW *WS_BLOCKS_BYTES / 8,
    (size_t)WS_BLOCKS_FEW *WS_BLOCKS_BYTES / 8 + 1,
};
enum { LENGTHS = sizeof lengths / sizeof lengths[0], LENGTH_MAX = 16 * WS_BLOCKS_BYTES + 1 };

/* The length where each element in turn makes the call fail. */
enum { FAIL_LENGTH = 300 };

/* Of the blocks, the `nth` to begin fails; those that begin after it wait until the call knows, and
 * end well. So when the call returns at most `nth` and one for each other thread have begun, unless
 * a block began after the failure. */
typedef struct nth_fails {
    size_t nth;
    atomic_size_t begun;
} nth_fails;

enum { NTH_CODE = -77 };

static inline ptrdiff_t fail_nth(nth_fails *state, size_t n)
{
    const size_t begun = atomic_fetch_add(&state->begun, 1) + 1;
    if (begun == state->nth)
        return NTH_CODE;
    while (begun > state->nth && !par_canceled())
        sched_yield();
    return (ptrdiff_t)n;
}

/* What to say of a call that gave `rc`; NULL if it was right. */
static inline const char *judge_nth_fails(nth_fails *state, int rc)
{
    const size_t begun = atomic_load(&state->begun);
    if (rc != NTH_CODE)
        return wrong("returned %d, not the code of the block that failed", rc);
    const size_t others = par_num_threads(); /* with the caller, who may be a guest */
    if (begun > state->nth + others)
        return wrong("block %zu failed, and %zu began", state->nth, begun);
    return NULL;
}

#endif
