/* SPDX-License-Identifier: MIT */
/* deque.h - Chase and Lev's deque of two-word items. One owner pushes and pops at bottom, anyone
 * steals at top. Knows nothing of jobs or workers. The owner's half lies in par_detail_worker,
 * where inlined code reaches it; protocol and proof are in docs/design/deque.md.
 *
 * D1  Only the owner writes bottom. top changes only by a successful compare-and-swap t -> t+1.
 * D2  Between two operations of the owner the items are the slots [top, bottom), at most
 *     capacity - 1 of them; one slot is spare, so that a push may store first and look for room
 *     afterwards.
 * D3  An item leaves once: by the compare-and-swap that moves top past it, or by a pop that saw
 *     top < b after storing bottom = b.
 * D4  private_from is the largest index: every pop goes through ws_deque_settle. A smaller value
 *     would declare [private_from, bottom) to be out of the thieves' reach.
 *
 * Why a pop and a steal cannot both take the item in slot b. All four accesses are sequentially
 * consistent.
 *     pop    P1  bottom = b           steal  S1  t = top
 *            P2  t = top                     S2  limit = bottom
 *                                            S3  top: t -> t+1
 * If the pop takes it without S3's like, P2 read t < b. A thief of slot b read top == b in S1,
 * after P2 and so after P1: S2 reads b, and the thief finds nothing; or it reads the bottom of a
 * later push, and slot b holds the newer item. If P2 read t == b, the pop itself moves top, and one
 * wins. */
#ifndef WS_DEQUE_DEQUE_H
#define WS_DEQUE_DEQUE_H

#include "base/atomic.h"
#include "base/cacheline.h"

#include <par/detail/worker.h>

typedef struct ws_item {
    size_t first;
    size_t second;
} ws_item;

typedef struct ws_deque {
    par_detail_worker owner;
    WS_OWN_LINE size_t top; /* thieves move it, and the owner when it takes the last item */
    WS_OWN_LINE size_t capacity;
} ws_deque;

/* Whether a thief may have the item it has read; asked between reading and taking it. */
typedef bool ws_deque_may_take(const ws_item *item, const void *ctx);

/* 0 or ENOMEM. `capacity` is a power of two, and may come out smaller. */
int ws_deque_init(ws_deque *deque, size_t capacity);
void ws_deque_fini(ws_deque *deque);

/* The owner's alone: */

/* False if there is no room. */
bool ws_deque_push(ws_deque *deque, ws_item item);

/* Takes the newest item. */
bool ws_deque_pop(ws_deque *deque, ws_item *item);

/* The end of a pop that has lowered bottom to b: true if the item there is the owner's. */
bool ws_deque_settle(ws_deque *deque, size_t b);

/* After a push has stored index b: true if there was room for it. */
bool ws_deque_has_room(const ws_deque *deque, size_t b);

/* Lets pushes take the fast way as long as there is room. */
void ws_deque_set_limit(ws_deque *deque);

/* How many items there are, at index `i` counted from the newest. For the owner's own search. */
size_t ws_deque_count(const ws_deque *deque);
ws_item ws_deque_at(const ws_deque *deque, size_t i);

/* Any thread: */

/* Makes the owner's next push take the slow way. */
static inline void ws_deque_request(ws_deque *deque)
{
    ws_store_release(&deque->owner.limit, 0);
}

static inline bool ws_deque_is_empty(const ws_deque *deque)
{
    const size_t top = ws_load_seq_cst(&deque->top);
    return (ptrdiff_t)(ws_load_seq_cst(&deque->owner.bottom) - top) <= 0;
}

/* Takes the oldest item, if its index is not below `lowest` and, where `may` is given,
 * may(item, ctx). Reads only until it knows that there is one. False too when it loses a race. */
bool ws_deque_steal(ws_deque *deque, ws_item *item, size_t lowest, ws_deque_may_take *may,
                    const void *ctx);

#endif
