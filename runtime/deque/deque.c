/* SPDX-License-Identifier: MIT */
#include "deque/deque.h"

#include "base/assert.h"
#include "deque/ring.h"

#include <errno.h>

int ws_deque_init(ws_deque *deque, size_t capacity)
{
    par_detail_slot *slots;
    const size_t reserved = ws_ring_reserve(&slots, capacity);
    if (reserved == 0)
        return ENOMEM;
    deque->owner.slots = slots;
    deque->owner.mask = reserved - 1;
    deque->owner.bottom = 0;
    deque->owner.limit = 0;
    deque->owner.private_from = SIZE_MAX;
    deque->top = 0;
    deque->capacity = reserved;
    return 0;
}

void ws_deque_fini(ws_deque *deque)
{
    ws_ring_release(deque->owner.slots, deque->capacity);
}

static par_detail_slot *slot_at(const ws_deque *deque, size_t index)
{
    return &deque->owner.slots[index & deque->owner.mask];
}

static ws_item read_slot(const par_detail_slot *slot)
{
    /* Relaxed: bottom's release and acquire order the contents; a value that a later push is just
     * overwriting is thrown away, because top has moved. */
    return (ws_item){ws_load_relaxed(&slot->fn), ws_load_relaxed(&slot->frame)};
}

bool ws_deque_push(ws_deque *deque, ws_item item)
{
    const size_t b = deque->owner.bottom;
    if (!ws_deque_has_room(deque, b))
        return false;
    par_detail_slot *slot = slot_at(deque, b);
    ws_store_relaxed(&slot->fn, item.first);
    ws_store_relaxed(&slot->frame, item.second);
    /* Pairs with S2: who sees this bottom sees the slot and what the item points to. Sequentially
     * consistent, so that a publisher may look for sleepers next. */
    ws_exchange_seq_cst(&deque->owner.bottom, b + 1);
    return true;
}

bool ws_deque_pop(ws_deque *deque, ws_item *item)
{
    const size_t b = deque->owner.bottom - 1;
    if ((ptrdiff_t)(b - ws_load_relaxed(&deque->top)) < 0)
        return false;
    *item = read_slot(slot_at(deque, b));
    return ws_deque_settle(deque, b);
}

bool ws_deque_settle(ws_deque *deque, size_t b)
{
    ws_exchange_seq_cst(&deque->owner.bottom, b);    /* P1 */
    const size_t top = ws_load_seq_cst(&deque->top); /* P2 */
    if ((ptrdiff_t)(b - top) > 0)
        return true;
    const bool mine = b == top && ws_cas_seq_cst(&deque->top, top, top + 1);
    WS_ASSERT(b == top || b + 1 == top);
    ws_store_release(&deque->owner.bottom, b + 1);
    return mine;
}

bool ws_deque_has_room(const ws_deque *deque, size_t b)
{
    return b - ws_load_acquire(&deque->top) < deque->capacity - 1;
}

void ws_deque_set_limit(ws_deque *deque)
{
    /* Sequentially consistent: the owner looks for sleepers once more after this. */
    ws_exchange_seq_cst(&deque->owner.limit, ws_load_relaxed(&deque->top) + deque->capacity - 1);
}

size_t ws_deque_count(const ws_deque *deque)
{
    const ptrdiff_t count = (ptrdiff_t)(deque->owner.bottom - ws_load_relaxed(&deque->top));
    return count < 0 ? 0 : (size_t)count;
}

ws_item ws_deque_at(const ws_deque *deque, size_t i)
{
    return read_slot(slot_at(deque, deque->owner.bottom - 1 - i));
}

bool ws_deque_steal(ws_deque *deque, ws_item *item, size_t lowest, ws_deque_may_take *may,
                    const void *ctx)
{
    const size_t top = ws_load_seq_cst(&deque->top);             /* S1 */
    const size_t bottom = ws_load_seq_cst(&deque->owner.bottom); /* S2 */
    if ((ptrdiff_t)(bottom - top) <= 0 || (ptrdiff_t)(top - lowest) < 0)
        return false;
    *item = read_slot(slot_at(deque, top));
    if (may != NULL && !may(item, ctx))
        return false;
    return ws_cas_seq_cst(&deque->top, top, top + 1); /* S3 */
}
