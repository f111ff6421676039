/* SPDX-License-Identifier: MIT */
/* order.h - checks the order in which threads lock what: on where ws_blocker_checks_locks is, as in
 * debug builds. Who locks B while he holds A has said that A comes before B; if another thread, or
 * another time, says that B comes before A, both are reported, once. Counts the locks that a thread
 * holds, too, for the warning about joins.
 *
 * R1  A lock gets a number when it is first used; one that is made anew in the same place is zero
 *     again, and gets another. So memory that is used again tells nothing.
 * R2  Only a lock that is waited for says anything: who tries cannot wait for ever. */
#ifndef WS_SYNC_ORDER_H
#define WS_SYNC_ORDER_H

#include "base/blocker.h"

#include <par/detail/lock.h>

/* Where locks are checked. */
void ws_order_note_wish(par_detail_lock *lock, const void *place);
void ws_order_note_got(par_detail_lock *lock, const void *place);
void ws_order_note_gave(const par_detail_lock *lock);

/* Before the calling thread waits for the lock; `place` is where the program calls. */
static inline void ws_order_wish(par_detail_lock *lock, const void *place)
{
    if (ws_blocker_checks_locks)
        ws_order_note_wish(lock, place);
}

/* It holds it, or shares it; and does so no more. */
static inline void ws_order_got(par_detail_lock *lock, const void *place)
{
    if (ws_blocker_checks_locks)
        ws_order_note_got(lock, place);
}

static inline void ws_order_gave(const par_detail_lock *lock)
{
    if (ws_blocker_checks_locks)
        ws_order_note_gave(lock);
}

#endif
