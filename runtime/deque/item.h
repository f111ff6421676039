/* SPDX-License-Identifier: MIT */
/* item.h - what stands in a slot: two words, read and written one by one and atomically, because a
 * thief may read a slot that its owner is just writing. A thief that did so loses the race for it.
 */
#ifndef WS_DEQUE_ITEM_H
#define WS_DEQUE_ITEM_H

#include "base/atomic.h"

#include <par/detail/worker.h>

typedef struct ws_item {
    size_t first;
    size_t second;
} ws_item;

/* Whether a thief may have the item it has read; asked between reading and taking it. */
typedef bool ws_may_take(const ws_item *item, const void *ctx);

/* Relaxed: the contents are ordered by bottom's release and acquire. */
static inline ws_item ws_item_read(const par_detail_slot *slot)
{
    return (ws_item){ws_load_relaxed(&slot->fn), ws_load_relaxed(&slot->frame)};
}

static inline void ws_item_write(par_detail_slot *slot, ws_item item)
{
    ws_store_relaxed(&slot->fn, item.first);
    ws_store_relaxed(&slot->frame, item.second);
}

#endif
