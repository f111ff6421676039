/* SPDX-License-Identifier: MIT */
/* channel_model.c - threads that send and receive. An element is an item: it is received once.
 * Nobody closes anything, so whoever is not woken waits for ever. */
#include "harnesses.h"
#include "heap.h"
#include "waits.h"

#include "stream/channel_engine.h"

#include <par/channel.h>

#include <errno.h>

enum { HEAP = 4096, FIRST_BLOCK = 32, SECOND_BLOCK = 64, THIRD_BLOCK = 128, MANY = 256 };

/* The items that a thread sends, or how many it receives. */
typedef struct share {
    size_t first;
    size_t n;
} share;

static par_sender *sender;
static par_receiver *receiver;
static share shares[3];
static size_t second_begins; /* the first item of the second sender, or 0 */

static void make(size_t capacity, unsigned flags)
{
    heap_make(HEAP);
    waits_make(false);
    const par_channel_options options = {.size = sizeof options,
                                         .element_size = sizeof(size_t),
                                         .capacity = capacity,
                                         .flags = flags};
    model_assert(par_channel_create(&sender, &receiver, &options) == 0);
    model_name(sender, HEAP / 4, "channel");
}

/* As many elements have come and gone. */
static void pass(size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t received;
        model_assert(par_try_send(sender, &i) == 0);
        model_assert(par_try_recv(receiver, &received) == 0 && received == i);
    }
}

static void *send(void *arg)
{
    const share *mine = arg;
    for (size_t i = mine->first; i < mine->first + mine->n; i++)
        model_assert(par_send(sender, &i) == 0);
    return NULL;
}

/* What one sender sends comes in its order. */
static void *receive(void *arg)
{
    const share *mine = arg;
    size_t least[2] = {0, second_begins};
    for (size_t i = 0; i < mine->n; i++) {
        size_t item;
        model_assert(par_recv(receiver, &item) == 0);
        model_took(item);
        size_t *from = &least[second_begins != 0 && item >= second_begins];
        model_assert(item >= *from);
        *from = item + 1;
    }
    return NULL;
}

/* ---- two senders, one receiver ----------------------------------------------------------------
 */

static void two_senders(size_t from_first, size_t from_second)
{
    second_begins = from_first;
    shares[0] = (share){0, from_first};
    shares[1] = (share){from_first, from_second};
    shares[2] = (share){0, from_first + from_second};
    model_items(shares[2].n);
    model_thread("sender", send, &shares[0]);
    model_thread("another", send, &shares[1]);
    model_thread("receiver", receive, &shares[2]);
}

static void set_up_senders(void)
{
    make(1, 0);
    two_senders(1, 1);
}

const model_harness channel_senders_harness = {
    .name = "channel_senders", .set_up = set_up_senders, .short_bound = 2, .long_bound = 2};

/* The places of a ring of two are used again, from the second one on. */
static void set_up_wrap(void)
{
    make(2, 0);
    pass(1);
    shares[0] = (share){0, 4};
    model_items(4);
    model_thread("sender", send, &shares[0]);
    model_thread("receiver", receive, &shares[0]);
}

const model_harness channel_wrap_harness = {
    .name = "channel_wrap", .set_up = set_up_wrap, .short_bound = 2, .long_bound = 2};

/* ---- one sender, two receivers ----------------------------------------------------------------
 */

static void two_receivers(size_t n)
{
    shares[0] = (share){0, n};
    shares[1] = (share){0, n - 1};
    shares[2] = (share){0, 1};
    model_items(n);
    model_thread("sender", send, &shares[0]);
    model_thread("receiver", receive, &shares[1]);
    model_thread("another", receive, &shares[2]);
}

static void set_up_receivers(void)
{
    make(1, 0);
    two_receivers(2);
}

const model_harness channel_receivers_harness = {
    .name = "channel_receivers", .set_up = set_up_receivers, .short_bound = 1, .long_bound = 2};

/* ---- two that fall asleep
 * ------------------------------------------------------------------------ */

/* An execution begins when one thread has entered the list and not looked again. The element, or
 * the room for one, was there before that, so nobody was called for it. Another thread enters the
 * list and looks while the first is called for a second one, and takes one: the other one must not
 * be overlooked. */
static struct {
    size_t choice;
    ws_waiter waiter;
} listed;

static void move_one(bool sends)
{
    size_t item = 0;
    model_assert((sends ? par_send(sender, &item) : par_recv(receiver, &item)) == 0);
}

static void stop_waiting(ws_waiter *waiter, size_t *choice, bool sends)
{
    ws_channel *channel = (ws_channel *)sender;
    if (ws_move_settle(ws_blocker_self(), choice) == WS_CHOICE_LEFT)
        channel->engine->unwatch(channel, waiter, sends);
    move_one(sends);
}

static void *go_on_listed(void *sends)
{
    stop_waiting(&listed.waiter, &listed.choice, sends != NULL);
    return NULL;
}

static void *wait_too(void *sends)
{
    static const ws_block_reason reason = {"waits", NULL, NULL};
    ws_channel *channel = (ws_channel *)sender;
    size_t choice = WS_CHOICE_WAITING;
    ws_waiter waiter = {.choice = &choice, .blocker = ws_blocker_self()};
    if (!channel->engine->watch(channel, &waiter, sends != NULL))
        ws_move_sleep(ws_blocker_self(), &choice, &reason, PAR_FOREVER, NULL);
    stop_waiting(&waiter, &choice, sends != NULL);
    return NULL;
}

static void *make_possible(void *sends)
{
    move_one(sends == NULL);
    return NULL;
}

static void with_two_waiting(void *sends)
{
    listed.choice = WS_CHOICE_WAITING;
    listed.waiter = (ws_waiter){.choice = &listed.choice, .blocker = waits_blocker(0)};
    model_keep(&listed, sizeof listed);
    model_name(&listed, sizeof listed, "listed");
    ws_waiters_add(ws_channel_waiting((ws_channel *)sender, sends != NULL), &listed.waiter);
    model_thread("listed", go_on_listed, sends);
    model_thread("waiter", wait_too, sends);
    model_thread("mover", make_possible, sends);
}

static void set_up_overlooked(void)
{
    make(PAR_UNBOUNDED, 0);
    move_one(true);
    with_two_waiting(NULL);
}

const model_harness list_overlooked_harness = {
    .name = "list_overlooked", .set_up = set_up_overlooked, .short_bound = 2, .long_bound = 3};

static void set_up_receivers_overlook(void)
{
    make(2, 0);
    move_one(true);
    with_two_waiting(NULL);
}

const model_harness channel_overlooked_harness = {.name = "channel_overlooked",
                                                  .set_up = set_up_receivers_overlook,
                                                  .short_bound = 2,
                                                  .long_bound = 3};

static void set_up_room_overlooked(void)
{
    make(2, 0);
    move_one(true);
    move_one(true);
    move_one(false);
    with_two_waiting(&listed);
}

const model_harness room_overlooked_harness = {
    .name = "room_overlooked", .set_up = set_up_room_overlooked, .short_bound = 2, .long_bound = 3};

/* ---- unbounded --------------------------------------------------------------------------------
 */

/* The second element begins a block. */
static void set_up_list_senders(void)
{
    make(PAR_UNBOUNDED, 0);
    pass(FIRST_BLOCK - 1);
    two_senders(1, 1);
}

const model_harness list_senders_harness = {
    .name = "list_senders", .set_up = set_up_list_senders, .short_bound = 2, .long_bound = 3};

static void set_up_list_receivers(void)
{
    make(PAR_UNBOUNDED, 0);
    pass(FIRST_BLOCK - 1);
    two_receivers(2);
}

const model_harness list_receivers_harness = {
    .name = "list_receivers", .set_up = set_up_list_receivers, .short_bound = 2, .long_bound = 3};

/* One block after the other is filled and emptied at once: each turn goes on to the next block, so
 * the sender takes the spare one while the receiver puts another in its place. */
static const size_t parts[] = {2, SECOND_BLOCK, THIRD_BLOCK};
enum { ALL_PARTS = 2 + SECOND_BLOCK + THIRD_BLOCK };

static void *send_parts(void *arg)
{
    size_t elements[MANY];
    size_t next = 0;
    (void)arg;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t accepted;
        for (size_t k = 0; k < parts[i]; k++)
            elements[k] = next++;
        model_assert(par_send_many(sender, elements, parts[i], &accepted) == 0);
        model_assert(accepted == parts[i]);
    }
    return NULL;
}

static void *receive_parts(void *arg)
{
    size_t elements[MANY];
    size_t next = 0;
    (void)arg;
    while (next < ALL_PARTS) {
        size_t received;
        model_assert(par_recv_many(receiver, elements, MANY, &received) == 0);
        for (size_t k = 0; k < received; k++)
            model_assert(elements[k] == next++);
    }
    return NULL;
}

static void set_up_spare(void)
{
    make(PAR_UNBOUNDED, 0);
    pass(FIRST_BLOCK - 1);
    model_thread("sender", send_parts, NULL);
    model_thread("receiver", receive_parts, NULL);
}

const model_harness list_spare_harness = {
    .name = "list_spare", .set_up = set_up_spare, .short_bound = 3, .long_bound = 4};

/* ---- one thread at each end -------------------------------------------------------------------
 */

static void set_up_spsc(void)
{
    make(1, PAR_CHANNEL_SPSC);
    shares[0] = (share){0, 2};
    model_items(2);
    model_thread("sender", send, &shares[0]);
    model_thread("receiver", receive, &shares[0]);
}

const model_harness spsc_barrier_harness = {
    .name = "spsc_barrier", .set_up = set_up_spsc, .short_bound = 3, .long_bound = 5};

static void set_up_spsc_fence(void)
{
    waits_use_full_fences();
    set_up_spsc();
}

const model_harness spsc_fence_harness = {
    .name = "spsc_fence", .set_up = set_up_spsc_fence, .short_bound = 3, .long_bound = 5};

/* ---- capacity 0 -------------------------------------------------------------------------------
 */

static size_t sent;
static size_t received;

/* Gives up when it likes to. */
static void *send_soon(void *arg)
{
    const size_t item = 7;
    const int code = par_send_until(sender, &item, WAITS_SOON, NULL);
    (void)arg;
    model_assert(code == 0 || code == ETIMEDOUT);
    sent += code == 0;
    return NULL;
}

static void *receive_soon(void *arg)
{
    size_t item = 0;
    const int code = par_recv_until(receiver, &item, WAITS_SOON, NULL);
    (void)arg;
    model_assert(code == 0 ? item == 7 : code == ETIMEDOUT && item == 0);
    received += code == 0;
    return NULL;
}

static void as_many(void)
{
    model_assert(sent == received);
}

static void make_zero(void)
{
    make(0, 0);
    model_keep(&sent, sizeof sent);
    model_keep(&received, sizeof received);
}

static void set_up_zero(void)
{
    make_zero();
    model_thread("sender", send_soon, NULL);
    model_thread("receiver", receive_soon, NULL);
}

const model_harness zero_both_harness = {.name = "zero_both",
                                         .set_up = set_up_zero,
                                         .check = as_many,
                                         .short_bound = 3,
                                         .long_bound = 5};

static void set_up_zero_three(void)
{
    make_zero();
    model_thread("sender", send_soon, NULL);
    model_thread("another", send_soon, NULL);
    model_thread("receiver", receive_soon, NULL);
}

const model_harness zero_three_harness = {.name = "zero_three",
                                          .set_up = set_up_zero_three,
                                          .check = as_many,
                                          .short_bound = 1,
                                          .long_bound = 2};

/* Nobody gives up, so all must meet. */
static void set_up_zero_meet(void)
{
    make(0, 0);
    two_senders(1, 1);
}

const model_harness zero_meet_harness = {
    .name = "zero_meet", .set_up = set_up_zero_meet, .short_bound = 2, .long_bound = 2};
