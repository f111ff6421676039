/* SPDX-License-Identifier: MIT */
/* channel_zero.c - channels of capacity 0: a send meets a receive, and the element goes straight
 * from the one's memory to the other's, as between Go's goroutines.
 *
 * Z1  Both lists are guarded by the turn of `receivers_waiting`; so is the mark of being closed, in
 *     `tail.word`. Two that could meet never stand in the lists at the same time, unless one of
 *     them is leaving or they are one select.
 * Z2  Whoever comes second claims the first (V3) inside the turn, and copies outside of it.
 * Z3  Watchers (select with READY) have no memory to copy to or from. They are called when somebody
 *     whom they could meet enters the list. */
#include "stream/channel_engine.h"

#include <errno.h>

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
    return (ws_load_relaxed(&channel->tail.word) & WS_SIDE_CLOSED) != 0;
}

/* Takes the first that can be met out of the list, claimed; NULL: there is none. */
static ws_waiter *claim(ws_waiters *list)
{
    ws_waiter *next;
    for (ws_waiter *each = list->first; each != NULL; each = next) {
        next = each->next;
        if (each->is_watching)
            continue;
        ws_waiters_remove(list, each);
        if (ws_cas_acq_rel(each->choice, WS_CHOICE_WAITING, ws_choice_of(each, WS_CHOICE_CLAIMED)))
            return each;
    }
    return NULL;
}

/* The copy has been made. */
static void finish(ws_waiter *met)
{
    ws_blocker *blocker = met->blocker; /* V2 */
    ws_store_release(met->choice, ws_choice_of(met, WS_CHOICE_DONE));
    ws_blocker_unpark(blocker);
}

static int meet(ws_channel *channel, bool sends, ws_waiter **met)
{
    enter(channel);
    const bool closed = is_closed(channel);
    *met = closed ? NULL : claim(ws_channel_waiting(channel, !sends));
    leave(channel);
    if (*met != NULL)
        return 0;
    return closed ? EPIPE : EAGAIN;
}

static int send(ws_channel *channel, const char *elements, size_t n, size_t *moved)
{
    (void)n;
    ws_waiter *receiver = NULL;
    const int code = meet(channel, true, &receiver);
    if (code != 0)
        return code;
    ws_copy_one(receiver->element, elements, channel->size);
    finish(receiver);
    *moved = 1;
    return 0;
}

static int receive(ws_channel *channel, char *into, size_t n, size_t *moved)
{
    (void)n;
    ws_waiter *sender = NULL;
    const int code = meet(channel, false, &sender);
    if (code != 0)
        return code;
    ws_copy_one(into, sender->element, channel->size);
    finish(sender);
    *moved = 1;
    return 0;
}

/* Whether somebody else in the list can be met. */
static bool is_met(const ws_waiters *list, const size_t *choice)
{
    for (const ws_waiter *each = list->first; each != NULL; each = each->next) {
        if (each->choice != choice && !each->is_watching &&
            ws_load_relaxed(each->choice) == WS_CHOICE_WAITING)
            return true;
    }
    return false;
}

/* Z3 */
static void call_watchers(ws_waiters *list, const size_t *choice)
{
    ws_waiter *next;
    for (ws_waiter *each = list->first; each != NULL; each = next) {
        next = each->next;
        if (!each->is_watching || each->choice == choice)
            continue;
        ws_blocker *blocker = each->blocker;
        ws_waiters_remove(list, each);
        if (ws_cas_acq_rel(each->choice, WS_CHOICE_WAITING, ws_choice_of(each, WS_CHOICE_CALLED)))
            ws_blocker_unpark(blocker);
    }
}

static bool watch(ws_channel *channel, ws_waiter *waiter, bool sends)
{
    ws_waiters *others = ws_channel_waiting(channel, !sends);
    enter(channel);
    const bool again = is_closed(channel) || is_met(others, waiter->choice);
    if (!again) {
        ws_waiters_push(ws_channel_waiting(channel, sends), waiter);
        if (!waiter->is_watching)
            call_watchers(others, waiter->choice);
    }
    leave(channel);
    return again;
}

static void unwatch(ws_channel *channel, ws_waiter *waiter, bool sends)
{
    enter(channel);
    ws_waiters_remove(ws_channel_waiting(channel, sends), waiter);
    leave(channel);
}

static bool can_meet(const ws_channel *channel, bool sends)
{
    /* The turn is taken, but nothing is changed. */
    ws_channel *same = (ws_channel *)(size_t)channel;
    enter(same);
    const bool can = is_closed(same) || is_met(ws_channel_waiting(same, !sends), NULL);
    leave(same);
    return can;
}

static bool can_send(const ws_channel *channel)
{
    return can_meet(channel, true);
}

static bool can_receive(const ws_channel *channel)
{
    return can_meet(channel, false);
}

static void call_all(ws_waiters *list)
{
    for (;;) {
        ws_blocker *called = ws_waiters_call_first(list);
        if (called == NULL)
            return;
        ws_blocker_unpark(called);
    }
}

static void close(ws_channel *channel)
{
    enter(channel);
    ws_store_relaxed(&channel->tail.word, WS_SIDE_CLOSED);
    call_all(&channel->senders_waiting);
    call_all(&channel->receivers_waiting);
    leave(channel);
}

static size_t length(const ws_channel *channel)
{
    (void)channel;
    return 0;
}

static void nothing(ws_channel *channel)
{
    (void)channel;
}

const ws_channel_engine ws_channel_zero = {
    .send = send,
    .receive = receive,
    .can_send = can_send,
    .can_receive = can_receive,
    .watch = watch,
    .unwatch = unwatch,
    .length = length,
    .close = close,
    .discard = nothing,
    .free = nothing,
};
