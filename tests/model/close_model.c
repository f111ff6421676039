/* SPDX-License-Identifier: MIT */
/* close_model.c - channels are closed, and their ends dropped, while threads send and receive. An
 * element is an item: it is received, or dropped, or returned to its sender, one of them and once.
 * Who waits is woken, and the memory is freed once. */
#include "harnesses.h"
#include "heap.h"
#include "waits.h"

#include <par/channel.h>

#include <errno.h>

enum { HEAP = 2560, CHANNEL = 1280, FIRST_BLOCK = 32, PASSED = 1000 };

static par_sender *sender;
static par_receiver *receiver;
static size_t items;

static void drop(void *element, void *ctx)
{
    (void)ctx;
    model_took(*(size_t *)element);
}

static void make(size_t capacity, unsigned flags, size_t n)
{
    heap_make(HEAP);
    waits_make(false);
    const par_channel_options options = {.size = sizeof options,
                                         .element_size = sizeof(size_t),
                                         .capacity = capacity,
                                         .drop = drop,
                                         .flags = flags};
    model_assert(par_channel_create(&sender, &receiver, &options) == 0);
    model_name(sender, CHANNEL, "channel");
    items = n;
    model_items(n);
}

static void pass(size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t element = PASSED;
        model_assert(par_try_send(sender, &element) == 0);
        model_assert(par_try_recv(receiver, &element) == 0);
    }
}

/* What it may not send any more is returned. */
static void *send_and_drop(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < items; i++) {
        const int code = par_send(sender, &i);
        model_assert(code == 0 || code == EPIPE);
        if (code == EPIPE)
            model_took(i);
    }
    par_sender_drop(sender);
    return NULL;
}

static void *receive_and_drop(void *arg)
{
    size_t item;
    int code;
    (void)arg;
    while ((code = par_recv(receiver, &item)) == 0)
        model_took(item);
    model_assert(code == EPIPE);
    par_receiver_drop(receiver);
    return NULL;
}

static void *drop_receiver(void *arg)
{
    (void)arg;
    par_receiver_drop(receiver);
    return NULL;
}

/* Takes one, if it comes before the sender goes, and then goes itself. */
static void *receive_one_and_drop(void *arg)
{
    size_t item;
    (void)arg;
    if (par_recv(receiver, &item) == 0)
        model_took(item);
    par_receiver_drop(receiver);
    return NULL;
}

static void *close_sender(void *arg)
{
    (void)arg;
    par_sender_close(sender);
    par_sender_drop(sender);
    return NULL;
}

/* ---- somebody else closes ----------------------------------------------------------------------
 */

static void with_closer(void)
{
    par_sender_clone(sender);
    model_thread("sender", send_and_drop, NULL);
    model_thread("receiver", receive_and_drop, NULL);
    model_thread("closer", close_sender, NULL);
}

static void set_up_array(void)
{
    make(1, 0, 2);
    with_closer();
}

const model_harness close_array_harness = {.name = "close_array",
                                           .set_up = set_up_array,
                                           .check = heap_check,
                                           .short_bound = 1,
                                           .long_bound = 2};

static void set_up_zero(void)
{
    make(0, 0, 1);
    with_closer();
}

const model_harness close_zero_harness = {.name = "close_zero",
                                          .set_up = set_up_zero,
                                          .check = heap_check,
                                          .short_bound = 2,
                                          .long_bound = 2};

/* ---- the ends go -------------------------------------------------------------------------------
 */

static void set_up_last(void)
{
    make(1, 0, 3);
    model_thread("sender", send_and_drop, NULL);
    model_thread("receiver", receive_one_and_drop, NULL);
}

const model_harness close_last_harness = {.name = "close_last",
                                          .set_up = set_up_last,
                                          .check = heap_check,
                                          .short_bound = 2,
                                          .long_bound = 3};

static void set_up_list(void)
{
    make(PAR_UNBOUNDED, 0, 2);
    pass(FIRST_BLOCK - 1);
    model_thread("sender", send_and_drop, NULL);
    model_thread("receiver", receive_one_and_drop, NULL);
}

const model_harness close_list_harness = {.name = "close_list",
                                          .set_up = set_up_list,
                                          .check = heap_check,
                                          .short_bound = 3,
                                          .long_bound = 4};

/* A sender may put an element in after the receiver has closed the channel and dropped what was
 * there. */
static void set_up_spsc(void)
{
    make(1, PAR_CHANNEL_SPSC, 2);
    model_thread("sender", send_and_drop, NULL);
    model_thread("receiver", receive_one_and_drop, NULL);
}

const model_harness close_spsc_harness = {.name = "close_spsc",
                                          .set_up = set_up_spsc,
                                          .check = heap_check,
                                          .short_bound = 4,
                                          .long_bound = 5};

/* Two receivers go, and a sender sends: one of the two is the last. */
static void set_up_receivers(void)
{
    make(2, 0, 1);
    par_receiver_clone(receiver);
    model_thread("sender", send_and_drop, NULL);
    model_thread("receiver", drop_receiver, NULL);
    model_thread("another", drop_receiver, NULL);
}

const model_harness close_receivers_harness = {.name = "close_receivers",
                                               .set_up = set_up_receivers,
                                               .check = heap_check,
                                               .short_bound = 5,
                                               .long_bound = 7};
