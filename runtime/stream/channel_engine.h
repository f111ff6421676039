/* SPDX-License-Identifier: MIT */
/* channel_engine.h - what all channels have, and what an engine does for its kind. channel.c makes
 * and ends channels, channel_move.c and select.c wait; the engines, one file each, move elements
 * and never wait: channel_array.c (bounded), channel_list.c (unbounded), channel_spsc.c (bounded,
 * with one thread at each end), channel_zero.c (capacity 0) and channel_timer.c.
 *
 * The protocol is docs/design/channels.md; these are its labels.
 *
 * C1  The two sides of a channel are two turns (turn.h): `tail.word` is held by whoever sends,
 *     `head.word` by whoever receives. Each counts elements in steps of WS_SIDE_ONE; what is
 *     between the two counts is in the channel. A side's other fields are its holder's.
 * C2  Leaving the turn publishes: elements before `tail.word` are written, those before `head.word`
 *     have been copied out, so their places are free.
 * C3  WS_SIDE_CLOSED is in `tail.word`, put there by whoever holds the turn of the tail. Nothing is
 *     sent after it. Who reads the mark and the count reads them in one word, so "closed and empty"
 *     is final.
 * C4  Who waits to receive stands in `receivers_waiting`, then passes the turn of the tail and
 *     looks whether there is an element. Who sends looks into `receivers_waiting` after its turn.
 *     By T2 one of them sees the other. Likewise senders, with the head.
 * C5  Each thread in a call holds an end, so the channel outlives the call, wakings included. The
 *     last end of each kind takes one from `sides`; who takes the last one frees the channel.
 * C6  An element is received, or dropped by the last receiver as it goes, or dropped by who frees
 *     the channel: each is the only one that moves `head` then. */
#ifndef WS_STREAM_CHANNEL_ENGINE_H
#define WS_STREAM_CHANNEL_ENGINE_H

#include "base/cacheline.h"
#include "pool/block.h"
#include "stream/turn.h"
#include "stream/waiters.h"

#include <par/channel.h>

#include <string.h>

/* The parts of a side's word (C1); the lowest bit is WS_TURN_TAKEN. */
enum { WS_SIDE_CLOSED = 2, WS_SIDE_MARKS = 3, WS_SIDE_SHIFT = 2, WS_SIDE_ONE = 4 };

struct ws_block;

typedef struct ws_side {
    WS_OWN_LINE size_t word;
    size_t seen;            /* the count of the other side, as last read */
    size_t slot;            /* where the next element goes or stands, in the ring or the block */
    struct ws_block *block; /* channel_list.c */
} ws_side;

typedef struct ws_channel ws_channel;

/* Moves up to `n` elements, at least one unless it returns other than 0: EAGAIN, EPIPE, ENOMEM.
 * Elements of the user's stand one after the other. */
typedef int ws_channel_send_fn(ws_channel *channel, const char *elements, size_t n, size_t *moved);
typedef int ws_channel_receive_fn(ws_channel *channel, char *into, size_t n, size_t *moved);

typedef struct ws_channel_engine {
    ws_channel_send_fn *send;
    ws_channel_receive_fn *receive;

    /* Whether it is worth trying, at a glance. */
    bool (*can_send)(const ws_channel *channel);
    bool (*can_receive)(const ws_channel *channel);

    /* Puts a waiter into the list of those who wait to send (or to receive), and then says whether
     * it must try again instead of sleeping. unwatch takes it out if it is still in. */
    bool (*watch)(ws_channel *channel, ws_waiter *waiter, bool sends);
    void (*unwatch)(ws_channel *channel, ws_waiter *waiter, bool sends);

    size_t (*length)(const ws_channel *channel);
    void (*close)(ws_channel *channel);
    void (*discard)(ws_channel *channel); /* drops what is in it: C6 */
    void (*free)(ws_channel *channel);    /* what the engine has allocated */
} ws_channel_engine;

struct ws_channel {
    const ws_channel_engine *engine;
    size_t size;     /* of an element */
    size_t stride;   /* from one to the next, in the channel */
    size_t align;    /* of its place */
    size_t capacity; /* elements, or PAR_UNBOUNDED */
    char *ring;      /* of bounded ones */
    void (*drop)(void *element, void *ctx);
    void *drop_ctx;
    const char *name;
    bool needs_barrier; /* channel_spsc.c: its users' stores need one put in */
    uint64_t due;       /* channel_timer.c, which says when they may be touched */
    uint64_t period;

    WS_OWN_LINE size_t senders; /* ends */
    size_t receivers;
    size_t sides;              /* C5 */
    WS_OWN_LINE size_t closed; /* channel_spsc.c and channel_timer.c */
    struct ws_block *first;    /* channel_list.c: where the first element is */
    size_t spare;              /* channel_list.c: a struct ws_block *, or NULL */

    ws_waiters senders_waiting;
    ws_waiters receivers_waiting;
    ws_side tail;
    ws_side head;
};

extern const ws_channel_engine ws_channel_array;
extern const ws_channel_engine ws_channel_list;
extern const ws_channel_engine ws_channel_spsc;
extern const ws_channel_engine ws_channel_zero;
extern const ws_channel_engine ws_channel_timer;

/* ---- what engines share ---- */

static inline ws_waiters *ws_channel_waiting(ws_channel *channel, bool sends)
{
    return sends ? &channel->senders_waiting : &channel->receivers_waiting;
}

/* How many elements lie from one word to the other. */
static inline size_t ws_side_between(size_t head, size_t tail)
{
    return ((tail & ~(size_t)WS_SIDE_MARKS) - (head & ~(size_t)WS_SIDE_MARKS)) >> WS_SIDE_SHIFT;
}

static inline size_t ws_side_length(const ws_channel *channel)
{
    const size_t head = ws_load_acquire(&channel->head.word);
    return ws_side_between(head, ws_load_acquire(&channel->tail.word));
}

/* Whether there is an element, or room for one. Others may move both sides between the two reads,
 * so the side that the caller waits for is read last: "no" is then true at that moment, as C4 needs
 * it, and "yes" means that it is worth trying. */
static inline bool ws_side_has_element(const ws_channel *channel)
{
    const size_t head = ws_load_acquire(&channel->head.word);
    return ws_side_between(head, ws_load_acquire(&channel->tail.word)) != 0;
}

static inline bool ws_side_has_room(const ws_channel *channel)
{
    const size_t tail = ws_load_acquire(&channel->tail.word);
    const size_t head = ws_load_acquire(&channel->head.word);
    /* Either the head is past that tail by now, or there are so many between them. */
    const size_t length = ws_side_between(head, tail);
    return length < channel->capacity || length > SIZE_MAX >> (WS_SIDE_SHIFT + 1);
}

static inline void ws_copy_one(void *restrict to, const void *restrict from, size_t size)
{
    if (size == 8)
        memcpy(to, from, 8);
    else if (size == 64)
        memcpy(to, from, 64);
    else
        memcpy(to, from, size);
}

/* Copies in or out of the places of a channel, which lie `stride` apart. */
static inline void ws_channel_copy_in(const ws_channel *channel, char *place, const char *from,
                                      size_t n)
{
    if (PAR_LIKELY(n == 1))
        ws_copy_one(place, from, channel->size);
    else if (channel->stride == channel->size)
        memcpy(place, from, n * channel->size);
    else
        for (size_t i = 0; i < n; i++)
            memcpy(place + i * channel->stride, from + i * channel->size, channel->size);
}

static inline void ws_channel_copy_out(const ws_channel *channel, char *to, const char *place,
                                       size_t n)
{
    if (PAR_LIKELY(n == 1))
        ws_copy_one(to, place, channel->size);
    else if (channel->stride == channel->size)
        memcpy(to, place, n * channel->size);
    else
        for (size_t i = 0; i < n; i++)
            memcpy(to + i * channel->size, place + i * channel->stride, channel->size);
}

/* channel.c: for engines whose sides are turns. */
bool ws_channel_watch(ws_channel *channel, ws_waiter *waiter, bool sends);
bool ws_channel_can_receive(const ws_channel *channel);
void ws_channel_unwatch(ws_channel *channel, ws_waiter *waiter, bool sends);
void ws_channel_close(ws_channel *channel);

/* channel.c: gives back the turn of a receiver who found nothing, and returns why. */
int ws_channel_leave_empty(ws_channel *channel, size_t word);

/* channel.c: hands the element at `place` to the user's drop. */
void ws_channel_drop_element(const ws_channel *channel, void *place);

/* channel.c: a channel with one end of each kind and no memory for elements, or NULL. */
ws_channel *ws_channel_new(const ws_channel_engine *engine, const par_channel_options *options);

/* channel_move.c: moves elements, waiting for it. */
typedef struct ws_move {
    ws_channel *channel;
    bool sends;
    const char *from; /* of a send */
    char *into;       /* of a receive */
    size_t n;
    size_t moved;
    size_t enough;  /* when it may return: 1 or n */
    bool has_tried; /* a moment ago, in vain */
} ws_move;

/* Once, without waiting. */
int ws_move_try(ws_move *move);
int ws_move_until(ws_move *move, par_deadline deadline, par_group *group);

/* select.c's part of the wait, and this file's: sleeps until the choice is made, the group is
 * canceled or the deadline comes. */
void ws_move_sleep(ws_blocker *self, const size_t *choice, const ws_block_reason *reason,
                   par_deadline deadline, const par_group *group);

/* For capacity 0, whose waiters can be served only while they stand in the list: a short while
 * before the sleep. */
void ws_move_linger(const size_t *choice);

/* Makes the choice final: WS_CHOICE_LEFT if nobody has made one. */
size_t ws_move_settle(ws_blocker *self, size_t *choice);

/* channel_timer.c: when a wait on the channel must look again by itself. */
par_deadline ws_channel_due(ws_channel *channel);

#endif
