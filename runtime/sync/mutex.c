/* SPDX-License-Identifier: MIT */
#include <par/mutex.h>

#include "sync/lock.h"

#include "base/log.h"
#include "sync/order.h"

#include <errno.h>

/* The external definitions of the inline functions. */
extern int par_mutex_lock(par_mutex *mutex);
extern void par_mutex_unlock(par_mutex *mutex);

static bool is_held(int code)
{
    return code == 0 || code == EOWNERDEAD;
}

static int lock(par_mutex *mutex, par_deadline deadline, par_group *group, const void *place)
{
    const ws_lock_wish wish = {"waits for mutex", false, false, deadline, group};
    ws_order_wish(&mutex->lock_, place);
    const int code = ws_lock_acquire(&mutex->lock_, &wish);
    if (is_held(code))
        ws_order_got(&mutex->lock_, place);
    return code;
}

int par_detail_mutex_lock_v1(par_mutex *mutex)
{
    return lock(mutex, PAR_FOREVER, NULL, __builtin_return_address(0));
}

int par_mutex_lock_until(par_mutex *mutex, par_deadline deadline, par_group *group)
{
    return lock(mutex, deadline, group, __builtin_return_address(0));
}

int par_mutex_try_lock(par_mutex *mutex)
{
    const int code = ws_lock_try(&mutex->lock_, false);
    if (is_held(code))
        ws_order_got(&mutex->lock_, __builtin_return_address(0));
    return code;
}

void par_detail_mutex_unlock_v1(void *arg)
{
    par_mutex *mutex = arg;
    if (!ws_lock_is_mine(&mutex->lock_))
        ws_log_die("mutex %p is unlocked by a thread that does not hold it", (void *)mutex);
    ws_order_gave(&mutex->lock_);
    ws_lock_release(&mutex->lock_);
}

void par_mutex_poison(par_mutex *mutex)
{
    ws_lock_poison(&mutex->lock_);
}

void par_mutex_clear_poison(par_mutex *mutex)
{
    ws_lock_clear_poison(&mutex->lock_);
}

bool par_mutex_is_poisoned(const par_mutex *mutex)
{
    return ws_lock_is_poisoned(&mutex->lock_);
}
