/* SPDX-License-Identifier: MIT */
/* condvar_queue_checks.c - a queue with two conditions, between threads and between tasks. */
#include "sync/condvar_checks.h"

#include "sync/sync_steps.h"

/* ---- a queue --------------------------------------------------------------------------------- */

enum { ROOM = 3, SIDES = 4 };

typedef struct box {
    par_mutex mutex;
    par_condvar has_room;
    par_condvar has_some;
    size_t messages[ROOM];
    size_t n;
    size_t rounds;
    size_t sum; /* of what was received */
    atomic_size_t failed;
} box;

static void send(box *all, size_t message)
{
    par_mutex_lock(&all->mutex);
    while (all->n == ROOM) {
        if (par_condvar_wait(&all->has_room, &all->mutex) != 0)
            atomic_fetch_add(&all->failed, 1);
    }
    all->messages[all->n++] = message;
    par_condvar_notify_one(&all->has_some);
    par_mutex_unlock(&all->mutex);
}

static void receive(box *all)
{
    par_mutex_lock(&all->mutex);
    while (all->n == 0) {
        if (par_condvar_wait(&all->has_some, &all->mutex) != 0)
            atomic_fetch_add(&all->failed, 1);
    }
    all->sum += all->messages[--all->n];
    par_mutex_unlock(&all->mutex);
    par_condvar_notify_one(&all->has_room);
}

static void send_or_receive(size_t number, void *arg)
{
    box *all = arg;
    for (size_t i = 0; i < all->rounds; i++) {
        if (number % 2 == 0)
            send(all, i + number);
        else
            receive(all);
    }
}

static const char *judge_box(box *all, size_t sides)
{
    size_t sum = 0;
    for (size_t i = 0; i < all->rounds; i++) {
        for (size_t number = 0; number < 2 * sides; number += 2)
            sum += i + number;
    }
    if (all->sum != sum || all->n != 0 || atomic_load(&all->failed) != 0)
        return wrong("received %zu, not %zu; %zu left", all->sum, sum, all->n);
    return NULL;
}

const char *condvar_passes_every_message(void)
{
    box all = {.rounds = scaled(20000)};
    crowd_run(2 * SIDES, send_or_receive, &all);
    return judge_box(&all, SIDES);
}

typedef struct side {
    box *all;
    size_t number;
} side;

static void send_or_receive_task(void *arg)
{
    const side *self = arg;
    send_or_receive(self->number, self->all);
}

/* One thread alone cannot send and receive: each waits for the other side. */
const char *condvar_lends_the_core(void)
{
    for (size_t threads = 1; threads <= 2; threads++) {
        const char *problem = NULL;
        box all = {.rounds = scaled(300)};
        side sides[2 * SIDES];
        par_pool *pool = pool_of(threads, &problem);
        if (pool == NULL)
            return problem;
        for (size_t i = 0; i < 2 * SIDES; i++) {
            sides[i] = (side){&all, i};
            (void)par_pool_spawn(pool, send_or_receive_task, &sides[i]);
        }
        par_pool_destroy(pool);
        problem = judge_box(&all, SIDES);
        if (problem != NULL)
            return wrong("%s (pool of %zu)", problem, threads);
    }
    return NULL;
}
