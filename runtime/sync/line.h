/* SPDX-License-Identifier: MIT */
/* line.h - threads that stand in line for something: a lock or a condition variable, known by its
 * address. The line is a ring of records on the stacks of those threads; its first is kept in a
 * word of that something. Knows nothing of what they wait for.
 *
 * N1  A line is changed, and what is in it is read, under the guard of its address alone. Guards of
 *     condition variables are taken before guards of locks, and never two of a kind.
 * N2  A record is in the line at `where`, or in none if that is 0. It is taken out by whoever tells
 *     it something, or by its own thread.
 * N3  `told` is the last thing that is stored in a record that belongs to another thread: that may
 *     go on right after it. Whom to unpark is read before.
 * N4  A child of fork has none of the threads that stood in line, and new threads get their stacks.
 *     So a line's word has the generation of the process in its lowest bits, and a line of another
 *     generation is empty. No guard is held by another thread at the time of a fork. */
#ifndef WS_SYNC_LINE_H
#define WS_SYNC_LINE_H

#include "base/blocker.h"

#include <pthread.h>

typedef enum ws_told {
    WS_TOLD_NOTHING = 0, /* it stands in line */
    WS_TOLD_TO_TRY,      /* it may try to get what it waits for, as others may */
    WS_TOLD_IT_HAS,      /* it has got it */
} ws_told;

typedef struct ws_waiter {
    struct ws_waiter *next; /* the first comes after the last */
    struct ws_waiter *before;
    ws_blocker *blocker;
    size_t told;   /* ws_told */
    size_t where;  /* N2 */
    void *lock;    /* that a waiter for a condition will want */
    unsigned lost; /* how often it was told to try, and somebody else was faster */
    bool reads;    /* can share */
} ws_waiter;

ws_waiter ws_line_waiter(ws_blocker *self);

/* The guard of a lock, and of a condition variable, at an address. */
void ws_line_enter_lock(const void *lock);
void ws_line_leave_lock(const void *lock);
void ws_line_enter_condition(const void *condition);
void ws_line_leave_condition(const void *condition);

/* Whether this process was forked by one that had used lines. */
bool ws_line_is_in_child(void);

/* NULL: nobody is in line. */
ws_waiter *ws_line_first(const size_t *line);

void ws_line_put_last(size_t *line, ws_waiter *waiter, const void *where);
void ws_line_put_first(size_t *line, ws_waiter *waiter, const void *where);
void ws_line_take_out(size_t *line, ws_waiter *waiter);

/* N3. */
static inline void ws_line_tell(ws_waiter *waiter, ws_told told)
{
    ws_store_release(&waiter->told, told);
}

static inline ws_told ws_line_heard(const ws_waiter *waiter)
{
    return (ws_told)ws_load_acquire(&waiter->told);
}

#endif
