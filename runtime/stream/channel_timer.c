/* SPDX-License-Identifier: MIT */
/* channel_timer.c - channels that time sends into: par_after, par_tick, par_never. There is no
 * thread and no queue: a receive looks at the clock, and a wait ends when the next element is due.
 *
 * D1  `due` is guarded by the turn of `receivers_waiting`: when the next element comes, or NEVER,
 * or SPENT when there will be none. */
#include "base/clock.h"
#include "stream/channel_engine.h"

#include <errno.h>

#define NEVER PAR_FOREVER
#define SPENT (PAR_FOREVER - 1)

static void enter(ws_channel *channel)
{
    ws_turn_enter(&channel->receivers_waiting.turn);
}

static void leave(ws_channel *channel)
{
    ws_turn_leave(&channel->receivers_waiting.turn, 0);
}

static bool is_closed(const ws_channel *channel)
{
    return ws_load_acquire(&channel->closed) != 0;
}

/* What follows `due`, which is past: the first time of the schedule that is not. */
static uint64_t after(const ws_channel *channel, uint64_t due, uint64_t now)
{
    if (channel->period == 0)
        return SPENT;
    const uint64_t periods = (now - due) / channel->period + 1;
    const uint64_t most = (SPENT - 1 - due) / channel->period;
    return periods > most ? NEVER : due + periods * channel->period;
}

static int send(ws_channel *channel, const char *elements, size_t n, size_t *moved)
{
    (void)channel;
    (void)elements;
    (void)n;
    (void)moved;
    return EPIPE;
}

static void close(ws_channel *channel)
{
    if (ws_exchange_seq_cst(&channel->closed, 1) == 0)
        ws_waiters_call_some(&channel->receivers_waiting, SIZE_MAX);
}

static int receive(ws_channel *channel, char *into, size_t n, size_t *moved)
{
    (void)n;
    if (is_closed(channel))
        return EPIPE;
    enter(channel);
    const uint64_t due = channel->due;
    const uint64_t now = due < SPENT ? ws_clock_ns() : 0;
    const bool is_due = due < SPENT && due <= now;
    if (is_due)
        channel->due = after(channel, due, now);
    const bool is_last = is_due && channel->due == SPENT;
    leave(channel);
    if (!is_due)
        return due == SPENT ? EPIPE : EAGAIN;
    if (is_last)
        close(channel); /* calls those who looked before, and would now sleep until SPENT */
    memcpy(into, &due, sizeof due);
    *moved = 1;
    return 0;
}

par_deadline ws_channel_due(ws_channel *channel)
{
    if (channel->engine != &ws_channel_timer)
        return PAR_FOREVER;
    enter(channel);
    const uint64_t due = channel->due;
    leave(channel);
    return due;
}

static bool can_send(const ws_channel *channel)
{
    (void)channel;
    return true;
}

static bool can_receive(const ws_channel *channel)
{
    /* The turn is taken, but nothing is changed. */
    const uint64_t due = ws_channel_due((ws_channel *)(size_t)channel);
    return is_closed(channel) || due == SPENT || (due != NEVER && due <= ws_clock_ns());
}

/* Others that wait see for themselves when the time has come. What calls them is the end: closing,
 * or that the last element is taken. */
static bool watch(ws_channel *channel, ws_waiter *waiter, bool sends)
{
    ws_waiters_add(ws_channel_waiting(channel, sends), waiter);
    return can_receive(channel);
}

static size_t length(const ws_channel *channel)
{
    return can_receive(channel) && !is_closed(channel) ? 1 : 0;
}

static void nothing(ws_channel *channel)
{
    (void)channel;
}

const ws_channel_engine ws_channel_timer = {
    .send = send,
    .receive = receive,
    .can_send = can_send,
    .can_receive = can_receive,
    .watch = watch,
    .unwatch = ws_channel_unwatch,
    .length = length,
    .close = close,
    .discard = nothing,
    .free = nothing,
};

/* ---- making them ----------------------------------------------------------------------------- */

static par_receiver *make(uint64_t due, uint64_t period, const char *name)
{
    par_channel_options options = PAR_CHANNEL_OPTIONS_INIT;
    options.element_size = sizeof due;
    options.name = name;
    ws_channel *channel = ws_channel_new(&ws_channel_timer, &options);
    if (channel == NULL)
        return NULL;
    channel->capacity = 1;
    channel->due = due;
    channel->period = period;
    channel->senders = 0;
    channel->sides = 1;
    return (par_receiver *)channel;
}

static uint64_t due_in(uint64_t span)
{
    const par_deadline due = par_in(span);
    return due >= SPENT ? NEVER : due;
}

par_receiver *par_after(uint64_t span)
{
    return make(due_in(span), 0, "after");
}

par_receiver *par_tick(uint64_t span)
{
    return span == 0 ? NULL : make(due_in(span), span, "tick");
}

par_receiver *par_never(void)
{
    return make(NEVER, 0, "never");
}
