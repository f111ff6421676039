/* SPDX-License-Identifier: MIT */
#include "sync/lock.h"

#include "base/log.h"
#include "sync/lock_state.h"

int ws_lock_try(par_detail_lock *lock, bool reads)
{
    return ws_lock_enter(lock, ws_blocker_self(), reads, 0) ? ws_lock_code(lock) : EAGAIN;
}

/* ---- letting others in, under the guard ------------------------------------------------------ */

static size_t queued(const par_detail_lock *lock)
{
    return ws_line_first(&lock->queue) != NULL ? WS_LOCK_QUEUED : 0;
}

/* Takes the first out of the line and tells it. Returns whom to unpark. */
static ws_blocker *tell_first(par_detail_lock *lock, ws_waiter *first, ws_told told)
{
    ws_blocker *blocker = first->blocker;
    ws_line_take_out(&lock->queue, first);
    if (ws_blocker_is_own(blocker))
        ws_store_release(&blocker->holder, 0);
    ws_line_tell(first, told); /* N3 */
    return blocker;
}

/* The number of those at the head of the line who would share. */
static size_t count_sharers(const par_detail_lock *lock)
{
    const ws_waiter *first = ws_line_first(&lock->queue);
    const ws_waiter *each = first;
    size_t n = 0;
    while (each != NULL && each->reads) {
        n++;
        each = each->next == first ? NULL : each->next;
    }
    return n;
}

/* Lets `n` sharers in, who are counted in `state` already. They are many, and run to different
 * places: they are unparked at once. */
static void tell_sharers(par_detail_lock *lock, size_t n)
{
    for (; n > 0; n--)
        ws_blocker_unpark(tell_first(lock, ws_line_first(&lock->queue), WS_TOLD_IT_HAS));
}

static void clear_queued_if_empty(par_detail_lock *lock)
{
    if (queued(lock) == 0)
        ws_and_seq_cst(&lock->state, ~WS_LOCK_QUEUED); /* K2 */
}

void ws_lock_admit(par_detail_lock *lock)
{
    size_t n;
    size_t state;
    do {
        state = ws_load_relaxed(&lock->state);
        n = (state & WS_LOCK_SHARED) != 0 && (state & WS_LOCK_WOKEN) == 0 ? count_sharers(lock) : 0;
    } while (n > 0 && !ws_cas_acq_rel(&lock->state, state, state + n * WS_LOCK_SHARER));
    tell_sharers(lock, n);
    clear_queued_if_empty(lock);
}

/* What becomes of the lock when its last holder goes, and who is told: `sharers` that
 * they have it, or the first in line to try, or nobody. */
typedef struct successor {
    size_t state;
    size_t sharers;
    ws_waiter *first;
} successor;

static successor choose(const par_detail_lock *lock, size_t flags)
{
    ws_waiter *first = ws_line_first(&lock->queue);
    if (first == NULL || (flags & WS_LOCK_WOKEN) != 0)
        return (successor){.state = flags};
    const size_t sharers = count_sharers(lock);
    if (sharers > 0)
        return (successor){.state = flags | WS_LOCK_SHARED | (sharers * WS_LOCK_SHARER),
                           .sharers = sharers};
    return (successor){flags | WS_LOCK_WOKEN, 0, first};
}

static size_t flags_after(size_t state, size_t poison)
{
    const size_t others = WS_LOCK_WOKEN | WS_LOCK_RESERVED; /* see needs_no_guard */
    const size_t kept = WS_LOCK_QUEUED | WS_LOCK_POISONED | (ws_line_is_in_child() ? 0 : others);
    return (state & kept) | poison;
}

/* Under the guard the line stands still, so what is chosen stays right; the state may still
 * change, by a sharer that goes, or by clear_poison. */
static ws_blocker *hand_over(par_detail_lock *lock, size_t poison)
{
    for (;;) {
        const size_t state = ws_load_relaxed(&lock->state);
        if ((state & WS_LOCK_SHARED) != 0 && state >= WS_LOCK_SHARED + 2 * WS_LOCK_SHARER) {
            if (ws_cas_acq_rel(&lock->state, state, state - WS_LOCK_SHARER))
                return NULL;
            continue;
        }
        const successor next = choose(lock, flags_after(state, poison));
        if (!ws_cas_acq_rel(&lock->state, state, next.state)) /* G1 */
            continue;
        ws_blocker *woken =
            next.first == NULL ? NULL : tell_first(lock, next.first, WS_TOLD_TO_TRY);
        tell_sharers(lock, next.sharers);
        clear_queued_if_empty(lock);
        return woken;
    }
}

/* ---- giving back ----------------------------------------------------------------------------- */

/* Nobody is in line, or somebody has been told to try already. In a child of fork that one may not
 * exist. */
static bool needs_no_guard(size_t state)
{
    return (state & WS_LOCK_QUEUED) == 0 ||
           ((state & WS_LOCK_WOKEN) != 0 && !ws_line_is_in_child());
}

static void give_to_line(par_detail_lock *lock, size_t poison)
{
    ws_line_enter_lock(lock);
    ws_blocker *woken = hand_over(lock, poison);
    ws_line_leave_lock(lock);
    if (woken != NULL)
        ws_blocker_unpark(woken);
}

/* For a walk (cycle.h): relaxed, because the walk reads the waiter's `waits` before, and compares
 * it in its second round; that is what a change of holders is seen by. */
ws_blocker *ws_lock_holder(const par_detail_lock *lock)
{
    return ws_lock_holder_in(ws_load_relaxed(&lock->state));
}

/* A thread that had no memory for a blocker may have got one since. */
bool ws_lock_is_mine(const par_detail_lock *lock)
{
    const ws_blocker *holder = ws_lock_holder(lock);
    return holder != NULL && (holder == ws_blocker_self() || !ws_blocker_is_own(holder));
}

void ws_lock_release(par_detail_lock *lock)
{
    size_t state = ws_load_relaxed(&lock->state);
    const bool calm = (state & WS_LOCK_CALM) != 0 || !par_panicking();
    const size_t poison = calm ? 0 : WS_LOCK_POISONED;
    while (needs_no_guard(state)) {
        if (ws_cas_acq_rel(&lock->state, state, flags_after(state, poison))) /* E2 */
            return;
        state = ws_load_relaxed(&lock->state);
    }
    give_to_line(lock, poison);
}

void ws_lock_release_shared(par_detail_lock *lock)
{
    size_t state = ws_load_relaxed(&lock->state);
    if ((state & WS_LOCK_SHARED) == 0)
        ws_log_die("rwlock %p is given back by a reader, and has none", (void *)lock);
    for (;;) {
        const bool last = state < WS_LOCK_SHARED + 2 * WS_LOCK_SHARER;
        if (last && !needs_no_guard(state)) {
            give_to_line(lock, 0);
            return;
        }
        const size_t next = last ? flags_after(state, 0) : state - WS_LOCK_SHARER;
        if (ws_cas_acq_rel(&lock->state, state, next))
            return;
        state = ws_load_relaxed(&lock->state);
    }
}

void ws_lock_downgrade(par_detail_lock *lock)
{
    size_t state;
    do {
        state = ws_load_relaxed(&lock->state);
    } while (!ws_cas_acq_rel(&lock->state, state,
                             flags_after(state, 0) | WS_LOCK_SHARED | WS_LOCK_SHARER));
    if ((state & WS_LOCK_QUEUED) == 0)
        return;
    ws_line_enter_lock(lock);
    ws_lock_admit(lock);
    ws_line_leave_lock(lock);
}

int ws_lock_try_upgrade(par_detail_lock *lock)
{
    const ws_blocker *self = ws_blocker_self();
    size_t state = ws_load_relaxed(&lock->state);
    while ((state & ~WS_LOCK_FLAGS) == WS_LOCK_SHARER) {
        if (ws_cas_acq_rel(&lock->state, state,
                           ws_lock_entered(flags_after(state, 0), self, false)))
            return 0;
        state = ws_load_relaxed(&lock->state);
    }
    return EAGAIN;
}

void ws_lock_poison(par_detail_lock *lock)
{
    ws_or_seq_cst(&lock->state, WS_LOCK_POISONED);
}

void ws_lock_clear_poison(par_detail_lock *lock)
{
    ws_and_seq_cst(&lock->state, ~WS_LOCK_POISONED);
}
