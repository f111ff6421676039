/* SPDX-License-Identifier: MIT */
/* plain_threads.c - see plain_threads.h.
 *
 * T1  All threads and the caller meet at `gate` before a turn and at `end` after it; fn and arg are
 *     written by the caller between the end of a turn and the next gate.
 * T2  A turn without fn is the last. */
#include "micro/plain_threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

typedef struct plain_thread {
    pthread_t handle;
    size_t index;
    micro_plain_threads *all;
} plain_thread;

struct micro_plain_threads {
    pthread_barrier_t gate;
    pthread_barrier_t end;
    micro_slice_fn *fn;
    void *arg;
    size_t n;
    plain_thread threads[];
};

static void *work(void *arg)
{
    const plain_thread *const self = arg;
    for (;;) {
        pthread_barrier_wait(&self->all->gate);
        if (self->all->fn == NULL)
            return NULL;
        self->all->fn(self->index, self->all->n, self->all->arg);
        pthread_barrier_wait(&self->all->end);
    }
}

/* The processor that is number `index` of those in the set. */
static size_t cpu_of(const cpu_set_t *allowed, size_t index)
{
    size_t cpu = 0;
    for (size_t seen = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, allowed) && seen++ == index)
            break;
    return cpu;
}

static int start(plain_thread *thread, const cpu_set_t *allowed)
{
    pthread_attr_t attributes;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu_of(allowed, thread->index), &one);
    if (pthread_attr_init(&attributes) != 0)
        return -1;
    int error = pthread_attr_setaffinity_np(&attributes, sizeof one, &one);
    if (error == 0)
        error = pthread_create(&thread->handle, &attributes, work, thread);
    pthread_attr_destroy(&attributes);
    return error;
}

static void destroy_barriers(micro_plain_threads *threads)
{
    pthread_barrier_destroy(&threads->gate);
    pthread_barrier_destroy(&threads->end);
}

micro_plain_threads *micro_plain_threads_create(void)
{
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return NULL;
    const size_t n = (size_t)CPU_COUNT(&allowed);
    micro_plain_threads *const threads = calloc(1, sizeof *threads + n * sizeof(plain_thread));
    if (threads == NULL)
        return NULL;
    threads->n = n;
    pthread_barrier_init(&threads->gate, NULL, (unsigned)n + 1);
    pthread_barrier_init(&threads->end, NULL, (unsigned)n + 1);
    for (size_t i = 0; i < n; i++) {
        threads->threads[i].index = i;
        threads->threads[i].all = threads;
        /* Those already started wait at a gate that will never open: there is nothing to be
         * measured any more, and the process ends soon. */
        if (start(&threads->threads[i], &allowed) != 0)
            return NULL;
    }
    return threads;
}

void micro_plain_threads_destroy(micro_plain_threads *threads)
{
    if (threads == NULL)
        return;
    threads->fn = NULL;
    pthread_barrier_wait(&threads->gate);
    for (size_t i = 0; i < threads->n; i++)
        pthread_join(threads->threads[i].handle, NULL);
    destroy_barriers(threads);
    free(threads);
}

size_t micro_plain_threads_count(const micro_plain_threads *threads)
{
    return threads->n;
}

void micro_plain_threads_run(micro_plain_threads *threads, micro_slice_fn *fn, void *arg)
{
    threads->fn = fn;
    threads->arg = arg;
    pthread_barrier_wait(&threads->gate);
    pthread_barrier_wait(&threads->end);
}
