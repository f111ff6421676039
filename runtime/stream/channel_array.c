/* SPDX-License-Identifier: MIT */
/* channel_array.c - bounded channels: Lamport's ring, whose two sides are held in turn, as in the
 * two-lock queue of Michael and Scott (PODC 1996). Each side keeps the other's count as it last
 * read it, so that the two share a line only when that is used up. */
#include "stream/channel_ring.h"

#include <errno.h>
#include <stdlib.h>

static int send(ws_channel *channel, const char *elements, size_t n, size_t *moved)
{
    const size_t word = ws_turn_enter(&channel->tail.word);
    if (PAR_UNLIKELY((word & WS_SIDE_CLOSED) != 0)) {
        ws_turn_leave(&channel->tail.word, word);
        return EPIPE;
    }
    const size_t room = ws_ring_room(channel, word, n);
    if (PAR_UNLIKELY(room == 0)) {
        ws_turn_leave(&channel->tail.word, word);
        return EAGAIN;
    }
    ws_ring_put(channel, elements, room);
    ws_turn_leave(&channel->tail.word, word + room * WS_SIDE_ONE);
    *moved = room;
    ws_waiters_call(&channel->receivers_waiting, room); /* C4 */
    return 0;
}

static int receive(ws_channel *channel, char *into, size_t n, size_t *moved)
{
    const size_t word = ws_turn_enter(&channel->head.word);
    const size_t stock = ws_side_stock(channel, word, n);
    if (PAR_UNLIKELY(stock == 0))
        return ws_channel_leave_empty(channel, word);
    ws_ring_take(channel, into, stock);
    ws_turn_leave(&channel->head.word, word + stock * WS_SIDE_ONE);
    *moved = stock;
    ws_waiters_call(&channel->senders_waiting, stock); /* C4 */
    return 0;
}

static bool can_send(const ws_channel *channel)
{
    return (ws_load_relaxed(&channel->tail.word) & WS_SIDE_CLOSED) != 0 ||
           ws_side_has_room(channel);
}

void ws_ring_discard(ws_channel *channel)
{
    const size_t tail = ws_load_acquire(&channel->tail.word);
    size_t head = ws_load_relaxed(&channel->head.word);
    for (; ws_side_between(head, tail) != 0; head += WS_SIDE_ONE) {
        /* The place is free when the count says so, and not before: channel_spsc.c may still send.
         */
        ws_channel_drop_element(channel, channel->ring + channel->head.slot * channel->stride);
        ws_ring_step(channel, &channel->head, 1);
        ws_store_release(&channel->head.word, head + WS_SIDE_ONE);
    }
}

void ws_ring_free(ws_channel *channel)
{
    if (channel->stride != 0)
        free(channel->ring);
}

const ws_channel_engine ws_channel_array = {
    .send = send,
    .receive = receive,
    .can_send = can_send,
    .can_receive = ws_channel_can_receive,
    .watch = ws_channel_watch,
    .unwatch = ws_channel_unwatch,
    .length = ws_side_length,
    .close = ws_channel_close,
    .discard = ws_ring_discard,
    .free = ws_ring_free,
};
