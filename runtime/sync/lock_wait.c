/* SPDX-License-Identifier: MIT */
/* lock_wait.c - standing in line for a lock. */
#include "base/clock.h"
#include "pool/block.h"
#include "sync/cycle.h"
#include "sync/lock_state.h"

/* How often one who is told to try may lose before it reserves the lock: while it is awake, and
 * even while it sleeps, in which time nobody else gets on. */
enum { PATIENCE_AWAKE = 3, PATIENCE_ASLEEP = 12 };

/* ---- standing in line ------------------------------------------------------------------------ */

/* What stays of the flags of one who goes back into line. */
static size_t back_in_line(size_t state, const ws_waiter *self, size_t woken)
{
    if (woken == 0)
        return state | WS_LOCK_QUEUED;
    const size_t reserved = self->lost < PATIENCE_ASLEEP ? 0 : WS_LOCK_RESERVED;
    return ws_lock_without(state, woken) | WS_LOCK_QUEUED | reserved;
}

/* E3. False: the lock may be entered, so the caller must try again. It goes back to where it was:
 * to the front if it has been told to try. Its WOKEN ends here: the lock is held, so its holder
 * will look at the line. */
static bool stand_in_line(par_detail_lock *lock, ws_waiter *self, size_t shown, size_t woken)
{
    ws_line_enter_lock(lock);
    size_t state;
    bool may;
    do {
        state = ws_load_relaxed(&lock->state);
        may = ws_lock_may_enter(state, self->reads, woken);
    } while (!may && !ws_cas_acq_rel(&lock->state, state, back_in_line(state, self, woken)));
    if (!may) {
        ws_line_tell(self, WS_TOLD_NOTHING);
        if (woken != 0)
            ws_line_put_first(&lock->queue, self, lock);
        else
            ws_line_put_last(&lock->queue, self, lock);
        if (shown != 0)
            ws_store_seq_cst(&self->blocker->holder, shown); /* pairs with ws_blocker_poke */
    }
    ws_line_leave_lock(lock);
    return !may;
}

bool ws_lock_leave(par_detail_lock *lock, ws_waiter *waiter)
{
    ws_line_enter_lock(lock);
    const bool stood = ws_line_heard(waiter) == WS_TOLD_NOTHING;
    if (stood) {
        ws_line_take_out(&lock->queue, waiter);
        if (ws_blocker_is_own(waiter->blocker))
            ws_store_release(&waiter->blocker->holder, 0);
        if (waiter->lost >= PATIENCE_ASLEEP)
            ws_and_seq_cst(&lock->state, ~WS_LOCK_RESERVED);
        ws_lock_admit(lock);
    }
    ws_line_leave_lock(lock);
    return stood;
}

ws_blocker *ws_lock_holder_for(const ws_blocker *waiter, size_t at_lock)
{
    const par_detail_lock *lock = (const par_detail_lock *)(at_lock & ~WS_BLOCKER_TAGS);
    ws_line_enter_lock(lock);
    const bool stands = ws_load_acquire(&waiter->holder) == at_lock; /* B4 */
    ws_blocker *holder = stands ? ws_lock_holder(lock) : NULL;
    ws_line_leave_lock(lock);
    return holder;
}

/* ---- waiting --------------------------------------------------------------------------------- */

/* A wait that ends by itself, or that canceling ends, is in nobody else's cycle. */
static size_t shown(const par_detail_lock *lock, const ws_waiter *self, const ws_lock_wish *wish)
{
    if (!ws_blocker_is_own(self->blocker) || wish->deadline != PAR_FOREVER || wish->group != NULL)
        return 0;
    return (size_t)lock | WS_BLOCKER_AT_LOCK | (wish->must ? WS_BLOCKER_MUST : 0);
}

/* Looks again a few times, further and further apart: a holder that gives the lock back and takes
 * it again is not to lose its cache line each time. */
static bool enter_soon(par_detail_lock *lock, const ws_waiter *self, size_t woken)
{
    enum { LEAST_PAUSES = 8, MOST_PAUSES = 64 };
    if (ws_lock_enter(lock, self->blocker, self->reads, woken))
        return true;
    if (ws_block_is_alone())
        return false;
    for (unsigned pauses = LEAST_PAUSES; pauses <= MOST_PAUSES; pauses *= 2) {
        for (unsigned i = 0; i < pauses; i++)
            ws_pause();
        if (ws_lock_enter(lock, self->blocker, self->reads, woken))
            return true;
    }
    return false;
}

/* Tries for a while, then stands in line. True: it has the lock. */
static bool enter_or_stand(par_detail_lock *lock, ws_waiter *self, const ws_lock_wish *wish,
                           size_t woken)
{
    do {
        if (woken != 0 && self->lost >= PATIENCE_AWAKE)
            ws_or_seq_cst(&lock->state, WS_LOCK_RESERVED);
        if (enter_soon(lock, self, woken))
            return true;
        self->lost += woken != 0 ? 1 : 0;
    } while (!stand_in_line(lock, self, shown(lock, self, wish), woken));
    return false;
}

/* Whether there is a reason to go away. */
static int reason_to_leave(const ws_lock_wish *wish)
{
    if (wish->group != NULL && ws_group_is_canceled(wish->group))
        return ECANCELED;
    if (wish->deadline != PAR_FOREVER && ws_clock_ns() >= wish->deadline)
        return ETIMEDOUT;
    return 0;
}

/* After a first short sleep, and whenever something has woken it for no reason of its own. */
static bool is_refused(par_detail_lock *lock, ws_waiter *self, const ws_lock_wish *wish)
{
    if (!wish->must)
        return ws_cycle_refuse(lock, self);
    ws_cycle_tell(self->blocker);
    return false;
}

/* Sleeps until it is told something (0), or has left the line for another reason. */
static int sleep_in_line(par_detail_lock *lock, ws_waiter *self, const ws_lock_wish *wish)
{
    const ws_block_reason what = {wish->verb, lock, NULL};
    const par_deadline soon = par_in(PAR_MS(10));
    par_deadline until = soon < wish->deadline ? soon : wish->deadline;
    while (ws_line_heard(self) == WS_TOLD_NOTHING) {
        const int reason = reason_to_leave(wish);
        if (reason != 0 && ws_lock_leave(lock, self))
            return reason;
        if (reason != 0)
            continue;
        ws_block_sleep(self->blocker, &what, until);
        if (ws_line_heard(self) == WS_TOLD_NOTHING && is_refused(lock, self, wish))
            return EDEADLK;
        until = wish->deadline;
    }
    return 0;
}

/* It stands in line, or has been told something. */
static int await(par_detail_lock *lock, ws_waiter *self, const ws_lock_wish *wish)
{
    for (;;) {
        const int left = sleep_in_line(lock, self, wish);
        if (left != 0)
            return left;
        /* Only readers are told that they have it: they are let in together. */
        if (ws_line_heard(self) == WS_TOLD_IT_HAS ||
            enter_or_stand(lock, self, wish, WS_LOCK_WOKEN))
            return 0;
    }
}

static int enter_or_wait(par_detail_lock *lock, const ws_lock_wish *wish)
{
    ws_blocker *self = ws_blocker_self();
    if (!ws_block_begin_group(self, wish->group))
        return ECANCELED;
    ws_waiter waiter = ws_line_waiter(self);
    waiter.reads = wish->reads;
    ws_blocker_count_wait(self);
    const int code = enter_or_stand(lock, &waiter, wish, 0) ? 0 : await(lock, &waiter, wish);
    ws_blocker_count_wait(self);
    if (wish->group != NULL)
        ws_block_end_group(self);
    return code;
}

int ws_lock_acquire(par_detail_lock *lock, const ws_lock_wish *wish)
{
    const ws_blocker *self = ws_blocker_self();
    if (ws_lock_enter(lock, self, wish->reads, 0))
        return ws_lock_code(lock);
    if (ws_blocker_is_own(self) && ws_lock_holder(lock) == self)
        return EDEADLK;
    const int code = enter_or_wait(lock, wish);
    return code != 0 ? code : ws_lock_code(lock);
}

/* ---- for condition variables ----------------------------------------------------------------- */

ws_blocker *ws_lock_adopt(par_detail_lock *lock, ws_waiter *waiter, ws_blocker **holder)
{
    ws_blocker *woken = NULL;
    *holder = NULL;
    ws_line_enter_lock(lock);
    for (;;) {
        const size_t state = ws_load_relaxed(&lock->state);
        const bool tries = ws_lock_is_free(state) && (state & WS_LOCK_WOKEN) == 0;
        const size_t next = state | (tries ? WS_LOCK_WOKEN : WS_LOCK_QUEUED); /* K2, K3 */
        if (!ws_cas_acq_rel(&lock->state, state, next))
            continue;
        woken = tries ? waiter->blocker : NULL;
        *holder = ws_lock_holder_in(state);
        break;
    }
    if (woken != NULL) {
        ws_line_tell(waiter, WS_TOLD_TO_TRY);
    } else {
        ws_line_put_last(&lock->queue, waiter, lock);
        if (ws_blocker_is_own(waiter->blocker))
            ws_store_release(&waiter->blocker->holder, (size_t)lock | WS_BLOCKER_TAGS);
    }
    ws_line_leave_lock(lock);
    return woken;
}

void ws_lock_await_adopted(par_detail_lock *lock, ws_waiter *waiter, const ws_lock_wish *wish)
{
    (void)await(lock, waiter, wish); /* a wish that must come true */
}
