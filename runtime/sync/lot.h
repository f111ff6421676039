/* SPDX-License-Identifier: MIT */
/* lot.h - threads that wait for a word to change, found by the word's address: what a futex does,
 * with deadlines, groups and lent cores. Objects that are waited for rarely need no list of their
 * own (Pizlo, "Locking in WebKit", 2016).
 *
 * P1  The lot never reads or writes the word after the change that ends a wait: who makes it may
 *     free the object between that change and ws_lot_wake.
 * P2  A wait looks at the word under the lock of its address's bucket, and enters itself there. Who
 *     changes the word does so before it takes that lock. So either the wait sees the change, or
 *     the waker sees the wait.
 * P3  A wait is entered until its own thread or a waker takes it out, under the lock; if a waker
 *     did, it stays in place until `woken` is set, which is the waker's last touch.
 * P4  A wake-up may be meant for an earlier change, or for an object that lay at the address
 *     before: the caller looks again. */
#ifndef WS_SYNC_LOT_H
#define WS_SYNC_LOT_H

#include "pool/block.h"

/* Sleeps while *word is `value`, until somebody wakes the word's address (0), the deadline comes
 * (ETIMEDOUT) or the group is canceled (ECANCELED). Returns 0 at once if it is another value. */
int ws_lot_wait(const size_t *word, size_t value, const ws_block_reason *reason,
                par_deadline deadline, par_group *group);

/* Wakes all who wait at the address. It is not read: nothing need be there any more. */
void ws_lot_wake(const void *address);

#endif
