/* SPDX-License-Identifier: MIT */
/* deque.h - Chase and Lev's deque of two-word items, for spawned tasks: one owner pushes and pops
 * at bottom, anyone steals at top. Knows nothing of tasks or workers. Forks have their own:
 * forks.h.
 *
 * D1  Only the owner writes bottom. top changes only by a successful compare-and-swap t -> t+1.
 * D2  Between two operations of the owner the items are the slots [top, bottom), at most `capacity`
 *     of them. Indices only grow; they are compared by their difference, and may wrap around.
 * D3  An item leaves once: by the compare-and-swap that moves top past it, or by a pop that saw
 *     top < b after storing bottom = b.
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
#include "deque/item.h"

typedef struct ws_deque {
    WS_OWN_LINE size_t bottom; /* the owner writes it */
    par_detail_slot *slots;
    size_t capacity;        /* a power of two */
    WS_OWN_LINE size_t top; /* thieves move it, and the owner when it takes the last item */
} ws_deque;

/* 0 or ENOMEM. `capacity` is a power of two, and may come out smaller. */
int ws_deque_init(ws_deque *deque, size_t capacity);
void ws_deque_fini(ws_deque *deque);

/* The owner's alone. False if there is no room, or no item. */
bool ws_deque_push(ws_deque *deque, ws_item item);
bool ws_deque_pop(ws_deque *deque, ws_item *item);

/* The owner's alone: how many items there are, and the one at index i counted from the newest. */
size_t ws_deque_count(const ws_deque *deque);
ws_item ws_deque_at(const ws_deque *deque, size_t i);

/* Any thread. */
static inline bool ws_deque_is_empty(const ws_deque *deque)
{
    const size_t top = ws_load_seq_cst(&deque->top);
    return (ptrdiff_t)(ws_load_seq_cst(&deque->bottom) - top) <= 0;
}

/* Whether an item for which may(item, ctx) seems to be there: a look that takes nothing, and is
 * sure to see one that was pushed before and is not taken. Any thread. A read per item. */
bool ws_deque_may_hold(const ws_deque *deque, ws_may_take *may, const void *ctx);

/* Takes the oldest item if, where `may` is given, may(item, ctx). Reads only until it knows that
 * there is one. False too when it loses a race. Any thread. */
bool ws_deque_steal(ws_deque *deque, ws_item *item, ws_may_take *may, const void *ctx);

#endif
