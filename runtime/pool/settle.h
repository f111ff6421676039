/* SPDX-License-Identifier: MIT */
/* settle.h - ending forks otherwise than by the pop of their own join: in another order, where
 * there was no room for them, and for a panic. Design: docs/design/panic.md.
 *
 * T1  Between two calls every fork of this thread that is not joined either stands in the deque of
 *     its seat, stolen or not, or is refused (T2), or loose: stolen, and taken out of the deque by
 *     an older join; or it is done. So a panic can find and end all.
 * T2  A fork that was refused for want of room is in the thread's list, newest first, linked by
 *     `mark`; `group` is the function that runs it. While a seat has any its forks are held, so
 *     that every pop comes to par_detail_settle_v1, and takes the job out of the list.
 * T3  A fork ended by another call than its join is marked as done, and its join finds that. A
 *     panic in it travels on from the call that ended it, once that has ended all that it must. */
#ifndef WS_POOL_SETTLE_H
#define WS_POOL_SETTLE_H

#include "job/panic.h"
#include "pool/worker.h"

/* Before the first fork; any number of times. */
void ws_settle_init(void);

/* The push at `head` was refused: the slot there has the fork. */
void ws_settle_note_refused(par_detail_worker *owner, const par_detail_slot *head);

/* A refused fork comes to its end. */
void ws_settle_forget(par_detail_worker *owner, par_detail_job *job);

/* The end of a join whose job a thief has run: a panic in it travels on from here. */
void ws_settle_end(par_detail_job *job);

/* A guard that runs because of a panic, which has ended its fork already: nothing of it stands in
 * the deque. */
bool ws_settle_is_over(const par_detail_worker *owner, const par_detail_job *job);

/* Before the seat is given up. */
void ws_settle_leave(ws_worker *worker);

#endif
