/* SPDX-License-Identifier: MIT */
/* select_model.c - threads that wait for several channels at once, and others that send, receive
 * and close. An element is an item: it is received once. */
#include "harnesses.h"
#include "heap.h"
#include "waits.h"

#include <par/group.h>
#include <par/select.h>

#include <errno.h>

enum { HEAP = 1536, CHANNEL = 1280, BOTH = 2 };

static par_sender *senders[BOTH];
static par_receiver *receivers[BOTH];

static void make(size_t capacity, size_t items)
{
    static const char *const names[BOTH] = {"first", "second"};
    heap_make(2 * HEAP);
    waits_make(false);
    for (size_t i = 0; i < BOTH; i++) {
        const par_channel_options options = {
            .size = sizeof options, .element_size = sizeof(size_t), .capacity = capacity};
        model_assert(par_channel_create(&senders[i], &receivers[i], &options) == 0);
        model_name(senders[i], CHANNEL, "%s", names[i]);
    }
    model_items(items);
}

/* Receives from either; the second one first, if both have something. */
static int receive_either(size_t *item, size_t *chosen)
{
    par_select_case cases[] = {PAR_SELECT_RECV(receivers[1], item),
                               PAR_SELECT_RECV(receivers[0], item)};
    const int code = par_select(cases, BOTH, PAR_FOREVER, NULL, PAR_SELECT_BIASED, chosen);
    return code != 0 ? code : cases[*chosen].result;
}

static void *receive_two(void *arg)
{
    (void)arg;
    for (size_t n = 0; n < BOTH; n++) {
        size_t item;
        size_t chosen;
        model_assert(receive_either(&item, &chosen) == 0);
        model_assert(item == 1 - chosen);
        model_took(item);
    }
    return NULL;
}

/* Leaves what there is in the first channel to another thread. */
static void *receive_second(void *arg)
{
    size_t item;
    size_t chosen;
    (void)arg;
    model_assert(receive_either(&item, &chosen) == 0);
    if (chosen == 1) {
        model_assert(par_send(senders[0], &item) == 0);
        model_assert(par_recv(receivers[1], &item) == 0);
    }
    model_took(item);
    return NULL;
}

static void send_item(size_t channel, size_t item)
{
    model_assert(par_send(senders[channel], &item) == 0);
}

static void *send_first(void *arg)
{
    (void)arg;
    send_item(0, 0);
    return NULL;
}

static void *send_second(void *arg)
{
    (void)arg;
    send_item(1, 1);
    return NULL;
}

static void *send_both(void *arg)
{
    (void)arg;
    send_item(0, 0);
    send_item(1, 1);
    return NULL;
}

static void *receive_first(void *arg)
{
    size_t item;
    (void)arg;
    model_assert(par_recv(receivers[0], &item) == 0);
    model_took(item);
    return NULL;
}

/* ---- one selects -------------------------------------------------------------------------------
 */

static void with_two_senders(size_t capacity)
{
    make(capacity, 2);
    model_thread("selector", receive_two, NULL);
    model_thread("sender", send_first, NULL);
    model_thread("another", send_second, NULL);
}

static void set_up_two(void)
{
    with_two_senders(1);
}

const model_harness select_two_harness = {
    .name = "select_two", .set_up = set_up_two, .short_bound = 2, .long_bound = 3};

static void set_up_zero(void)
{
    with_two_senders(0);
}

const model_harness select_zero_harness = {
    .name = "select_zero", .set_up = set_up_zero, .short_bound = 2, .long_bound = 3};

/* S6: the selector is called for the first channel and takes from the second. */
static void set_up_called(void)
{
    make(1, 2);
    model_thread("selector", receive_second, NULL);
    model_thread("receiver", receive_first, NULL);
    model_thread("sender", send_both, NULL);
}

const model_harness select_called_harness = {
    .name = "select_called", .set_up = set_up_called, .short_bound = 1, .long_bound = 2};

/* ---- while a channel is closed -----------------------------------------------------------------
 */

static void *receive_end(void *arg)
{
    size_t item;
    size_t chosen;
    (void)arg;
    model_assert(receive_either(&item, &chosen) == EPIPE);
    model_assert(chosen == 0);
    return NULL;
}

static void *close_second(void *arg)
{
    (void)arg;
    par_sender_close(senders[1]);
    return NULL;
}

static void set_up_close(void)
{
    make(1, 0);
    model_thread("selector", receive_end, NULL);
    model_thread("another", receive_end, NULL);
    model_thread("closer", close_second, NULL);
}

const model_harness select_close_harness = {
    .name = "select_close", .set_up = set_up_close, .short_bound = 2, .long_bound = 2};

/* ---- two select --------------------------------------------------------------------------------
 */

/* Each would send on one channel and receive from the other: one of the two comes about, for both
 * of them. */
static void *exchange(void *arg)
{
    const size_t own = (size_t)arg;
    size_t item = BOTH;
    size_t chosen;
    par_select_case cases[] = {PAR_SELECT_SEND(senders[own], &own),
                               PAR_SELECT_RECV(receivers[1 - own], &item)};
    model_assert(par_select(cases, BOTH, PAR_FOREVER, NULL, PAR_SELECT_BIASED, &chosen) == 0);
    model_assert(cases[chosen].result == 0);
    model_assert(item == (chosen == 0 ? (size_t)BOTH : 1 - own));
    model_took(chosen == 0 ? 0 : 1);
    return NULL;
}

static void set_up_cross(void)
{
    make(0, BOTH);
    model_thread("one", exchange, (void *)(size_t)0);
    model_thread("other", exchange, (void *)(size_t)1);
}

const model_harness select_cross_harness = {
    .name = "select_cross", .set_up = set_up_cross, .short_bound = 3, .long_bound = 4};

/* ---- somebody cancels --------------------------------------------------------------------------
 */

static par_group group;

static void *receive_in_group(void *arg)
{
    size_t item;
    (void)arg;
    model_assert(par_recv_until(receivers[0], &item, PAR_FOREVER, &group) == ECANCELED);
    return NULL;
}

static void *cancel(void *arg)
{
    (void)arg;
    par_cancel(&group);
    return NULL;
}

static void set_up_cancel(void)
{
    make(1, 0);
    model_keep(&group, sizeof group);
    model_name(&group, sizeof group, "group");
    model_thread("receiver", receive_in_group, NULL);
    model_thread("canceler", cancel, NULL);
}

const model_harness wait_cancel_harness = {.name = "wait_cancel",
                                           .set_up = set_up_cancel,
                                           .short_bound = MODEL_ALL,
                                           .long_bound = MODEL_ALL};
