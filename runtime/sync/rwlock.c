/* SPDX-License-Identifier: MIT */
#include "base/log.h"
#include "sync/lock.h"
#include "sync/order.h"

#include <par/rwlock.h>

#include <errno.h>

static int note(par_rwlock *lock, int code, const void *place)
{
    if (code == 0 || code == EOWNERDEAD)
        ws_order_got(&lock->lock_, place);
    return code;
}

static int acquire(par_rwlock *lock, bool reads, par_deadline deadline, par_group *group,
                   const void *place)
{
    const char *verb = reads ? "waits to read under rwlock" : "waits to write under rwlock";
    const ws_lock_wish wish = {verb, reads, false, deadline, group};
    ws_order_wish(&lock->lock_, place);
    return note(lock, ws_lock_acquire(&lock->lock_, &wish), place);
}

static void require_writer(const par_rwlock *lock, const char *what)
{
    if (!ws_lock_is_mine(&lock->lock_))
        ws_log_die("rwlock %p is %s by a thread that does not write under it", (const void *)lock,
                   what);
}

/* ---- reading --------------------------------------------------------------------------------- */

int par_rwlock_read(par_rwlock *lock)
{
    return acquire(lock, true, PAR_FOREVER, NULL, __builtin_return_address(0));
}

int par_rwlock_read_until(par_rwlock *lock, par_deadline deadline, par_group *group)
{
    return acquire(lock, true, deadline, group, __builtin_return_address(0));
}

int par_rwlock_try_read(par_rwlock *lock)
{
    return note(lock, ws_lock_try(&lock->lock_, true), __builtin_return_address(0));
}

void par_rwlock_end_read(par_rwlock *lock)
{
    ws_order_gave(&lock->lock_);
    ws_lock_release_shared(&lock->lock_);
}

/* ---- writing --------------------------------------------------------------------------------- */

int par_rwlock_write(par_rwlock *lock)
{
    return acquire(lock, false, PAR_FOREVER, NULL, __builtin_return_address(0));
}

int par_rwlock_write_until(par_rwlock *lock, par_deadline deadline, par_group *group)
{
    return acquire(lock, false, deadline, group, __builtin_return_address(0));
}

int par_rwlock_try_write(par_rwlock *lock)
{
    return note(lock, ws_lock_try(&lock->lock_, false), __builtin_return_address(0));
}

void par_rwlock_end_write(par_rwlock *lock)
{
    require_writer(lock, "given back");
    ws_order_gave(&lock->lock_);
    ws_lock_release(&lock->lock_);
}

/* ---- from one to the other ------------------------------------------------------------------- */

void par_rwlock_downgrade(par_rwlock *lock)
{
    require_writer(lock, "downgraded");
    ws_lock_downgrade(&lock->lock_);
}

int par_rwlock_try_upgrade(par_rwlock *lock)
{
    return ws_lock_try_upgrade(&lock->lock_);
}

/* ---- poison ---------------------------------------------------------------------------------- */

void par_rwlock_poison(par_rwlock *lock)
{
    require_writer(lock, "poisoned");
    ws_lock_poison(&lock->lock_);
}

void par_rwlock_clear_poison(par_rwlock *lock)
{
    ws_lock_clear_poison(&lock->lock_);
}

bool par_rwlock_is_poisoned(const par_rwlock *lock)
{
    return ws_lock_is_poisoned(&lock->lock_);
}

/* ---- guards ---------------------------------------------------------------------------------- */

static void end_read(void *lock)
{
    par_rwlock_end_read(lock);
}

static void end_write(void *lock)
{
    par_rwlock_end_write(lock);
}

static void begin(par_rwlock_guard *guard, par_rwlock *lock, int code, par_fn *end)
{
    const bool held = code != EDEADLK;
    *guard = (par_rwlock_guard){{par_detail_defers_v1, held ? end : NULL, lock}, code};
    if (held)
        par_detail_defers_v1 = &guard->defer_;
}

void par_detail_read_guard_v1(par_rwlock_guard *guard, par_rwlock *lock)
{
    const int code = acquire(lock, true, PAR_FOREVER, NULL, __builtin_return_address(0));
    begin(guard, lock, code, end_read);
}

void par_detail_write_guard_v1(par_rwlock_guard *guard, par_rwlock *lock)
{
    const int code = acquire(lock, false, PAR_FOREVER, NULL, __builtin_return_address(0));
    begin(guard, lock, code, end_write);
}

void par_detail_rwlock_guard_end_v1(par_rwlock_guard *guard)
{
    par_detail_defer_end(&guard->defer_);
}
