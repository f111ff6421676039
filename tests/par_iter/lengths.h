/* SPDX-License-Identifier: MIT */
/* lengths.h - the array lengths that the checks of the algorithms run over, and what they share. */
#ifndef TESTS_PAR_ITER_LENGTHS_H
#define TESTS_PAR_ITER_LENGTHS_H

#include "par_iter/blocks.h"
#include "support.h"

#include <par/algorithm.h>
#include <par/group.h>

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

/* The next few lengths are those of a call that fails: the blocks must be few enough to try each.
 */
enum { FAIL_LENGTH = 300 };

/* Fails in the block that begins first; the others wait until the call knows, and end well. So when
 * the call returns, each thread has begun at most one block, unless a block began after the
 * failure. */
typedef struct first_fails {
    atomic_size_t begun;
} first_fails;

enum { FIRST_CODE = -77 };

static inline ptrdiff_t fail_first(first_fails *state, size_t n)
{
    if (atomic_fetch_add(&state->begun, 1) == 0)
        return FIRST_CODE;
    while (!par_canceled())
        sched_yield();
    return (ptrdiff_t)n;
}

/* What to say of a call that gave `rc`; NULL if it was right. */
static inline const char *judge_first_fails(first_fails *state, int rc)
{
    const size_t begun = atomic_load(&state->begun);
    if (rc != FIRST_CODE)
        return wrong("returned %d, not the code of the block that failed", rc);
    if (begun > par_max_threads())
        return wrong("%zu blocks began, by at most %zu threads", begun, par_max_threads());
    return NULL;
}

#endif
