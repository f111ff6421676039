/* SPDX-License-Identifier: MIT */
/* waiters.h - who waits for a channel: lists of nodes that stand on the waiters' stacks, first in,
 * first out. A select stands in several lists with one node each, and all of them share one word,
 * the choice.
 *
 * V1  The choice goes from WAITING to something else once, by one compare-and-swap: of a waker, who
 *     writes the number of the node, or of the waiter, who leaves.
 * V2  A list, and `is_listed` of its nodes, are touched by the holder of its turn only. A node
 *     leaves the list before its choice is made, and the choice is the last of the node that a
 *     waker touches: the waiter may be gone right after. Its blocker is read before; that is never
 *     freed.
 * V3  CLAIMED: the waker still copies an element to or from the waiter, who waits for DONE without
 *     lending its core. CALLED is only an invitation to look again.
 * V4  Who was called and does something else calls another one in its place: the call may have been
 *     the only one for an element that is still there. */
#ifndef WS_STREAM_WAITERS_H
#define WS_STREAM_WAITERS_H

#include "base/blocker.h"
#include "base/cacheline.h"
#include "stream/turn.h"

#include <par/select.h>

typedef par_detail_waiter ws_waiter;

typedef struct ws_waiters {
    WS_OWN_LINE size_t turn;
    size_t count; /* of those in the list; written by the holder */
    ws_waiter *first;
    ws_waiter *last;
} ws_waiters;

/* What a choice is, in its lowest bits; above them is the number of the chosen node. */
enum { WS_CHOICE_BITS = 3, WS_CHOICE_MASK = 7 };
enum {
    WS_CHOICE_WAITING = 0,
    WS_CHOICE_LEFT = 1,
    WS_CHOICE_CLAIMED = 2,
    WS_CHOICE_DONE = 3,
    WS_CHOICE_CALLED = 4
};

static inline size_t ws_choice_state(size_t choice)
{
    return choice & WS_CHOICE_MASK;
}

static inline size_t ws_choice_number(size_t choice)
{
    return choice >> WS_CHOICE_BITS;
}

static inline size_t ws_choice_of(const ws_waiter *waiter, size_t state)
{
    return waiter->number << WS_CHOICE_BITS | state;
}

/* By the holder of the turn. */
void ws_waiters_push(ws_waiters *list, ws_waiter *waiter);
void ws_waiters_remove(ws_waiters *list, ws_waiter *waiter);

/* By the holder of the turn: takes out those that are no longer waiting and then the first that is,
 * which is called and whose blocker is returned, to be unparked. NULL: there is none. */
ws_blocker *ws_waiters_call_first(ws_waiters *list);

/* Enters and leaves by themselves. */
void ws_waiters_add(ws_waiters *list, ws_waiter *waiter);
void ws_waiters_take_out(ws_waiters *list, ws_waiter *waiter);
void ws_waiters_call_some(ws_waiters *list, size_t n);

/* Calls up to `n`. By whoever has made something possible, after a turn that T2 pairs with the
 * waiter's. */
static inline void ws_waiters_call(ws_waiters *list, size_t n)
{
    if (PAR_UNLIKELY(ws_load_relaxed(&list->count) != 0))
        ws_waiters_call_some(list, n);
}

#endif
