/* SPDX-License-Identifier: MIT */
/* latch.c - a par_latch, which users see. What joins wait for inside is job/latch.h.
 *
 * H1  `state_` is twice what is missing, plus AWAITED if somebody may sleep; 0 when nothing is
 *     missing, and then for ever.
 * H2  Who makes it 0 touches the latch no more: it wakes by the address alone. */
#include <par/latch.h>

#include "sync/lot.h"

#include <errno.h>

enum { AWAITED = 1, ONE = 2 };

int par_latch_init(par_latch *latch, size_t n)
{
    if (n > PAR_LATCH_MAX)
        return EINVAL;
    *latch = (par_latch)PAR_LATCH_INIT(n);
    return 0;
}

int par_latch_count_down(par_latch *latch, size_t n)
{
    if (n == 0)
        return 0;
    for (;;) {
        const size_t state = ws_load_relaxed(&latch->state_);
        if (state / ONE < n)
            return EINVAL;
        const bool is_last = state / ONE == n;
        /* All who count exchange the same word, so whoever reads 0 from it has what each of them
         * wrote. */
        if (!ws_cas_acq_rel(&latch->state_, state, is_last ? 0 : state - n * ONE))
            continue;
        if (is_last && (state & AWAITED) != 0)
            ws_lot_wake(latch); /* H2 */
        return 0;
    }
}

bool par_latch_try_wait(const par_latch *latch)
{
    return ws_load_acquire(&latch->state_) == 0;
}

int par_latch_wait_until(par_latch *latch, par_deadline deadline, par_group *group)
{
    const ws_block_reason reason = {"waits for latch", latch, NULL};
    ws_block_spin spin = {0};
    int code = 0;
    while (code == 0) {
        const size_t state = ws_load_acquire(&latch->state_);
        if (state == 0)
            return 0;
        if (ws_block_spin_once(&spin))
            continue;
        if ((state & AWAITED) == 0 && !ws_cas_acq_rel(&latch->state_, state, state | AWAITED))
            continue;
        code = ws_lot_wait(&latch->state_, state | AWAITED, &reason, deadline, group);
    }
    return par_latch_try_wait(latch) ? 0 : code;
}

void par_latch_wait(par_latch *latch)
{
    par_latch_wait_until(latch, PAR_FOREVER, NULL);
}
