/* SPDX-License-Identifier: MIT */
/* queue_gate.h - queues for checks, and tasks that keep their threads until a gate opens. */
#ifndef TESTS_STREAM_QUEUE_GATE_H
#define TESTS_STREAM_QUEUE_GATE_H

#include "support.h"

#include <par/queue.h>

static inline par_queue *queue_of(size_t threads, size_t capacity)
{
    par_queue *queue = NULL;
    if (par_queue_create(&queue, NULL, threads, capacity) != 0)
        abort();
    return queue;
}

static inline void wait_on(sem_t *semaphore)
{
    while (sem_wait(semaphore) != 0)
        continue;
}

static inline int count_up(void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, 1);
    return 0;
}

typedef struct gate {
    sem_t begun;
    sem_t open;
} gate;

static inline int wait_at_gate(void *arg)
{
    gate *all = arg;
    sem_post(&all->begun);
    wait_on(&all->open);
    return 0;
}

static inline void gate_init(gate *all)
{
    sem_init(&all->begun, 0, 0);
    sem_init(&all->open, 0, 0);
}

/* All threads are at the gate, and nothing more is in the queue. */
static inline par_queue *queue_at_gate(gate *all, size_t threads, size_t capacity)
{
    gate_init(all);
    par_queue *queue = queue_of(threads, capacity);
    for (size_t i = 0; i < threads; i++) {
        (void)par_queue_push(queue, wait_at_gate, all);
        wait_on(&all->begun);
    }
    return queue;
}

static inline void open_gate(gate *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sem_post(&all->open);
}

#endif
