/* SPDX-License-Identifier: MIT */
/* barrier.c - a par_barrier.
 *
 * B1  `state_` is one word: how many have come in this phase, AWAITED if one of them may sleep, and
 *     in its upper half the number of the phase.
 * B2  Who comes adds one; who comes last begins the next phase instead, with nobody come. Both are
 *     one exchange of the whole word, and so is leaving early. So a thread either takes part in the
 *     end of its phase or has never come.
 * B3  A phase cannot come again while somebody still waits in it: its number would have to pass
 *     through all values, and in each phase that thread is missed. */
#include <par/barrier.h>

#include "sync/lot.h"

#include <errno.h>

#define PHASE ((size_t)1 << (sizeof(size_t) * 4))
#define AWAITED (PHASE >> 1)
#define COME (AWAITED - 1)

int par_barrier_init(par_barrier *barrier, size_t n)
{
    if (n == 0 || n > PAR_BARRIER_MAX)
        return EINVAL;
    *barrier = (par_barrier)PAR_BARRIER_INIT(n);
    return 0;
}

static bool is_over(size_t state, size_t phase)
{
    return state / PHASE != phase;
}

/* True for the last one. */
static bool come(par_barrier *barrier, size_t *phase)
{
    for (;;) {
        const size_t state = ws_load_relaxed(&barrier->state_);
        const bool is_last = (state & COME) + 1 >= barrier->n_;
        const size_t next = is_last ? (state / PHASE + 1) * PHASE : state + 1;
        *phase = state / PHASE;
        /* B2. All who come exchange the same word, so the last one, and whoever reads the new phase
         * from it, has what each of them wrote. */
        if (!ws_cas_acq_rel(&barrier->state_, state, next))
            continue;
        if (is_last && (state & AWAITED) != 0)
            ws_lot_wake(&barrier->state_);
        return is_last;
    }
}

/* B2. False: the phase was over before. */
static bool leave(par_barrier *barrier, size_t phase)
{
    size_t state;
    do {
        state = ws_load_acquire(&barrier->state_);
        if (is_over(state, phase))
            return false;
    } while (!ws_cas_acq_rel(&barrier->state_, state, state - 1));
    return true;
}

/* 0: look again. */
static int sleep_through(par_barrier *barrier, size_t state, par_deadline deadline,
                         par_group *group)
{
    const ws_block_reason reason = {"waits at barrier", barrier, NULL};
    if ((state & AWAITED) == 0 && !ws_cas_acq_rel(&barrier->state_, state, state | AWAITED))
        return 0;
    return ws_lot_wait(&barrier->state_, state | AWAITED, &reason, deadline, group);
}

int par_barrier_wait_until(par_barrier *barrier, bool *leader, par_deadline deadline,
                           par_group *group)
{
    size_t phase;
    const bool is_last = come(barrier, &phase);
    if (leader != NULL)
        *leader = is_last;
    ws_block_spin spin = {0};
    for (;;) {
        const size_t state = ws_load_acquire(&barrier->state_);
        if (is_last || is_over(state, phase))
            return 0;
        if (ws_block_spin_once(&spin))
            continue;
        const int code = sleep_through(barrier, state, deadline, group);
        if (code != 0 && leave(barrier, phase))
            return code;
    }
}

bool par_barrier_wait(par_barrier *barrier)
{
    bool leader = false;
    par_barrier_wait_until(barrier, &leader, PAR_FOREVER, NULL);
    return leader;
}
