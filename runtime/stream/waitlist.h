/* SPDX-License-Identifier: MIT */
/* waitlist.h - threads that wait for something that a lock guards, first come, first called. Like a
 * condition variable, but whoever waits lends its core, can give up, and returns only if it was
 * called or gave up.
 *
 * E1  The lock guards the list and its nodes. A node is in the list until it is called or gives up.
 * E2  Who was called and has given up at the same time was called: a call is never lost. */
#ifndef WS_STREAM_WAITLIST_H
#define WS_STREAM_WAITLIST_H

#include "pool/block.h"

typedef struct ws_waitlist_node {
    struct ws_waitlist_node *next;
    struct ws_waitlist_node *before;
    ws_blocker *blocker;
    size_t called; /* set under the lock, read without it by who sleeps */
} ws_waitlist_node;

typedef struct ws_waitlist {
    ws_waitlist_node *first; /* came first */
    ws_waitlist_node *last;
} ws_waitlist;

/* Under the lock, which it gives away while it sleeps and holds when it returns. 0: called;
 * ETIMEDOUT; ECANCELED. */
int ws_waitlist_wait(ws_waitlist *list, pthread_mutex_t *lock, const ws_block_reason *reason,
                     par_deadline deadline, par_group *group);

/* Under the lock. */
void ws_waitlist_call_one(ws_waitlist *list);
void ws_waitlist_call_all(ws_waitlist *list);

#endif
