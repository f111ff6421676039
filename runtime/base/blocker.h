/* SPDX-License-Identifier: MIT */
/* blocker.h - a thread as one that others may have to wake: a parker that it has to itself, and
 * what it waits for, for those who cancel waits or look for cycles. It is also the thread's name
 * among the owners of locks.
 *
 * B1  A blocker is never freed: whoever has found one may unpark it at any time. When its thread
 *     ends, it is handed on to a new one, unless it still is the name of who holds a lock, as far
 *     as locks are counted (`locks`). So a token may come that was meant for somebody else, and a
 *     sleeper always looks again at what it waits for.
 * B2  All blockers stand in one list that only grows, so that it can be walked by anyone, signal
 *     handlers too.
 * B3  Only its thread writes `group`, `verb`, `object`, `name`, `joined`, `waits`, `runs` and
 *     `depth`.
 * B4  `holder` is 0, the ws_blocker * of the thread that runs the job `joined`, or the address of a
 *     lock with WS_BLOCKER_AT_LOCK, and WS_BLOCKER_MUST if nothing else ends that wait. The first
 *     is its thread's to write. The second is written under that lock's guard, and gone before its
 *     thread goes on: so who has the guard and still reads the lock here may look at the lock.
 * B5  A job stands in `runs` from before it is taken until before its end is told. So whoever waits
 *     for it, and finds it there, has not been told.
 * B6  In a child of fork the blockers of threads that it does not have are free again. The one of
 *     the forking thread stays its own; a token that it held is lost, which B1 allows for.
 * B7  Handing on is the destructor of a key, code of the library that runs when a thread ends: so
 *     the library stays in memory after a dlclose (its linker flag nodelete sees to that). */
#ifndef WS_BASE_BLOCKER_H
#define WS_BASE_BLOCKER_H

#include "base/atomic.h"
#include "base/cacheline.h"
#include "base/park.h"

#define WS_BLOCKER_AT_LOCK ((size_t)1)
#define WS_BLOCKER_MUST ((size_t)2)
#define WS_BLOCKER_TAGS (WS_BLOCKER_AT_LOCK | WS_BLOCKER_MUST)

enum { WS_BLOCKER_RUNS = 8 };

typedef struct ws_blocker {
    WS_OWN_LINE ws_parker parker;
    size_t group;  /* whose cancellation ends the wait, or 0 */
    size_t verb;   /* const char *, such as "receives from"; 0 while it does not wait */
    size_t object; /* what it waits for, by its address */
    size_t name;   /* const char *, or 0: what the user calls that */
    size_t holder; /* B4: whom it waits for, if that is one thread */
    size_t joined; /* const void *: the job that it waits for, where holder is a thread */
    size_t waits;  /* how many waits it has begun and ended: odd while it waits */
    size_t runs[WS_BLOCKER_RUNS]; /* the jobs that it has taken and not ended, at their depths */
    size_t depth;            /* how many those are; past the end of `runs` they are not noted */
    size_t locks;            /* how many locks it holds, where locks are checked; its own */
    struct ws_blocker *next; /* in the list of all */
    struct ws_blocker *next_free; /* of those without a thread */
} ws_blocker;

/* The calling thread's. Without memory for one it is a stand-in that many may share: whoever parks
 * on it yields the processor instead of sleeping. */
ws_blocker *ws_blocker_self(void);

/* Whether it is a thread's own, and not the stand-in. */
bool ws_blocker_is_own(const ws_blocker *blocker);

/* Whether locks are checked for their order: then inlined code does not see who the thread is, and
 * each lock and unlock is a call. On in debug builds. To be set before any lock is used. */
extern bool ws_blocker_checks_locks;

/* Hides from inlined code who the calling thread is, so that its unlocks become calls; and shows it
 * again. */
void ws_blocker_hide(void);
void ws_blocker_show(void);

/* Sleeps until a token comes (true), or `deadline` (false). */
bool ws_blocker_park(ws_blocker *self, uint64_t deadline);

/* Any thread, signal handlers too. */
void ws_blocker_unpark(ws_blocker *blocker);

/* The newest of all; go on by `next`. */
ws_blocker *ws_blocker_first(void);

/* Unparks all that wait with that group. Signal handlers too. */
void ws_blocker_cancel(const void *group);

/* ---- who waits for whom ---------------------------------------------------------------------- */

/* A wait begins or ends: `waits` becomes odd or even. */
static inline void ws_blocker_count_wait(ws_blocker *self)
{
    ws_store_seq_cst(&self->waits, ws_load_relaxed(&self->waits) + 1);
}

/* The thread is about to sleep until `holder` has run `job`, and then it is not any more. The
 * first also has those look again who wait for locks and may now be in a cycle with it. */
void ws_blocker_join(ws_blocker *self, ws_blocker *holder, const void *job);
void ws_blocker_end_join(ws_blocker *self);

/* Follows the joins from `blocker` on to the first that waits for a lock, and unparks it. */
void ws_blocker_poke(ws_blocker *blocker);

/* Around the running of a job that was taken from another thread. */
static inline void ws_blocker_run(ws_blocker *self, const void *job)
{
    /* Carried by ws_job_take, which follows: whoever knows the thief from there sees it (B5). */
    if (self->depth < WS_BLOCKER_RUNS)
        ws_store_release(&self->runs[self->depth], (size_t)job);
    self->depth++;
}

static inline void ws_blocker_end_run(ws_blocker *self)
{
    self->depth--;
    if (self->depth < WS_BLOCKER_RUNS)
        ws_store_release(&self->runs[self->depth], 0);
}

bool ws_blocker_runs(const ws_blocker *blocker, size_t job);

#endif
