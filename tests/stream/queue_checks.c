/* SPDX-License-Identifier: MIT */
#include "stream/queue_checks.h"
#include "stream/queue_gate.h"

/* ---- all of them ---- */

enum { PUSHERS = 4 };

typedef struct flood {
    par_queue *queue;
    size_t each;
    atomic_size_t *runs; /* one for each task */
    atomic_size_t failed;
} flood;

static void push_flood(size_t number, void *arg)
{
    flood *all = arg;
    for (size_t i = 0; i < all->each; i++) {
        if (par_queue_push(all->queue, count_up, &all->runs[number * all->each + i]) != 0)
            atomic_fetch_add(&all->failed, 1);
    }
}

static const char *flood_queue(size_t threads, size_t capacity)
{
    const size_t each = scaled(5000);
    flood all = {queue_of(threads, capacity), each, calloc(PUSHERS * each, sizeof *all.runs), 0};
    if (all.runs == NULL)
        return wrong("no memory");
    crowd_run(PUSHERS, push_flood, &all);
    const int end = par_queue_destroy(all.queue);
    const char *problem = NULL;
    for (size_t i = 0; i < PUSHERS * each; i++) {
        if (atomic_load(&all.runs[i]) != 1)
            problem = wrong("task %zu ran %zu times", i, atomic_load(&all.runs[i]));
    }
    free(all.runs);
    if (problem == NULL && (end != 0 || atomic_load(&all.failed) != 0))
        problem = wrong("destroy %d, %zu pushes failed", end, atomic_load(&all.failed));
    return problem;
}

const char *queue_runs_every_task_once(void)
{
    const char *problem = flood_queue(1, 1);
    for (size_t threads = 1; threads <= 5 && problem == NULL; threads += 2)
        problem = flood_queue(threads, 1 + threads * threads);
    return problem;
}

typedef struct sequence {
    size_t next;
    size_t mistakes;
} sequence;

typedef struct place {
    sequence *of;
    size_t number;
} place;

static int take_place(void *arg)
{
    const place *self = arg;
    self->of->mistakes += self->of->next++ != self->number;
    return 0;
}

/* With one thread. What it does has happened for who has drained, and destroyed. */
const char *queue_runs_them_in_order(void)
{
    enum { TASKS = 1000 };
    static place places[TASKS];
    sequence all = {0, 0};
    par_queue *queue = queue_of(1, 7);
    for (size_t i = 0; i < TASKS; i++) {
        places[i] = (place){&all, i};
        (void)par_queue_push(queue, take_place, &places[i]);
        if (i % 100 == 99 && (par_queue_drain(queue, PAR_FOREVER, NULL) != 0 || all.next != i + 1))
            return wrong("drained %zu of %zu", all.next, i + 1);
    }
    (void)par_queue_destroy(queue);
    return all.next == TASKS && all.mistakes == 0 ? NULL : wrong("%zu out of order", all.mistakes);
}

/* ---- room ---- */

const char *queue_holds_as_many_as_it_says(void)
{
    for (size_t capacity = 1; capacity < 6; capacity++) {
        gate all;
        atomic_size_t runs = 0;
        par_queue *queue = queue_at_gate(&all, 2, capacity);
        size_t held = 0;
        int rc;
        while ((rc = par_queue_try_push(queue, count_up, &runs)) == 0)
            held++;
        const size_t early = atomic_load(&runs);
        open_gate(&all, 2);
        (void)par_queue_destroy(queue);
        if (held != capacity || rc != EAGAIN || early != 0 || atomic_load(&runs) != capacity)
            return wrong("%zu of %zu held, then %d; %zu ran", held, capacity, rc,
                         atomic_load(&runs));
    }
    return NULL;
}

static void cancel_soon(size_t number, void *arg)
{
    (void)number;
    yield_times(20);
    par_cancel(arg);
}

const char *queue_gives_up_waiting_for_room(void)
{
    gate all;
    atomic_size_t runs = 0;
    par_queue *queue = queue_at_gate(&all, 1, 1);
    (void)par_queue_push(queue, count_up, &runs);
    const char *problem = NULL;
    for (size_t i = 0; i < scaled(100) && problem == NULL; i++) {
        static crowd helper;
        par_group group = PAR_GROUP_INIT;
        const int past = par_queue_push_until(queue, count_up, &runs, PAR_NO_WAIT, NULL);
        const int soon = par_queue_push_until(queue, count_up, &runs, par_in(PAR_US(100)), &group);
        crowd_start(&helper, 1, cancel_soon, &group);
        const int canceled = par_queue_push_until(queue, count_up, &runs, PAR_FOREVER, &group);
        const int drained = par_queue_drain(queue, PAR_FOREVER, &group);
        crowd_end(&helper);
        if (past != ETIMEDOUT || soon != ETIMEDOUT || canceled != ECANCELED || drained != ECANCELED)
            problem =
                wrong("past %d, soon %d, canceled %d, drained %d", past, soon, canceled, drained);
    }
    const int drain = par_queue_drain(queue, PAR_NO_WAIT, NULL);
    open_gate(&all, 1);
    (void)par_queue_destroy(queue);
    if (problem == NULL && (drain != ETIMEDOUT || atomic_load(&runs) != 1))
        problem = wrong("drain %d, %zu ran", drain, atomic_load(&runs));
    return problem;
}
