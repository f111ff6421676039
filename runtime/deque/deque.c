/* SPDX-License-Identifier: MIT */
#include "deque/deque.h"

#include "base/assert.h"
#include "deque/ring.h"

#include <errno.h>

int ws_deque_init(ws_deque *deque, size_t capacity)
{
    const size_t reserved = ws_ring_reserve(&deque->slots, capacity);
    if (reserved == 0)
        return ENOMEM;
    deque->capacity = reserved;
    deque->bottom = 0;
    deque->top = 0;
    return 0;
}

void ws_deque_fini(ws_deque *deque)
{
    ws_ring_release(deque->slots, deque->capacity);
}

static par_detail_slot *slot_at(const ws_deque *deque, size_t index)
{
    return &deque->slots[index & (deque->capacity - 1)];
}

bool ws_deque_push(ws_deque *deque, ws_item item)
{
    const size_t b = deque->bottom;
    if (b - ws_load_acquire(&deque->top) >= deque->capacity)
        return false;
    ws_item_write(slot_at(deque, b), item);
    /* Pairs with S2: who sees this bottom sees the slot and what the item points to. Sequentially
     * consistent, so that a publisher may look for sleepers next. */
    ws_exchange_seq_cst(&deque->bottom, b + 1);
    return true;
}

bool ws_deque_pop(ws_deque *deque, ws_item *item)
{
    if (ws_deque_count(deque) == 0)
        return false;
    const size_t b = deque->bottom - 1;
    *item = ws_item_read(slot_at(deque, b));
    ws_exchange_seq_cst(&deque->bottom, b);          /* P1 */
    const size_t top = ws_load_seq_cst(&deque->top); /* P2 */
    if ((ptrdiff_t)(b - top) > 0)
        return true;
    WS_ASSERT(b == top || b + 1 == top);
    const bool mine = b == top && ws_cas_seq_cst(&deque->top, top, top + 1);
    ws_store_release(&deque->bottom, b + 1);
    return mine;
}

size_t ws_deque_count(const ws_deque *deque)
{
    const ptrdiff_t count = (ptrdiff_t)(deque->bottom - ws_load_relaxed(&deque->top));
    return count > 0 ? (size_t)count : 0;
}

ws_item ws_deque_at(const ws_deque *deque, size_t i)
{
    return ws_item_read(slot_at(deque, deque->bottom - 1 - i));
}

bool ws_deque_steal(ws_deque *deque, ws_item *item, ws_may_take *may, const void *ctx)
{
    const size_t top = ws_load_seq_cst(&deque->top);       /* S1 */
    const size_t bottom = ws_load_seq_cst(&deque->bottom); /* S2 */
    if ((ptrdiff_t)(bottom - top) <= 0)
        return false;
    *item = ws_item_read(slot_at(deque, top));
    if (may != NULL && !may(item, ctx))
        return false;
    return ws_cas_seq_cst(&deque->top, top, top + 1); /* S3 */
}

bool ws_deque_may_hold(const ws_deque *deque, ws_may_take *may, const void *ctx)
{
    const size_t bottom = ws_load_seq_cst(&deque->bottom);
    for (size_t i = ws_load_seq_cst(&deque->top); (ptrdiff_t)(bottom - i) > 0; i++) {
        const ws_item item = ws_item_read(slot_at(deque, i));
        if (may(&item, ctx))
            return true;
    }
    return false;
}
