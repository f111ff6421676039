/* SPDX-License-Identifier: MIT */
/* Who waits stands in the condition's line, then in the line of the mutex, with one record; or has
 * been told to try for the mutex. No ticket is kept for it: it is notified when it is taken out of
 * the condition's line by another thread, and only then.
 *
 * C1  A thread puts itself in line while it holds the mutex. So whoever changes under that mutex
 *     what it waits for, and then notifies, finds it there: notifying nobody costs a load.
 * C2  A record leaves the condition's line under the condition's guard, and is in the mutex's line,
 *     or told something, before that guard is left. So its thread finds it in one of three states.
 */
#include "base/clock.h"
#include "pool/block.h"
#include "sync/cycle.h"
#include "sync/order.h"

#include <par/condvar.h>

#include <errno.h>

static const ws_lock_wish relock = {
    .verb = "waits for mutex, after having been notified,", .must = true, .deadline = PAR_FOREVER};

/* ---- waiting --------------------------------------------------------------------------------- */

static bool is_in_line(const ws_waiter *self, const par_condvar *condvar)
{
    return ws_load_acquire(&self->where) == (size_t)condvar;
}

/* False: it has been notified (C2). */
static bool leave(par_condvar *condvar, ws_waiter *self)
{
    ws_line_enter_condition(condvar);
    const bool stood = is_in_line(self, condvar);
    if (stood)
        ws_line_take_out(&condvar->queue_, self);
    ws_line_leave_condition(condvar);
    return stood;
}

static int reason_to_leave(par_deadline deadline, const par_group *group)
{
    if (group != NULL && ws_group_is_canceled(group))
        return ECANCELED;
    return deadline != PAR_FOREVER && ws_clock_ns() >= deadline ? ETIMEDOUT : 0;
}

/* 0: it has been notified. */
static int sleep_in_line(par_condvar *condvar, ws_waiter *self, par_deadline deadline,
                         const par_group *group)
{
    const ws_block_reason what = {"waits for condition variable", condvar, NULL};
    while (is_in_line(self, condvar)) {
        const int reason = reason_to_leave(deadline, group);
        if (reason != 0 && leave(condvar, self))
            return reason;
        if (reason == 0)
            ws_block_sleep(self->blocker, &what, deadline);
    }
    return 0;
}

static void stand_in_line(par_condvar *condvar, ws_waiter *self)
{
    ws_line_enter_condition(condvar);
    ws_line_put_last(&condvar->queue_, self, condvar);
    ws_line_leave_condition(condvar);
}

static int wait_in_line(ws_blocker *self, par_condvar *condvar, par_detail_lock *lock,
                        par_deadline deadline, const par_group *group)
{
    ws_waiter waiter = ws_line_waiter(self);
    waiter.lock = lock;
    ws_blocker_count_wait(self);
    stand_in_line(condvar, &waiter); /* C1 */
    ws_lock_release(lock);
    const int left = sleep_in_line(condvar, &waiter, deadline, group);
    if (left == 0)
        ws_lock_await_adopted(lock, &waiter, &relock);
    ws_blocker_count_wait(self);
    if (left != 0)
        (void)ws_lock_acquire(lock, &relock);
    return left;
}

static int wait(par_condvar *condvar, par_mutex *mutex, par_deadline deadline, par_group *group,
                const void *place)
{
    par_detail_lock *lock = &mutex->lock_;
    ws_blocker *self = ws_blocker_self();
    if (!ws_lock_is_mine(lock))
        return EPERM;
    if (!ws_block_begin_group(self, group))
        return ECANCELED;
    ws_order_gave(lock);
    const int left = wait_in_line(self, condvar, lock, deadline, group);
    ws_order_got(lock, place);
    if (group != NULL)
        ws_block_end_group(self);
    if (left != 0)
        return left;
    return ws_lock_is_poisoned(lock) ? EOWNERDEAD : 0;
}

int par_condvar_wait(par_condvar *condvar, par_mutex *mutex)
{
    return wait(condvar, mutex, PAR_FOREVER, NULL, __builtin_return_address(0));
}

int par_condvar_wait_until(par_condvar *condvar, par_mutex *mutex, par_deadline deadline,
                           par_group *group)
{
    return wait(condvar, mutex, deadline, group, __builtin_return_address(0));
}

/* ---- notifying ------------------------------------------------------------------------------- */

/* A thread that is moved into the line of a mutex has closed a cycle if the holder of that already
 * waits for something that it has. It sleeps on, so others must be told. */
static void look_for_cycle(const ws_blocker *holder, const ws_blocker *moved)
{
    if (holder != NULL && ws_load_seq_cst(&holder->waits) % 2 != 0)
        ws_cycle_tell(moved);
}

static void notify(ws_waiter *first)
{
    ws_blocker *moved = first->blocker;
    ws_blocker *holder;
    ws_blocker *woken = ws_lock_adopt(first->lock, first, &holder);
    if (woken != NULL) /* record and lock may be gone */
        ws_blocker_unpark(woken);
    else
        look_for_cycle(holder, moved);
}

static void notify_up_to(par_condvar *condvar, size_t n)
{
    if (ws_load_acquire(&condvar->queue_) == 0) /* C1 */
        return;
    ws_line_enter_condition(condvar);
    ws_waiter *first = ws_line_first(&condvar->queue_);
    for (; n > 0 && first != NULL; n--) {
        ws_line_take_out(&condvar->queue_, first);
        notify(first);
        first = ws_line_first(&condvar->queue_);
    }
    ws_line_leave_condition(condvar);
}

void par_condvar_notify_one(par_condvar *condvar)
{
    notify_up_to(condvar, 1);
}

void par_condvar_notify_all(par_condvar *condvar)
{
    notify_up_to(condvar, SIZE_MAX);
}
