/* SPDX-License-Identifier: MIT */
/* mutex.h - a lock for one at a time, which tasks may wait for without keeping a core from others.
 * It needs no memory, and lies where its user puts it. Who waits is served in the order of coming,
 * except that a running thread may go first a few times: sleeping costs more than waiting does.
 *
 * Poison: when a panic unwinds through a guard, or the lock is given back while it unwinds, what
 * the lock protects may be half changed. Then each lock returns EOWNERDEAD, with the lock held,
 * until somebody has put things right and calls par_mutex_clear_poison.
 *
 *     PAR_LOCK_GUARD(guard, &account->mutex);
 *     account->balance += amount; */
#ifndef PAR_MUTEX_H
#define PAR_MUTEX_H

#include <par/detail/lock.h>
#include <par/detail/safety.h>
#include <par/group.h>
#include <par/panic.h>
#include <par/time.h>

#include <errno.h>

PAR_BEGIN_DECLS

/* All zero is a mutex too. It must not be moved while it is held or waited for, and may be let go
 * of at any other time. 24 bytes. */
typedef struct PAR_CAPABILITY("mutex") par_mutex {
    par_detail_lock lock_;
} par_mutex;

#define PAR_MUTEX_INIT                                                                             \
    {                                                                                              \
        {                                                                                          \
            0, 0, 0                                                                                \
        }                                                                                          \
    }

PAR_API int par_detail_mutex_lock_v1(par_mutex *mutex) PAR_NOEXCEPT;
PAR_API void par_detail_mutex_unlock_v1(void *mutex) PAR_NOEXCEPT; /* a par_fn, too */

/* Waits until the mutex is the caller's. 0, or EOWNERDEAD if it is poisoned: it is held then too.
 * EDEADLK if the caller holds it already, or if nobody in a cycle of threads could ever go on: each
 * waits for a lock that the next one holds, or for a task that the next one runs. It is not held
 * then, and one thread of the cycle gets this code, after about 10 ms.
 *
 * Any thread; not signal handlers. Blocks; inside a task the core is lent meanwhile. One locked
 * instruction if the mutex is free. A thread must not end while it holds one. */
PAR_API PAR_INLINE int par_mutex_lock(par_mutex *mutex) PAR_NOEXCEPT
    PAR_ACQUIRES(mutex) PAR_NO_SAFETY_ANALYSIS;

/* The same, but does not wait: EAGAIN if another thread holds it. Does not block. */
PAR_API int par_mutex_try_lock(par_mutex *mutex) PAR_NOEXCEPT PAR_TRIES(mutex);

/* The same, but waits until `deadline` at the latest (ETIMEDOUT), or until `group`, which may be
 * NULL, is canceled (ECANCELED). A free mutex is taken in any case. */
PAR_API int par_mutex_lock_until(par_mutex *mutex, par_deadline deadline,
                                 par_group *group) PAR_NOEXCEPT PAR_TRIES(mutex);

/* By the thread that locked it. Ends the program with a message if that is not so. Does not block.
 * One locked instruction; if somebody waits, a wake-up. */
PAR_API PAR_INLINE void par_mutex_unlock(par_mutex *mutex) PAR_NOEXCEPT
    PAR_RELEASES(mutex) PAR_NO_SAFETY_ANALYSIS;

/* Says that what the mutex protects is left half changed, as a panic does. By the thread that holds
 * it. Does not block. */
PAR_API void par_mutex_poison(par_mutex *mutex) PAR_NOEXCEPT PAR_REQUIRES(mutex);

/* What the mutex protects is in order again. By the thread that holds it. Does not block. */
PAR_API void par_mutex_clear_poison(par_mutex *mutex) PAR_NOEXCEPT PAR_REQUIRES(mutex);

/* Whether it is poisoned now. Any thread; does not block. */
PAR_API bool par_mutex_is_poisoned(const par_mutex *mutex) PAR_NOEXCEPT;

PAR_INLINE int par_mutex_lock(par_mutex *mutex) PAR_NOEXCEPT
{
    return par_detail_lock_take(&mutex->lock_) ? 0 : par_detail_mutex_lock_v1(mutex);
}

PAR_INLINE void par_mutex_unlock(par_mutex *mutex) PAR_NOEXCEPT
{
    if (!par_detail_lock_give(&mutex->lock_))
        par_detail_mutex_unlock_v1(mutex);
}

/* ---- guards ---------------------------------------------------------------------------------- */

/* A mutex that is held until its block is left. `code` is what the lock returned; with EDEADLK it
 * is not held. */
typedef struct par_lock_guard {
    par_detail_defer
        defer_; /* a panic finds it here, whatever the code between was compiled with */
    int code;
} par_lock_guard;

/* Declares the guard `name` and locks. On each way out of the block that follows (its end, return,
 * break, goto, a panic, a C++ exception) the mutex is unlocked. */
#define PAR_LOCK_GUARD(name, mutex)                                                                \
    par_lock_guard name __attribute__((cleanup(par_detail_lock_guard_end), unused)) =              \
        par_detail_lock_guard_begin(&name, mutex)

/* Locks, stores the code in `code`, an int, and runs the block that follows if it is 0: not with a
 * poisoned mutex. Unlocks as a guard does. break and continue leave the block. */
#define PAR_WITH_LOCK(code, mutex)                                                                 \
    PAR_DETAIL_WITH_LOCK(code, mutex, PAR_DETAIL_DEFER_JOIN(par_guard, __LINE__),                  \
                         PAR_DETAIL_DEFER_NAME(__LINE__))

#define PAR_DETAIL_WITH_LOCK(code_, mutex, guard, once)                                            \
    for (par_lock_guard guard __attribute__((cleanup(par_detail_lock_guard_end))) =                \
             par_detail_lock_guard_begin(&guard, mutex),                                           \
                              *once = &guard;                                                      \
         once != NULL && ((code_) = once->code) == 0; once = NULL)

PAR_DETAIL_INLINE PAR_NO_SAFETY_ANALYSIS par_lock_guard
par_detail_lock_guard_begin(par_lock_guard *self, par_mutex *mutex) PAR_NOEXCEPT PAR_ASSERTS(mutex);
PAR_DETAIL_INLINE PAR_NO_SAFETY_ANALYSIS par_lock_guard
par_detail_lock_guard_begin(par_lock_guard *self, par_mutex *mutex) PAR_NOEXCEPT
{
    par_lock_guard guard = {{par_detail_defers_v1, NULL, mutex}, par_mutex_lock(mutex)};
    if (PAR_UNLIKELY(guard.code == EDEADLK))
        return guard;
    guard.defer_.fn = par_detail_mutex_unlock_v1;
    par_detail_defers_v1 = &self->defer_;
    return guard;
}

PAR_DETAIL_INLINE PAR_NO_SAFETY_ANALYSIS void par_detail_lock_guard_end(par_lock_guard *guard)
    PAR_NOEXCEPT
{
    if (PAR_UNLIKELY(guard->defer_.fn == NULL)) /* not held, or a panic has run it */
        return;
    par_detail_defers_v1 = guard->defer_.below;
    par_mutex_unlock((par_mutex *)guard->defer_.arg);
}

PAR_END_DECLS

#endif
