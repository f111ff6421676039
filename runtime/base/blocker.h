/* SPDX-License-Identifier: MIT */
/* blocker.h - a thread as one that others may have to wake: a parker that it has to itself, and
 * what it waits for, for those who cancel waits or look for cycles. It is also the thread's name
 * among the owners of locks.
 *
 * B1  A blocker is never freed: whoever has found one may unpark it at any time. When its thread
 *     ends, it is handed on to a new one. So a token may come that was meant for somebody else, and
 *     a sleeper always looks again at what it waits for.
 * B2  All blockers stand in one list that only grows, so that it can be walked by anyone, signal
 *     handlers too.
 * B3  Only its thread writes `group`, `verb`, `object`, `name`, `holder` and `waits`. */
#ifndef WS_BASE_BLOCKER_H
#define WS_BASE_BLOCKER_H

#include "base/atomic.h"
#include "base/cacheline.h"
#include "base/park.h"

typedef struct ws_blocker {
    WS_OWN_LINE ws_parker parker;
    size_t group;            /* whose cancellation ends the wait, or 0 */
    size_t verb;             /* const char *, such as "receives from"; 0 while it does not wait */
    size_t object;           /* what it waits for, by its address */
    size_t name;             /* const char *, or 0: what the user calls that */
    size_t holder;           /* ws_blocker * of whom it waits for, if that is one thread; else 0 */
    size_t waits;            /* how many waits it has begun and ended: odd while it waits */
    size_t locks;            /* how many locks it holds; its own */
    struct ws_blocker *next; /* in the list of all */
    struct ws_blocker *next_free; /* of those without a thread */
} ws_blocker;

/* The calling thread's. Without memory for one it is a stand-in that many may share: whoever parks
 * on it yields the processor instead of sleeping. */
ws_blocker *ws_blocker_self(void);

/* Sleeps until a token comes (true), or `deadline` (false). */
bool ws_blocker_park(ws_blocker *self, uint64_t deadline);

/* Any thread, signal handlers too. */
void ws_blocker_unpark(ws_blocker *blocker);

/* The newest of all; go on by `next`. */
ws_blocker *ws_blocker_first(void);

/* Unparks all that wait with that group. Signal handlers too. */
void ws_blocker_cancel(const void *group);

#endif
