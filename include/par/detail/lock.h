/* SPDX-License-Identifier: MIT */
/* lock.h - what mutexes and rwlocks are made of. Not API: it is installed because locking and
 * unlocking a free mutex is compiled into its users. Protocol and proof: docs/design/locks.md. */
#ifndef PAR_DETAIL_LOCK_H
#define PAR_DETAIL_LOCK_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* All zero: free, nobody waits.
 *   state  who holds it, and flags; see runtime/sync/lock.h
 *   queue  the first of those who wait, or 0
 *   order  its number among the locks whose order is checked, or 0 */
typedef struct par_detail_lock {
    size_t state;
    size_t queue;
    size_t order;
} par_detail_lock;

/* The name by which the calling thread holds locks, or 0: then it must ask the library, because it
 * has none yet, locks are checked, or a panic unwinds. */
extern PAR_API __thread size_t par_detail_thread_v1 __attribute__((tls_model("initial-exec")));

/* A lock that nobody holds, waits for, or has poisoned becomes the caller's. */
PAR_DETAIL_INLINE bool par_detail_lock_take(par_detail_lock *lock) PAR_NOEXCEPT
{
    const size_t self = par_detail_thread_v1;
    size_t nobody = 0;
    return PAR_LIKELY(self != 0) &&
           PAR_LIKELY(__atomic_load_n(&lock->state, __ATOMIC_RELAXED) == 0) &&
           PAR_LIKELY(__atomic_compare_exchange_n(&lock->state, &nobody, self, false,
                                                  __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
}

/* The lock is the caller's, nobody waits for it, and there is nothing to be told: then it is free
 * again. */
PAR_DETAIL_INLINE bool par_detail_lock_give(par_detail_lock *lock) PAR_NOEXCEPT
{
    size_t self = par_detail_thread_v1;
    return PAR_LIKELY(self != 0) && /* nobody holds a free lock */
           PAR_LIKELY(__atomic_load_n(&lock->state, __ATOMIC_RELAXED) == self) &&
           PAR_LIKELY(__atomic_compare_exchange_n(&lock->state, &self, 0, false, __ATOMIC_RELEASE,
                                                  __ATOMIC_RELAXED));
}

PAR_END_DECLS

#endif
