/* SPDX-License-Identifier: MIT */
/* channel_list.c - unbounded channels: the two turns of channel_array.c over a list of blocks, as
 * in the two-lock queue of Michael and Scott (PODC 1996).
 *
 * B1  The tail's holder links a block before it leaves the turn that puts an element into it. So
 *     the head's holder, who has read that count, finds the link.
 * B2  A block is the head's from when the tail has gone on to the next. It is freed, or left in
 *     `spare` for the tail, when the head goes on to the next, too.
 * B3  Blocks grow, so that a channel for a few elements is small: the bytes of a block beside its
 *     elements are at most one for each element. */
#include "base/assert.h"
#include "stream/channel_ring.h"

#include <errno.h>
#include <stdlib.h>

enum { FEWEST = 32, USUAL_BYTES = 8192, MOST_BYTES = 1 << 20 };

typedef struct ws_block {
    struct ws_block *next;
    size_t capacity;
} ws_block;

/* The elements follow, aligned as they must be. */
static size_t header_of(const ws_channel *channel)
{
    return (sizeof(ws_block) + channel->align - 1) & ~(channel->align - 1);
}

static char *place_in(const ws_channel *channel, ws_block *block, size_t slot)
{
    return (char *)block + header_of(channel) + slot * channel->stride;
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static size_t greatest_capacity(const ws_channel *channel)
{
    const size_t usual = (USUAL_BYTES - sizeof(ws_block)) / channel->stride;
    const size_t most = MOST_BYTES / channel->stride;
    if (most <= FEWEST)
        return most > 0 ? most : 1;
    return usual > FEWEST ? usual : FEWEST;
}

static size_t next_capacity(const ws_channel *channel, const ws_block *last)
{
    if (channel->stride == 0)
        return PAR_UNBOUNDED; /* there is nothing to be stored */
    const size_t greatest = greatest_capacity(channel);
    const size_t wanted = last == NULL ? FEWEST : last->capacity * 2;
    return wanted < greatest ? wanted : greatest;
}

static ws_block *new_block(const ws_channel *channel, size_t capacity)
{
    const size_t bytes =
        header_of(channel) + (channel->stride == 0 ? 0 : capacity * channel->stride);
    ws_block *block =
        channel->align <= _Alignof(max_align_t)
            ? malloc(bytes)
            : aligned_alloc(channel->align, (bytes + channel->align - 1) & ~(channel->align - 1));
    if (block != NULL) {
        block->next = NULL;
        block->capacity = capacity;
    }
    return block;
}

static ws_block *take_spare(ws_channel *channel)
{
    if (ws_load_relaxed(&channel->spare) == 0)
        return NULL;
    return (ws_block *)ws_exchange_acq_rel(&channel->spare, 0);
}

/* A new last block (B1). */
static bool grow(ws_channel *channel)
{
    ws_block *last = channel->tail.block;
    ws_block *block = take_spare(channel);
    if (block == NULL)
        block = new_block(channel, next_capacity(channel, last));
    if (block == NULL)
        return false;
    block->next = NULL;
    if (last == NULL)
        channel->first = block;
    else
        last->next = block;
    channel->tail.block = block;
    channel->tail.slot = 0;
    return true;
}

/* B2. Of two blocks the one that was emptied last is kept. */
static void put_away(ws_channel *channel, ws_block *block)
{
    free((ws_block *)ws_exchange_acq_rel(&channel->spare, (size_t)block));
}

/* The block with the head's next element, which is there (B1). */
static ws_block *head_block(ws_channel *channel)
{
    ws_block *block = channel->head.block;
    if (PAR_LIKELY(block != NULL && channel->head.slot < block->capacity))
        return block;
    ws_block *next = block == NULL ? channel->first : block->next;
    WS_ASSERT(next != NULL);
    if (block != NULL)
        put_away(channel, block);
    channel->head.block = next;
    channel->head.slot = 0;
    return next;
}

/* ---- moving ---------------------------------------------------------------------------------- */

static inline size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Returns how many there was memory for. */
static size_t put(ws_channel *channel, const char *elements, size_t n)
{
    ws_side *tail = &channel->tail;
    size_t done = 0;
    while (done < n) {
        if (PAR_UNLIKELY(tail->block == NULL || tail->slot == tail->block->capacity) &&
            !grow(channel))
            return done;
        const size_t some = least(n - done, tail->block->capacity - tail->slot);
        ws_channel_copy_in(channel, place_in(channel, tail->block, tail->slot),
                           elements + done * channel->size, some);
        tail->slot += some;
        done += some;
    }
    return done;
}

static void take(ws_channel *channel, char *into, size_t n)
{
    size_t done = 0;
    while (done < n) {
        ws_block *block = head_block(channel);
        const size_t some = least(n - done, block->capacity - channel->head.slot);
        ws_channel_copy_out(channel, into + done * channel->size,
                            place_in(channel, block, channel->head.slot), some);
        channel->head.slot += some;
        done += some;
    }
}

static int send(ws_channel *channel, const char *elements, size_t n, size_t *moved)
{
    const size_t word = ws_turn_enter(&channel->tail.word);
    if (PAR_UNLIKELY((word & WS_SIDE_CLOSED) != 0)) {
        ws_turn_leave(&channel->tail.word, word);
        return EPIPE;
    }
    const size_t done = put(channel, elements, n);
    ws_turn_leave(&channel->tail.word, word + done * WS_SIDE_ONE);
    if (PAR_UNLIKELY(done == 0))
        return ENOMEM;
    *moved = done;
    ws_waiters_call(&channel->receivers_waiting, done); /* C4 */
    return 0;
}

static int receive(ws_channel *channel, char *into, size_t n, size_t *moved)
{
    const size_t word = ws_turn_enter(&channel->head.word);
    const size_t stock = ws_side_stock(channel, word, n);
    if (PAR_UNLIKELY(stock == 0))
        return ws_channel_leave_empty(channel, word);
    take(channel, into, stock);
    ws_turn_leave(&channel->head.word, word + stock * WS_SIDE_ONE);
    *moved = stock;
    return 0;
}

static bool can_send(const ws_channel *channel)
{
    (void)channel;
    return true;
}

/* ---- ending ---------------------------------------------------------------------------------- */

/* C6: the caller is the only one that moves the head, and nobody sends any more. */
static void discard(ws_channel *channel)
{
    const size_t tail = ws_load_acquire(&channel->tail.word);
    size_t head = ws_load_relaxed(&channel->head.word);
    for (; ws_side_between(head, tail) != 0; head += WS_SIDE_ONE) {
        ws_block *block = head_block(channel);
        char *place = place_in(channel, block, channel->head.slot++);
        ws_store_release(&channel->head.word, head + WS_SIDE_ONE);
        ws_channel_drop_element(channel, place);
    }
}

static void free_blocks(ws_channel *channel)
{
    ws_block *block = channel->head.block != NULL ? channel->head.block : channel->first;
    while (block != NULL) {
        ws_block *next = block->next;
        free(block);
        block = next;
    }
    free((ws_block *)ws_load_acquire(&channel->spare));
}

const ws_channel_engine ws_channel_list = {
    .send = send,
    .receive = receive,
    .can_send = can_send,
    .can_receive = ws_channel_can_receive,
    .watch = ws_channel_watch,
    .unwatch = ws_channel_unwatch,
    .length = ws_side_length,
    .close = ws_channel_close,
    .discard = discard,
    .free = free_blocks,
};
