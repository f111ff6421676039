/* SPDX-License-Identifier: MIT */
/* channel_move.c - sends and receives, and how they wait. A call tries first, and what it finds
 * done is all it costs. Otherwise:
 *
 * M1  It looks again for a short while (linger.h), unless threads share a processor. It never
 *     yields.
 * M2  It enters the list, and looks again (C4). Then it sleeps until it is called.
 * M3  Called, it tries before it looks at the deadline or the group. If there is nothing, another
 *     has taken it, and nobody waits because of that; so it owes no call (V4). */
#include "job/group.h"
#include "stream/channel_engine.h"
#include "stream/linger.h"

#include <par/panic.h>

#include <errno.h>
#include <stdlib.h>

/* ---- sleeping -------------------------------------------------------------------------------- */

static bool is_open(const size_t *choice)
{
    const size_t state = ws_choice_state(ws_load_acquire(choice));
    return state == WS_CHOICE_WAITING || state == WS_CHOICE_CLAIMED;
}

void ws_move_sleep(ws_blocker *self, const size_t *choice, const ws_block_reason *reason,
                   par_deadline deadline, const par_group *group)
{
    while (is_open(choice)) {
        if (group != NULL && ws_group_is_canceled(group))
            return;
        if (!ws_block_sleep(self, reason, deadline))
            return;
    }
}

size_t ws_move_settle(ws_blocker *self, size_t *choice)
{
    if (ws_cas_acq_rel(choice, WS_CHOICE_WAITING, WS_CHOICE_LEFT))
        return WS_CHOICE_LEFT;
    /* V3: the copy ends soon, and then a token comes. */
    while (is_open(choice))
        ws_blocker_park(self, PAR_FOREVER);
    return ws_load_acquire(choice);
}

/* ---- waiting --------------------------------------------------------------------------------- */

int ws_move_try(ws_move *move)
{
    size_t moved = 0;
    const size_t left = move->n - move->moved;
    const size_t done = move->moved * move->channel->size;
    const int code =
        move->sends
            ? move->channel->engine->send(move->channel, move->from + done, left, &moved)
            : move->channel->engine->receive(move->channel, move->into + done, left, &moved);
    move->moved += moved;
    return code;
}

static bool can_move(const ws_move *move)
{
    return move->sends ? move->channel->engine->can_send(move->channel)
                       : move->channel->engine->can_receive(move->channel);
}

/* Tries for as long as that moves something. 0 when enough has been moved. */
static int move_on(ws_move *move)
{
    while (move->moved < move->enough) {
        const int code = ws_move_try(move);
        if (code != 0)
            return code;
    }
    return 0;
}

/* M1. For capacity 0 there is nothing to be seen until one stands in the list. */
static bool is_worth_a_try(const ws_move *move)
{
    enum { FEW = 4 };
    ws_linger linger = {0};
    while (ws_linger_once(&linger, move->channel->capacity <= FEW)) {
        if (can_move(move))
            return true;
    }
    return false;
}

void ws_move_linger(const size_t *choice)
{
    ws_linger linger = {0};
    while (is_open(choice) && ws_linger_once(&linger, true))
        continue;
}

static char *place_of(const ws_move *move)
{
    /* A sender's is only read. */
    const size_t done = move->moved * move->channel->size;
    return move->sends ? (char *)(size_t)(move->from + done) : move->into + done;
}

/* M2 */
static void wait_for_call(ws_move *move, ws_blocker *self, par_deadline deadline,
                          const par_group *group)
{
    ws_channel *channel = move->channel;
    size_t choice = WS_CHOICE_WAITING;
    ws_waiter waiter = {.choice = &choice, .blocker = self, .element = place_of(move)};
    if (!channel->engine->watch(channel, &waiter, move->sends)) {
        const ws_block_reason reason = {move->sends ? "sends to channel" : "receives from channel",
                                        channel, channel->name};
        const par_deadline due = ws_channel_due(channel);
        if (channel->engine == &ws_channel_zero)
            ws_move_linger(&choice);
        ws_move_sleep(self, &choice, &reason, due < deadline ? due : deadline, group);
    }
    const size_t state = ws_choice_state(ws_move_settle(self, &choice));
    if (state == WS_CHOICE_LEFT)
        channel->engine->unwatch(channel, &waiter, move->sends);
    else if (state == WS_CHOICE_DONE)
        move->moved++;
}

static bool has_come(par_deadline deadline)
{
    return deadline != PAR_FOREVER && par_now() >= deadline;
}

static int wait_until(ws_move *move, ws_blocker *self, par_deadline deadline,
                      const par_group *group)
{
    for (;;) {
        if (move->channel->engine == &ws_channel_zero || !is_worth_a_try(move))
            wait_for_call(move, self, deadline, group);
        const int code = move_on(move); /* M3 */
        if (code != EAGAIN)
            return code;
        if (group != NULL && ws_group_is_canceled(group))
            return ECANCELED;
        if (has_come(deadline))
            return ETIMEDOUT;
    }
}

int ws_move_until(ws_move *move, par_deadline deadline, par_group *group)
{
    if (group != NULL && ws_group_is_canceled(group))
        return ECANCELED;
    int code = move->has_tried ? EAGAIN : move_on(move);
    if (code != EAGAIN || deadline == PAR_NO_WAIT)
        return code;
    if (has_come(deadline))
        return ETIMEDOUT;
    ws_blocker *self = ws_blocker_self();
    if (!ws_block_begin_group(self, group))
        return ECANCELED;
    code = wait_until(move, self, deadline, group);
    if (group != NULL)
        ws_block_end_group(self);
    return code;
}

/* ---- sending --------------------------------------------------------------------------------- */

/* Elements without bytes need no place. */
static char nowhere;

/* After a try that would have had to wait. */
static int wait_for_one(ws_channel *channel, const void *from, void *into)
{
    ws_move move = {.channel = channel,
                    .sends = from != NULL,
                    .from = from,
                    .into = into,
                    .n = 1,
                    .enough = 1,
                    .has_tried = true};
    return ws_move_until(&move, PAR_FOREVER, NULL);
}

static int send_until(par_sender *sender, const void *elements, size_t n, size_t *accepted,
                      par_deadline deadline, par_group *group)
{
    ws_channel *channel = (ws_channel *)sender;
    if (channel == NULL || (elements == NULL && channel->size != 0 && n != 0))
        return EINVAL;
    ws_move move = {.channel = channel,
                    .sends = true,
                    .from = elements == NULL ? &nowhere : elements,
                    .n = n,
                    .enough = n};
    const int code = ws_move_until(&move, deadline, group);
    if (accepted != NULL)
        *accepted = move.moved;
    return code;
}

static int try_one(ws_channel *channel, const void *element)
{
    size_t moved;
    return channel->engine->send(channel, element, 1, &moved);
}

static bool is_sendable(const ws_channel *channel, const void *element)
{
    return PAR_LIKELY(channel != NULL && element != NULL);
}

int par_send(par_sender *sender, const void *element)
{
    ws_channel *channel = (ws_channel *)sender;
    if (is_sendable(channel, element)) {
        const int code = try_one(channel, element);
        return PAR_LIKELY(code != EAGAIN) ? code : wait_for_one(channel, element, NULL);
    }
    return send_until(sender, element, 1, NULL, PAR_FOREVER, NULL);
}

int par_try_send(par_sender *sender, const void *element)
{
    ws_channel *channel = (ws_channel *)sender;
    if (is_sendable(channel, element))
        return try_one(channel, element);
    return send_until(sender, element, 1, NULL, PAR_NO_WAIT, NULL);
}

int par_send_until(par_sender *sender, const void *element, par_deadline deadline, par_group *group)
{
    return send_until(sender, element, 1, NULL, deadline, group);
}

int par_send_many(par_sender *sender, const void *elements, size_t n, size_t *accepted)
{
    return send_until(sender, elements, n, accepted, PAR_FOREVER, NULL);
}

int par_try_send_many(par_sender *sender, const void *elements, size_t n, size_t *accepted)
{
    return send_until(sender, elements, n, accepted, PAR_NO_WAIT, NULL);
}

/* ---- receiving ------------------------------------------------------------------------------- */

static int receive_until(par_receiver *receiver, void *into, size_t n, size_t *received,
                         par_deadline deadline, par_group *group)
{
    ws_channel *channel = (ws_channel *)receiver;
    if (channel == NULL || (into == NULL && channel->size != 0 && n != 0))
        return EINVAL;
    ws_move move = {.channel = channel,
                    .into = into == NULL ? &nowhere : into,
                    .n = n,
                    .enough = n == 0 ? 0 : 1};
    const int code = ws_move_until(&move, deadline, group);
    if (received != NULL)
        *received = move.moved;
    return code;
}

static int try_receive_one(ws_channel *channel, void *into)
{
    size_t moved;
    return channel->engine->receive(channel, into, 1, &moved);
}

int par_recv(par_receiver *receiver, void *into)
{
    ws_channel *channel = (ws_channel *)receiver;
    if (is_sendable(channel, into)) {
        const int code = try_receive_one(channel, into);
        return PAR_LIKELY(code != EAGAIN) ? code : wait_for_one(channel, NULL, into);
    }
    return receive_until(receiver, into, 1, NULL, PAR_FOREVER, NULL);
}

int par_try_recv(par_receiver *receiver, void *into)
{
    ws_channel *channel = (ws_channel *)receiver;
    if (is_sendable(channel, into))
        return try_receive_one(channel, into);
    return receive_until(receiver, into, 1, NULL, PAR_NO_WAIT, NULL);
}

int par_recv_until(par_receiver *receiver, void *into, par_deadline deadline, par_group *group)
{
    return receive_until(receiver, into, 1, NULL, deadline, group);
}

int par_recv_many(par_receiver *receiver, void *into, size_t n, size_t *received)
{
    return receive_until(receiver, into, n, received, PAR_FOREVER, NULL);
}

int par_try_recv_many(par_receiver *receiver, void *into, size_t n, size_t *received)
{
    return receive_until(receiver, into, n, received, PAR_NO_WAIT, NULL);
}

int par_channel_for_each(par_receiver *receiver, int (*fn)(void *element, void *arg), void *arg)
{
    enum { AT_HAND = 512 };
    _Alignas(64) char at_hand[AT_HAND];
    const ws_channel *channel = (const ws_channel *)receiver;
    if (channel == NULL || fn == NULL)
        return EINVAL;
    const bool is_small = channel->size <= AT_HAND && channel->align <= 64;
    const size_t rounded = (channel->size + channel->align - 1) & ~(channel->align - 1);
    char *element = is_small ? at_hand : aligned_alloc(channel->align, rounded);
    if (element == NULL)
        return ENOMEM;
    PAR_DEFER(free, is_small ? NULL : element);
    int code = 0;
    while (code == 0 && par_recv(receiver, element) == 0)
        code = fn(element, arg);
    return code;
}
