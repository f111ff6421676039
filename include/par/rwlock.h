/* SPDX-License-Identifier: MIT */
/* rwlock.h - a lock that many readers share, or one writer holds. Whoever waits is served in the
 * order of coming, readers that stand together at once: a reader does not pass a writer who waits,
 * so no writer starves. Waiting, poison and the codes are those of mutex.h; only writers poison.
 *
 * A thread that reads must not read again under the same lock: a writer may have come in between,
 * for whom the second one waits. */
#ifndef PAR_RWLOCK_H
#define PAR_RWLOCK_H

#include <par/detail/lock.h>
#include <par/detail/safety.h>
#include <par/group.h>
#include <par/panic.h>
#include <par/time.h>

PAR_BEGIN_DECLS

/* All zero is one too. 24 bytes; as a par_mutex, it is not moved while it is in use. */
typedef struct PAR_CAPABILITY("rwlock") par_rwlock {
    par_detail_lock lock_;
} par_rwlock;

#define PAR_RWLOCK_INIT                                                                            \
    {                                                                                              \
        {                                                                                          \
            0, 0, 0                                                                                \
        }                                                                                          \
    }

/* Waits until the caller may read. 0; EOWNERDEAD if the lock is poisoned, held as well. EDEADLK if
 * the caller writes under it, or closes a cycle of threads that could never go on (mutex.h); those
 * in which a writer waits for readers are not found, as readers are not known.
 *
 * Any thread; not signal handlers. Blocks; inside a task the core is lent meanwhile. One locked
 * instruction if nobody writes or waits. */
PAR_API int par_rwlock_read(par_rwlock *lock) PAR_NOEXCEPT PAR_ACQUIRES_SHARED(lock);

/* Does not wait: EAGAIN if it would have to. Does not block. */
PAR_API int par_rwlock_try_read(par_rwlock *lock) PAR_NOEXCEPT PAR_TRIES_SHARED(lock);

/* Waits until `deadline` at the latest (ETIMEDOUT), or until `group`, which may be NULL, is
 * canceled (ECANCELED). What can be had at once is had in any case. */
PAR_API int par_rwlock_read_until(par_rwlock *lock, par_deadline deadline,
                                  par_group *group) PAR_NOEXCEPT PAR_TRIES_SHARED(lock);

/* By the thread that reads. Ends the program with a message if nobody does. Does not block. */
PAR_API void par_rwlock_end_read(par_rwlock *lock) PAR_NOEXCEPT PAR_RELEASES_SHARED(lock);

/* The same four for writing: waits until nobody else reads or writes. The last one is by the thread
 * that writes, and ends the program with a message if another one calls it. */
PAR_API int par_rwlock_write(par_rwlock *lock) PAR_NOEXCEPT PAR_ACQUIRES(lock);
PAR_API int par_rwlock_try_write(par_rwlock *lock) PAR_NOEXCEPT PAR_TRIES(lock);
PAR_API int par_rwlock_write_until(par_rwlock *lock, par_deadline deadline,
                                   par_group *group) PAR_NOEXCEPT PAR_TRIES(lock);
PAR_API void par_rwlock_end_write(par_rwlock *lock) PAR_NOEXCEPT PAR_RELEASES(lock);

/* A writer becomes a reader, with nobody writing in between; readers at the head of the line come
 * in with it. By the thread that writes. Does not block. */
PAR_API void par_rwlock_downgrade(par_rwlock *lock) PAR_NOEXCEPT;

/* The only reader becomes a writer (0), before those who wait; EAGAIN while others read, and the
 * caller goes on reading. By a thread that reads. Does not block. */
PAR_API int par_rwlock_try_upgrade(par_rwlock *lock) PAR_NOEXCEPT;

/* As for mutexes. The first is called by the thread that writes. */
PAR_API void par_rwlock_poison(par_rwlock *lock) PAR_NOEXCEPT PAR_REQUIRES(lock);
PAR_API void par_rwlock_clear_poison(par_rwlock *lock) PAR_NOEXCEPT;
PAR_API bool par_rwlock_is_poisoned(const par_rwlock *lock) PAR_NOEXCEPT;

/* ---- guards ---------------------------------------------------------------------------------- */

/* Held until its block is left. `code` is what the lock returned; with EDEADLK it is not held. */
typedef struct par_rwlock_guard {
    par_detail_defer defer_; /* as in par_lock_guard */
    int code;
} par_rwlock_guard;

/* Declare the guard `name`, and read or write until the block that follows is left, on any way. The
 * lock must be given back as it was taken: not up- or downgraded in between. */
#define PAR_READ_GUARD(name, lock)                                                                 \
    par_rwlock_guard name PAR_DETAIL_RWLOCK_GUARD;                                                 \
    par_detail_read_guard_v1(&name, lock)
#define PAR_WRITE_GUARD(name, lock)                                                                \
    par_rwlock_guard name PAR_DETAIL_RWLOCK_GUARD;                                                 \
    par_detail_write_guard_v1(&name, lock)

#define PAR_DETAIL_RWLOCK_GUARD __attribute__((cleanup(par_detail_rwlock_guard_end_v1)))

PAR_API void par_detail_read_guard_v1(par_rwlock_guard *guard, par_rwlock *lock) PAR_NOEXCEPT
    PAR_ASSERTS_SHARED(lock);
PAR_API void par_detail_write_guard_v1(par_rwlock_guard *guard, par_rwlock *lock) PAR_NOEXCEPT
    PAR_ASSERTS(lock);
PAR_API void par_detail_rwlock_guard_end_v1(par_rwlock_guard *guard) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
