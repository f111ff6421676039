/* SPDX-License-Identifier: MIT */
/* channel_spsc.c - bounded channels with one thread at each end: Lamport's ring with the other
 * side's count kept, and no locked instruction. Its users keep the promise that makes them the
 * holders of the two turns (C1).
 *
 * Q1  A move is {store of the count; load of the other side's `count` of waiters}, which a
 *     processor may turn around. The waiter pays instead: between its {entry into the list} and
 *     its {look at the count} it puts a barrier into all threads. Where the system has none, the
 *     store is an exchange, and the waiter adds 0 to that word before its look: of the two that
 *     change one word, whoever comes second sees what the first has done before.
 * Q2  The mark of being closed is a word of its own, since others than the sender write it. So an
 *     element may be put in after a receiver has closed the channel. The receiver gets it, or
 *     whoever frees the channel drops it. */
#include "base/barrier.h"
#include "stream/channel_ring.h"

#include <par/detail/worker.h>

#include <errno.h>

static inline void publish(const ws_channel *channel, size_t *word, size_t value)
{
    if (PAR_LIKELY(channel->needs_barrier)) {
        ws_store_release(word, value);
        PAR_DETAIL_COMPILER_BARRIER(); /* Q1 */
    } else {
        ws_exchange_seq_cst(word, value);
    }
}

/* Q1 */
static inline void call(ws_waiters *list)
{
    if (PAR_UNLIKELY(ws_load_seq_cst(&list->count) != 0))
        ws_waiters_call_some(list, 1);
}

static bool is_closed(const ws_channel *channel)
{
    return ws_load_acquire(&channel->closed) != 0;
}

static int send(ws_channel *channel, const char *elements, size_t n, size_t *moved)
{
    if (PAR_UNLIKELY(is_closed(channel)))
        return EPIPE;
    const size_t word = ws_load_relaxed(&channel->tail.word);
    const size_t room = ws_ring_room(channel, word, n);
    if (PAR_UNLIKELY(room == 0))
        return EAGAIN;
    ws_ring_put(channel, elements, room);
    publish(channel, &channel->tail.word, word + room * WS_SIDE_ONE);
    *moved = room;
    call(&channel->receivers_waiting);
    return 0;
}

static int receive(ws_channel *channel, char *into, size_t n, size_t *moved)
{
    const size_t word = ws_load_relaxed(&channel->head.word);
    size_t stock = ws_side_stock(channel, word, n);
    if (PAR_UNLIKELY(stock == 0)) {
        if (!is_closed(channel))
            return EAGAIN;
        stock = ws_side_stock(channel, word, n); /* what came before the mark */
        if (stock == 0)
            return EPIPE;
    }
    ws_ring_take(channel, into, stock);
    publish(channel, &channel->head.word, word + stock * WS_SIDE_ONE);
    *moved = stock;
    call(&channel->senders_waiting);
    return 0;
}

static bool can_send(const ws_channel *channel)
{
    return is_closed(channel) || ws_side_length(channel) < channel->capacity;
}

static bool can_receive(const ws_channel *channel)
{
    return is_closed(channel) || ws_side_length(channel) != 0;
}

static bool watch(ws_channel *channel, ws_waiter *waiter, bool sends)
{
    ws_waiters *list = ws_channel_waiting(channel, sends);
    ws_waiters_add(list, waiter);
    if (channel->needs_barrier)
        ws_barrier_all(); /* Q1 */
    else
        ws_add_seq_cst(sends ? &channel->head.word : &channel->tail.word, 0); /* Q1 */
    return sends ? can_send(channel) : can_receive(channel);
}

static void close(ws_channel *channel)
{
    if (ws_exchange_seq_cst(&channel->closed, 1) != 0)
        return;
    ws_waiters_call_some(&channel->senders_waiting, SIZE_MAX);
    ws_waiters_call_some(&channel->receivers_waiting, SIZE_MAX);
}

const ws_channel_engine ws_channel_spsc = {
    .send = send,
    .receive = receive,
    .can_send = can_send,
    .can_receive = can_receive,
    .watch = watch,
    .unwatch = ws_channel_unwatch,
    .length = ws_side_length,
    .close = close,
    .discard = ws_ring_discard,
    .free = ws_ring_free,
};
