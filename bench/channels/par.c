/* SPDX-License-Identifier: MIT */
/* par.c - par's channels, between plain threads as those of the others. */
#include "channels/rival.h"

#include <par/channel.h>
#include <par/info.h>
#include <par/select.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 8 };

typedef struct part {
    const rival_run *run;
    par_sender *sender;
    par_receiver *receiver;
    size_t begin;
    size_t end;
    rival_result result;
    pthread_t thread;
} part;

static void take(rival_result *result, const rival_run *run, const uint64_t *element)
{
    result->received++;
    result->sum += run->bytes == 0 ? 0 : element[0];
}

/* ---- what the threads do */

static void *send_part(void *arg)
{
    const part *const self = arg;
    uint64_t element[WORDS] = {0};
    for (size_t i = self->begin; i < self->end; i++) {
        element[0] = i;
        par_send(self->sender, element);
    }
    return NULL;
}

static void *receive_part(void *arg)
{
    part *const self = arg;
    uint64_t element[WORDS] = {0};
    rival_result result = {0, 0};
    for (size_t i = self->begin; i < self->end; i++) {
        par_recv(self->receiver, element);
        take(&result, self->run, element);
    }
    self->result = result;
    return NULL;
}

static void *send_batches(void *arg)
{
    const part *const self = arg;
    const size_t words = self->run->bytes / sizeof(uint64_t);
    uint64_t elements[RIVAL_BATCH_SIZE * WORDS] = {0};
    for (size_t i = self->begin; i < self->end; i += RIVAL_BATCH_SIZE) {
        for (size_t k = 0; k < RIVAL_BATCH_SIZE && words > 0; k++)
            elements[k * words] = i + k;
        par_send_many(self->sender, elements, RIVAL_BATCH_SIZE, NULL);
    }
    return NULL;
}

static void *receive_batches(void *arg)
{
    part *const self = arg;
    const size_t words = self->run->bytes / sizeof(uint64_t);
    uint64_t elements[RIVAL_BATCH_SIZE * WORDS] = {0};
    rival_result result = {0, 0};
    for (size_t n = 0; result.received < self->end - self->begin;) {
        par_recv_many(self->receiver, elements, RIVAL_BATCH_SIZE, &n);
        for (size_t k = 0; k < n; k++)
            take(&result, self->run, &elements[k * words]);
    }
    self->result = result;
    return NULL;
}

/* ---- shapes */

static bool make(const rival_run *run, par_sender **sender, par_receiver **receiver)
{
    par_channel_options options = PAR_CHANNEL_OPTIONS_INIT;
    options.element_size = run->bytes;
    options.capacity = run->capacity;
    if (run->shape == RIVAL_SPSC || run->shape == RIVAL_BATCH)
        options.flags = PAR_CHANNEL_SPSC;
    return par_channel_create(sender, receiver, &options) == 0;
}

static void move_alone(const part *whole, rival_result *result)
{
    const rival_run *const run = whole->run;
    uint64_t element[WORDS] = {0};
    for (size_t begin = 0, end; begin < run->n; begin = end) {
        end = run->capacity < run->n - begin ? begin + run->capacity : run->n;
        for (size_t i = begin; i < end; i++) {
            element[0] = i;
            par_send(whole->sender, element);
        }
        for (size_t i = begin; i < end; i++) {
            par_recv(whole->receiver, element);
            take(result, run, element);
        }
    }
}

static void start(const part *whole, part *parts, size_t n, void *(*run)(void *))
{
    const size_t each = whole->run->n / n;
    for (size_t i = 0; i < n; i++) {
        parts[i] = *whole;
        parts[i].begin = i * each;
        parts[i].end = (i + 1) * each;
        if (pthread_create(&parts[i].thread, NULL, run, &parts[i]) != 0)
            abort();
    }
}

static void join(const part *parts, size_t n, rival_result *result)
{
    for (size_t i = 0; i < n; i++) {
        pthread_join(parts[i].thread, NULL);
        result->received += parts[i].result.received;
        result->sum += parts[i].result.sum;
    }
}

static void move_between(const part *whole, size_t senders, size_t receivers, rival_result *result)
{
    const bool batches = whole->run->shape == RIVAL_BATCH;
    part sending[RIVAL_THREADS];
    part receiving[RIVAL_THREADS];
    start(whole, sending, senders, batches ? send_batches : send_part);
    start(whole, receiving, receivers, batches ? receive_batches : receive_part);
    join(sending, senders, result);
    join(receiving, receivers, result);
}

static bool move_on_one(const rival_run *run, rival_result *result)
{
    part whole = {.run = run};
    if (run->capacity == 0 && run->shape == RIVAL_SEQ)
        return false;
    if (!make(run, &whole.sender, &whole.receiver))
        return false;
    if (run->shape == RIVAL_SEQ)
        move_alone(&whole, result);
    else if (run->shape == RIVAL_MPSC)
        move_between(&whole, RIVAL_THREADS, 1, result);
    else if (run->shape == RIVAL_MPMC)
        move_between(&whole, RIVAL_THREADS, RIVAL_THREADS, result);
    else
        move_between(&whole, 1, 1, result);
    par_sender_drop(whole.sender);
    par_receiver_drop(whole.receiver);
    return true;
}

static bool move_by_select(const rival_run *run, rival_result *result)
{
    part parts[RIVAL_THREADS];
    par_select_case cases[RIVAL_THREADS];
    uint64_t element[WORDS] = {0};
    memset(cases, 0, sizeof cases);
    for (size_t i = 0; i < RIVAL_THREADS; i++) {
        parts[i] = (part){.run = run};
        if (!make(run, &parts[i].sender, &parts[i].receiver))
            return false;
        cases[i].receiver = parts[i].receiver;
        cases[i].into = element;
    }
    for (size_t i = 0; i < RIVAL_THREADS; i++) {
        parts[i].begin = i * (run->n / RIVAL_THREADS);
        parts[i].end = (i + 1) * (run->n / RIVAL_THREADS);
        if (pthread_create(&parts[i].thread, NULL, send_part, &parts[i]) != 0)
            abort();
    }
    for (size_t i = 0, chosen; i < run->n; i++) {
        par_select(cases, RIVAL_THREADS, PAR_FOREVER, NULL, 0, &chosen);
        take(result, run, element);
    }
    join(parts, RIVAL_THREADS, result);
    for (size_t i = 0; i < RIVAL_THREADS; i++) {
        par_sender_drop(parts[i].sender);
        par_receiver_drop(parts[i].receiver);
    }
    return true;
}

bool rival_move(const rival_run *run, rival_result *result)
{
    return run->shape == RIVAL_SELECT ? move_by_select(run, result) : move_on_one(run, result);
}

const char *rival_name(void)
{
    return "par";
}

const char *rival_version(void)
{
    return par_version();
}
