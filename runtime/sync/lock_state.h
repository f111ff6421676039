/* SPDX-License-Identifier: MIT */
/* lock_state.h - what may become of the state of a lock when a thread enters: the steps that lock.c
 * and lock_wait.c share. */
#ifndef WS_SYNC_LOCK_STATE_H
#define WS_SYNC_LOCK_STATE_H

#include "job/panic.h"
#include "sync/line.h"
#include "sync/lock.h"

#include <errno.h>

static inline bool ws_lock_is_free(size_t state)
{
    return state < WS_LOCK_SHARED;
}

static inline bool ws_lock_may_share(size_t state)
{
    const size_t others = WS_LOCK_QUEUED | WS_LOCK_WOKEN; /* K4 */
    return (ws_lock_is_free(state) || (state & WS_LOCK_SHARED) != 0) && (state & others) == 0;
}

/* `woken` is WS_LOCK_WOKEN if the caller has been told to try, else 0. In a child of fork those for
 * whom a free lock was kept do not exist. */
static inline bool ws_lock_may_enter(size_t state, bool reads, size_t woken)
{
    if (reads && ws_lock_may_share(state))
        return true;
    if (!ws_lock_is_free(state))
        return false;
    const bool is_kept = reads || ((state & WS_LOCK_RESERVED) != 0 && woken == 0);
    return !is_kept || ws_line_is_in_child();
}

/* What a thread that has been told to try takes away when it enters. */
static inline size_t ws_lock_without(size_t state, size_t woken)
{
    return woken != 0 ? state & ~(WS_LOCK_WOKEN | WS_LOCK_RESERVED) : state;
}

static inline size_t ws_lock_entered(size_t state, const ws_blocker *self, bool reads)
{
    if (reads)
        return (state | WS_LOCK_SHARED) + WS_LOCK_SHARER;
    return state | (size_t)self | (par_panicking() ? WS_LOCK_CALM : 0);
}

static inline bool ws_lock_enter(par_detail_lock *lock, const ws_blocker *self, bool reads,
                                 size_t woken)
{
    size_t state = ws_load_relaxed(&lock->state);
    while (ws_lock_may_enter(state, reads, woken)) {
        if (ws_cas_acq_rel(&lock->state, state,
                           ws_lock_entered(ws_lock_without(state, woken), self, reads))) /* E1 */
            return true;
        state = ws_load_relaxed(&lock->state);
    }
    return false;
}

static inline int ws_lock_code(const par_detail_lock *lock)
{
    return ws_lock_is_poisoned(lock) ? EOWNERDEAD : 0;
}

static inline ws_blocker *ws_lock_holder_in(size_t state)
{
    return (state & WS_LOCK_SHARED) != 0 ? NULL : (ws_blocker *)(state & ~WS_LOCK_FLAGS);
}

/* The lock is shared, and the line has changed (K5): lets those in who stand at its head and would
 * share. Under the guard. */
void ws_lock_admit(par_detail_lock *lock);

#endif
