/* SPDX-License-Identifier: MIT */
/* channel_ring.h - the elements of a bounded channel, in an array of exactly its capacity. Used by
 * whoever may move the side in question. */
#ifndef WS_STREAM_CHANNEL_RING_H
#define WS_STREAM_CHANNEL_RING_H

#include "stream/channel_engine.h"

static inline size_t ws_ring_step(const ws_channel *channel, ws_side *side, size_t n)
{
    const size_t slot = side->slot;
    const size_t to_end = channel->capacity - slot;
    side->slot = n < to_end ? slot + n : n - to_end;
    return n < to_end ? n : to_end;
}

/* `n` is at most what is free. */
static inline void ws_ring_put(ws_channel *channel, const char *elements, size_t n)
{
    char *place = channel->ring + channel->tail.slot * channel->stride;
    const size_t before_end = ws_ring_step(channel, &channel->tail, n);
    ws_channel_copy_in(channel, place, elements, before_end);
    if (PAR_UNLIKELY(before_end < n))
        ws_channel_copy_in(channel, channel->ring, elements + before_end * channel->size,
                           n - before_end);
}

/* `n` is at most what is there. */
static inline void ws_ring_take(ws_channel *channel, char *into, size_t n)
{
    const char *place = channel->ring + channel->head.slot * channel->stride;
    const size_t before_end = ws_ring_step(channel, &channel->head, n);
    ws_channel_copy_out(channel, into, place, before_end);
    if (PAR_UNLIKELY(before_end < n))
        ws_channel_copy_out(channel, into + before_end * channel->size, channel->ring,
                            n - before_end);
}

/* How many of `n` elements fit behind a tail with this word; looks at the head if need be. */
static inline size_t ws_ring_room(ws_channel *channel, size_t tail, size_t n)
{
    size_t room = channel->capacity - ws_side_between(channel->tail.seen, tail);
    if (PAR_UNLIKELY(room < n)) {
        channel->tail.seen = ws_load_acquire(&channel->head.word); /* C2 */
        room = channel->capacity - ws_side_between(channel->tail.seen, tail);
    }
    return room < n ? room : n;
}

/* How many of `n` elements are there for a head with this word; looks at the tail if need be. */
static inline size_t ws_side_stock(ws_channel *channel, size_t head, size_t n)
{
    size_t stock = ws_side_between(head, channel->head.seen);
    if (PAR_UNLIKELY(stock < n)) {
        channel->head.seen = ws_load_acquire(&channel->tail.word); /* C2 */
        stock = ws_side_between(head, channel->head.seen);
    }
    return stock < n ? stock : n;
}

/* C6: the caller is the only one that moves the head, and nobody sends any more. */
void ws_ring_discard(ws_channel *channel);
void ws_ring_free(ws_channel *channel);

#endif
