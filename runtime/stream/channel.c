/* SPDX-License-Identifier: MIT */
/* channel.c - making, sharing, closing and ending channels, and what engines with two turns share.
 * A sender and a receiver are both the address of their channel; the counts tell how many there are
 * of each. */
#include "base/barrier.h"
#include "base/memory.h"
#include "base/option.h"
#include "stream/channel_engine.h"

#include <errno.h>
#include <stdlib.h>

/* ---- what engines share ---------------------------------------------------------------------- */

/* C4: the turn that is passed is that of the side that is waited for. A sender passes both, since
 * the mark is in the tail. */
bool ws_channel_watch(ws_channel *channel, ws_waiter *waiter, bool sends)
{
    ws_waiters_add(ws_channel_waiting(channel, sends), waiter);
    if (sends)
        ws_turn_pass(&channel->head.word);
    ws_turn_pass(&channel->tail.word);
    return sends ? channel->engine->can_send(channel) : channel->engine->can_receive(channel);
}

void ws_channel_unwatch(ws_channel *channel, ws_waiter *waiter, bool sends)
{
    ws_waiters_take_out(ws_channel_waiting(channel, sends), waiter);
}

bool ws_channel_can_receive(const ws_channel *channel)
{
    return ws_side_has_element(channel) ||
           (ws_load_relaxed(&channel->tail.word) & WS_SIDE_CLOSED) != 0;
}

int ws_channel_leave_empty(ws_channel *channel, size_t word)
{
    const bool is_closed = (channel->head.seen & WS_SIDE_CLOSED) != 0; /* C3 */
    ws_turn_leave(&channel->head.word, word);
    return is_closed ? EPIPE : EAGAIN;
}

/* Whoever enters a list after it was emptied here sees the mark: the turn of the list orders them.
 */
void ws_channel_close(ws_channel *channel)
{
    const size_t word = ws_turn_enter(&channel->tail.word);
    ws_turn_leave(&channel->tail.word, word | WS_SIDE_CLOSED);
    if ((word & WS_SIDE_CLOSED) != 0)
        return;
    ws_waiters_call_some(&channel->senders_waiting, SIZE_MAX);
    ws_waiters_call_some(&channel->receivers_waiting, SIZE_MAX);
}

void ws_channel_drop_element(const ws_channel *channel, void *place)
{
    if (channel->drop != NULL)
        channel->drop(place, channel->drop_ctx);
}

/* ---- making ---------------------------------------------------------------------------------- */

static size_t alignment_of(const par_channel_options *options)
{
    enum { USUAL = 16 };
    if (options->element_align != 0)
        return options->element_align;
    const size_t divisor = options->element_size & (~options->element_size + 1);
    return divisor == 0 ? 1 : divisor < USUAL ? divisor : USUAL;
}

static bool is_valid(const par_channel_options *options)
{
    const size_t align = options->element_align;
    return options->size == sizeof *options && (align & (align - 1)) == 0 &&
           (options->flags & ~PAR_CHANNEL_SPSC) == 0;
}

static const ws_channel_engine *engine_for(const par_channel_options *options)
{
    if (options->capacity == 0)
        return &ws_channel_zero;
    if (options->capacity == PAR_UNBOUNDED)
        return &ws_channel_list;
    return (options->flags & PAR_CHANNEL_SPSC) != 0 ? &ws_channel_spsc : &ws_channel_array;
}

ws_channel *ws_channel_new(const ws_channel_engine *engine, const par_channel_options *options)
{
    ws_channel *channel = ws_memory_new(sizeof *channel);
    if (channel == NULL)
        return NULL;
    channel->engine = engine;
    channel->size = options->element_size;
    channel->align = alignment_of(options);
    channel->stride = (channel->size + channel->align - 1) & ~(channel->align - 1);
    channel->capacity = options->capacity;
    channel->drop = options->drop;
    channel->drop_ctx = options->drop_ctx;
    channel->name = options->name;
    channel->senders = 1;
    channel->receivers = 1;
    channel->sides = 2;
    return channel;
}

static void *new_ring(const ws_channel *channel)
{
    const size_t align = channel->align > WS_CACHELINE ? channel->align : WS_CACHELINE;
    const size_t most = (size_t)PTRDIFF_MAX - align;
    if (channel->stride != 0 && channel->capacity > most / channel->stride)
        return NULL;
    const size_t bytes = channel->capacity * channel->stride;
    return aligned_alloc(align, (bytes + align) & ~(align - 1));
}

/* More than these, and the counts of a side could meet. */
static bool has_room(ws_channel *channel)
{
    if (channel->engine != &ws_channel_array && channel->engine != &ws_channel_spsc)
        return true;
    if (channel->capacity > SIZE_MAX >> (WS_SIDE_SHIFT + 1))
        return false;
    /* Elements without bytes need no memory, but an address. */
    channel->ring = channel->stride == 0 ? (char *)channel : new_ring(channel);
    return channel->ring != NULL;
}

int par_channel_create(par_sender **sender, par_receiver **receiver,
                       const par_channel_options *options)
{
    if (sender == NULL || receiver == NULL || options == NULL || !is_valid(options))
        return EINVAL;
    if (options->element_size > (size_t)PTRDIFF_MAX - alignment_of(options))
        return ENOMEM;
    ws_channel *channel = ws_channel_new(engine_for(options), options);
    if (channel == NULL)
        return ENOMEM;
    if (!has_room(channel)) {
        ws_memory_delete(channel);
        return ENOMEM;
    }
    channel->needs_barrier = channel->engine == &ws_channel_spsc &&
                             ws_option_get(WS_OPTION_FENCE) == 0 && ws_barrier_available();
    *sender = (par_sender *)channel;
    *receiver = (par_receiver *)channel;
    return 0;
}

/* ---- sharing and ending ---------------------------------------------------------------------- */

/* C5, C6: nobody else has an end. */
static void leave_side(ws_channel *channel)
{
    if (ws_add_seq_cst(&channel->sides, (size_t)-1) != 1)
        return;
    channel->engine->discard(channel);
    channel->engine->free(channel);
    ws_memory_delete(channel);
}

par_sender *par_sender_clone(par_sender *sender)
{
    if (sender != NULL)
        ws_add_relaxed(&((ws_channel *)sender)->senders, 1);
    return sender;
}

par_receiver *par_receiver_clone(par_receiver *receiver)
{
    if (receiver != NULL)
        ws_add_relaxed(&((ws_channel *)receiver)->receivers, 1);
    return receiver;
}

void par_sender_drop(par_sender *sender)
{
    ws_channel *channel = (ws_channel *)sender;
    if (channel == NULL || ws_add_seq_cst(&channel->senders, (size_t)-1) != 1)
        return;
    channel->engine->close(channel);
    leave_side(channel);
}

void par_receiver_drop(par_receiver *receiver)
{
    ws_channel *channel = (ws_channel *)receiver;
    if (channel == NULL || ws_add_seq_cst(&channel->receivers, (size_t)-1) != 1)
        return;
    channel->engine->close(channel);
    channel->engine->discard(channel);
    leave_side(channel);
}

static void close_channel(ws_channel *channel)
{
    if (channel != NULL)
        channel->engine->close(channel);
}

void par_sender_close(par_sender *sender)
{
    close_channel((ws_channel *)sender);
}

void par_receiver_close(par_receiver *receiver)
{
    close_channel((ws_channel *)receiver);
}

/* ---- looking --------------------------------------------------------------------------------- */

static size_t capacity_of(const ws_channel *channel)
{
    return channel == NULL ? 0 : channel->capacity;
}

/* What moves while the two sides are read may make it look fuller than it can be. */
static size_t length_of(const ws_channel *channel)
{
    const size_t length = channel == NULL ? 0 : channel->engine->length(channel);
    return length < capacity_of(channel) ? length : capacity_of(channel);
}

size_t par_sender_length(const par_sender *sender)
{
    return length_of((const ws_channel *)sender);
}

size_t par_receiver_length(const par_receiver *receiver)
{
    return length_of((const ws_channel *)receiver);
}

size_t par_sender_capacity(const par_sender *sender)
{
    return capacity_of((const ws_channel *)sender);
}

size_t par_receiver_capacity(const par_receiver *receiver)
{
    return capacity_of((const ws_channel *)receiver);
}

static bool is_closed(const ws_channel *channel)
{
    return channel == NULL || ws_load_acquire(&channel->closed) != 0 ||
           (ws_load_acquire(&channel->tail.word) & WS_SIDE_CLOSED) != 0;
}

bool par_sender_is_closed(const par_sender *sender)
{
    return is_closed((const ws_channel *)sender);
}

bool par_receiver_is_closed(const par_receiver *receiver)
{
    return is_closed((const ws_channel *)receiver);
}

size_t par_sender_receivers(const par_sender *sender)
{
    return sender == NULL ? 0 : ws_load_relaxed(&((const ws_channel *)sender)->receivers);
}

size_t par_receiver_senders(const par_receiver *receiver)
{
    return receiver == NULL ? 0 : ws_load_relaxed(&((const ws_channel *)receiver)->senders);
}
