/* SPDX-License-Identifier: MIT */
/* condvar.h - waiting, with a mutex held, for something that others bring about under that mutex.
 * A wait that returns 0 was notified: there are no spurious wake-ups. Whoever notifies still does
 * not hold the mutex for the one who is notified, so a third may have been there first: ask again
 * what is waited for. */
#ifndef PAR_CONDVAR_H
#define PAR_CONDVAR_H

#include <par/mutex.h>

PAR_BEGIN_DECLS

/* All zero is one too. 8 bytes; it is not moved while somebody waits. */
typedef struct par_condvar {
    size_t queue_;
} par_condvar;

#define PAR_CONDVAR_INIT                                                                           \
    {                                                                                              \
        0                                                                                          \
    }

/* Gives the mutex back, waits to be notified, and returns with the mutex held again. 0; EOWNERDEAD
 * if it is poisoned then, held as well; EPERM if the caller does not hold it.
 *
 * Any thread; not signal handlers. Blocks; inside a task the core is lent meanwhile. Waiters with
 * different mutexes may wait for one condition variable at a time. */
PAR_API int par_condvar_wait(par_condvar *condvar, par_mutex *mutex) PAR_NOEXCEPT
    PAR_REQUIRES(mutex);

/* The same until `deadline` (ETIMEDOUT), or until `group`, which may be NULL, is canceled
 * (ECANCELED). The mutex is held in these cases too; waiting for it is not cut short. Who is
 * notified first returns 0, so no notification is lost. A poisoned mutex is told by
 * par_mutex_is_poisoned after these codes. */
PAR_API int par_condvar_wait_until(par_condvar *condvar, par_mutex *mutex, par_deadline deadline,
                                   par_group *group) PAR_NOEXCEPT PAR_REQUIRES(mutex);

/* Notifies the one that has waited longest, or all who wait; nobody if nobody does. If the mutex is
 * held they are moved into its line instead of waking only to wait again. Any thread, with or
 * without the mutex; not signal handlers. Does not block. A load if nobody waits. */
PAR_API void par_condvar_notify_one(par_condvar *condvar) PAR_NOEXCEPT;
PAR_API void par_condvar_notify_all(par_condvar *condvar) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
