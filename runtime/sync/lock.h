/* SPDX-License-Identifier: MIT */
/* lock.h - the lock that mutexes and rwlocks are: held by one thread, or by any number that share
 * it. A running thread may take a free lock before those in line (barging), until the first in line
 * has lost so often that the lock is given into its hands. Protocol and proof:
 * docs/design/locks.md, whose labels lock.c repeats.
 *
 * K1  `state` is the ws_blocker * of its holder, or a number of sharers with SHARED, or neither;
 *     and flags.
 * K2  QUEUED says that somebody is in line, and changes under the guard only. As long as it is set
 *     the lock is held, or somebody has been told to try: so there is one who will look at the
 *     line.
 * K3  WOKEN says that one has been told to try, and has neither got the lock nor gone back into
 *     line; only one at a time. Only that thread takes the flag away.
 *     Once it has lost often it adds RESERVED: then it alone may enter. It takes that away when it
 *     goes back into line, unless it has lost more often still.
 * K4  Nobody who wants to share passes one who is in line, or has been told to try.
 * K5  The first in line never wants to share a lock that is shared, with nobody told to try: who
 *     changes either lets it in. */
#ifndef WS_SYNC_LOCK_H
#define WS_SYNC_LOCK_H

#include "sync/line.h"

#include <par/detail/lock.h>
#include <par/group.h>
#include <par/time.h>

#define WS_LOCK_QUEUED ((size_t)1)
#define WS_LOCK_WOKEN ((size_t)2)
#define WS_LOCK_POISONED ((size_t)4)
#define WS_LOCK_CALM ((size_t)8) /* taken while a panic unwound, which does not poison it */
#define WS_LOCK_RESERVED ((size_t)16)
#define WS_LOCK_SHARED ((size_t)32)
#define WS_LOCK_FLAGS ((size_t)63)
#define WS_LOCK_SHARER ((size_t)64)

/* How a lock is wanted. */
typedef struct ws_lock_wish {
    const char *verb; /* for those who report waits */
    bool reads;
    bool must; /* the wait ends with the lock alone: no deadline, no group, no EDEADLK */
    par_deadline deadline;
    par_group *group;
} ws_lock_wish;

/* 0 or EOWNERDEAD: it is held. EDEADLK, ETIMEDOUT, ECANCELED: it is not. */
int ws_lock_acquire(par_detail_lock *lock, const ws_lock_wish *wish);

/* EAGAIN: it would have to wait. */
int ws_lock_try(par_detail_lock *lock, bool reads);

/* By its holder, or by one who shares it. */
void ws_lock_release(par_detail_lock *lock);
void ws_lock_release_shared(par_detail_lock *lock);

/* From held to shared, and from shared by the caller alone to held (EAGAIN: others share it). */
void ws_lock_downgrade(par_detail_lock *lock);
int ws_lock_try_upgrade(par_detail_lock *lock);

void ws_lock_poison(par_detail_lock *lock);
void ws_lock_clear_poison(par_detail_lock *lock);

static inline bool ws_lock_is_poisoned(const par_detail_lock *lock)
{
    return (ws_load_relaxed(&lock->state) & WS_LOCK_POISONED) != 0;
}

/* Whether the calling thread holds it and does not share it. */
bool ws_lock_is_mine(const par_detail_lock *lock);

/* For condition variables, in three steps. The thread that waits brings its record, with `told`
 * still nothing and its wait begun (ws_blocker_count_wait). Under the guard of the condition
 * another thread moves it into the lock's line, and learns who holds the lock, if that is known;
 * or, where the lock is free, tells it to try, and returns whom to unpark. The lock may be gone
 * then. */
ws_blocker *ws_lock_adopt(par_detail_lock *lock, ws_waiter *waiter, ws_blocker **holder);

/* That thread waits there until the lock is its own. */
void ws_lock_await_adopted(par_detail_lock *lock, ws_waiter *waiter, const ws_lock_wish *wish);

/* For those who look for cycles: who holds the lock at whose line `waiter` stands, and no other
 * thread does so any more. NULL if it does not stand there, or nobody is known. */
ws_blocker *ws_lock_holder_for(const ws_blocker *waiter, size_t at_lock);
ws_blocker *ws_lock_holder(const par_detail_lock *lock);

/* Takes the caller's record out of the line, and what it waits for with it. False: it has been told
 * something. */
bool ws_lock_leave(par_detail_lock *lock, ws_waiter *waiter);

#endif
