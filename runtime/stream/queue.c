/* SPDX-License-Identifier: MIT */
/* queue.c - a few threads that do what is put into a bounded queue.
 *
 * Q1  `lock` guards everything but what is constant once the queue is made. It is held for a few
 *     lines at a time, never while somebody waits or a task runs.
 * Q2  Who puts a task in calls one of those who wait for tasks; who takes one out calls one of
 *     those who wait for room. Whoever is called looks again, and waits again if somebody was
 *     faster.
 * Q3  A task runs from when it is taken out until it is counted out of `running`, under one hold of
 *     the lock each: so `count` and `running` both 0 means that all have ended. */
#include <par/queue.h>

#include "base/memory.h"
#include "stream/thread.h"
#include "stream/waitlist.h"

#include <errno.h>
#include <stdint.h>

typedef struct task {
    par_try_fn *fn;
    void *arg;
} task;

struct par_queue {
    pthread_mutex_t lock;
    size_t head; /* of the oldest task */
    size_t count;
    size_t running;
    size_t stuck; /* its threads that wait for room */
    size_t failures;
    par_failure first_failure;
    bool closed;
    ws_waitlist tasks;
    ws_waitlist room;
    ws_waitlist end; /* who drains */
    task *ring;
    size_t capacity;
    size_t threads; /* from here on constant */
    par_thread **crew;
};

/* The queue whose task the thread is in. */
static __thread const par_queue *current;

/* ---- its threads ----------------------------------------------------------------------------- */

/* Under the lock. False: there will be no more. */
static bool take(par_queue *queue, task *taken)
{
    const ws_block_reason reason = {"waits for a task of queue", queue, NULL};
    while (queue->count == 0 && !queue->closed)
        (void)ws_waitlist_wait(&queue->tasks, &queue->lock, &reason, PAR_FOREVER, NULL);
    if (queue->count == 0)
        return false;
    *taken = queue->ring[queue->head];
    queue->head = queue->head + 1 == queue->capacity ? 0 : queue->head + 1;
    queue->count--;
    queue->running++;
    ws_waitlist_call_one(&queue->room);
    return true;
}

/* Under the lock. */
static void count_out(par_queue *queue, const par_failure *outcome)
{
    if (outcome->code != 0 && queue->failures++ == 0)
        queue->first_failure = *outcome;
    queue->running--;
    if (queue->running == 0 && queue->count == 0)
        ws_waitlist_call_all(&queue->end);
}

static int live(void *arg)
{
    par_queue *queue = arg;
    task taken;
    par_failure outcome;
    current = queue;
    pthread_mutex_lock(&queue->lock);
    while (take(queue, &taken)) {
        pthread_mutex_unlock(&queue->lock);
        ws_thread_call(taken.fn, taken.arg, &outcome);
        pthread_mutex_lock(&queue->lock);
        count_out(queue, &outcome);
    }
    pthread_mutex_unlock(&queue->lock);
    current = NULL;
    return 0;
}

/* ---- making and ending ----------------------------------------------------------------------- */

static void free_queue(par_queue *queue)
{
    pthread_mutex_destroy(&queue->lock);
    ws_memory_delete(queue->ring);
    ws_memory_delete(queue->crew);
    ws_memory_delete(queue);
}

static par_queue *make_queue(size_t threads, size_t capacity)
{
    if (threads > SIZE_MAX / sizeof(par_thread *) || capacity > SIZE_MAX / sizeof(task))
        return NULL;
    par_queue *queue = ws_memory_new(sizeof *queue);
    if (queue == NULL)
        return NULL;
    pthread_mutex_init(&queue->lock, NULL);
    queue->capacity = capacity;
    queue->ring = ws_memory_new(capacity * sizeof *queue->ring);
    queue->crew = ws_memory_new(threads * sizeof(par_thread *));
    if (queue->ring != NULL && queue->crew != NULL)
        return queue;
    free_queue(queue);
    return NULL;
}

/* As many as there are to be had. The last code. */
static int start_threads(par_queue *queue, const par_thread_options *options, size_t threads)
{
    int rc = 0;
    while (queue->threads < threads && rc == 0) {
        rc = par_thread_spawn(&queue->crew[queue->threads], options, live, queue);
        queue->threads += rc == 0;
    }
    return rc;
}

int par_queue_create(par_queue **out, const par_thread_options *options, size_t threads,
                     size_t capacity)
{
    if (out == NULL || threads == 0 || capacity == 0 || !ws_thread_options_valid(options))
        return EINVAL;
    par_queue *queue = make_queue(threads, capacity);
    if (queue == NULL)
        return ENOMEM;
    pthread_mutex_lock(&queue->lock); /* until it is complete */
    const int rc = start_threads(queue, options, threads);
    pthread_mutex_unlock(&queue->lock);
    if (queue->threads == 0) {
        free_queue(queue);
        return rc;
    }
    *out = queue;
    return 0;
}

int par_queue_close(par_queue *queue)
{
    if (queue == NULL)
        return EINVAL;
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    ws_waitlist_call_all(&queue->tasks);
    ws_waitlist_call_all(&queue->room);
    pthread_mutex_unlock(&queue->lock);
    return 0;
}

int par_queue_destroy(par_queue *queue)
{
    if (queue == NULL)
        return EINVAL;
    if (current == queue)
        return EDEADLK;
    (void)par_queue_close(queue);
    for (size_t i = 0; i < queue->threads; i++)
        (void)par_thread_join(queue->crew[i], NULL);
    free_queue(queue);
    return 0;
}

/* ---- putting tasks in ------------------------------------------------------------------------ */

/* Under the lock. Waits for room once. */
static int wait_for_room(par_queue *queue, par_deadline deadline, par_group *group)
{
    const ws_block_reason reason = {"waits for room in queue", queue, NULL};
    const bool own = current == queue;
    if (own && queue->stuck + 1 == queue->threads)
        return EDEADLK;
    queue->stuck += own;
    const int rc = ws_waitlist_wait(&queue->room, &queue->lock, &reason, deadline, group);
    queue->stuck -= own;
    return rc;
}

static int await_room(par_queue *queue, par_deadline deadline, par_group *group)
{
    int rc = 0;
    while (rc == 0 && !queue->closed && queue->count == queue->capacity)
        rc = wait_for_room(queue, deadline, group);
    return rc != 0 ? rc : queue->closed ? EPIPE : 0;
}

static void put(par_queue *queue, par_try_fn *fn, void *arg)
{
    const size_t to_end = queue->capacity - queue->head;
    const size_t at = queue->count < to_end ? queue->head + queue->count : queue->count - to_end;
    queue->ring[at] = (task){fn, arg};
    queue->count++;
    ws_waitlist_call_one(&queue->tasks);
}

int par_queue_push_until(par_queue *queue, par_try_fn *fn, void *arg, par_deadline deadline,
                         par_group *group)
{
    if (queue == NULL || fn == NULL)
        return EINVAL;
    pthread_mutex_lock(&queue->lock);
    const int rc = await_room(queue, deadline, group);
    if (rc == 0)
        put(queue, fn, arg);
    pthread_mutex_unlock(&queue->lock);
    return rc;
}

int par_queue_push(par_queue *queue, par_try_fn *fn, void *arg)
{
    return par_queue_push_until(queue, fn, arg, PAR_FOREVER, NULL);
}

int par_queue_try_push(par_queue *queue, par_try_fn *fn, void *arg)
{
    if (queue == NULL || fn == NULL)
        return EINVAL;
    pthread_mutex_lock(&queue->lock);
    const int rc = queue->closed ? EPIPE : queue->count == queue->capacity ? EAGAIN : 0;
    if (rc == 0)
        put(queue, fn, arg);
    pthread_mutex_unlock(&queue->lock);
    return rc;
}

/* ---- looking at it --------------------------------------------------------------------------- */

int par_queue_drain(par_queue *queue, par_deadline deadline, par_group *group)
{
    const ws_block_reason reason = {"waits for the end of queue", queue, NULL};
    if (queue == NULL)
        return EINVAL;
    if (current == queue)
        return EDEADLK;
    int rc = 0;
    pthread_mutex_lock(&queue->lock);
    /* Called means that there was such a moment, even if there is more by now. */
    if (queue->count != 0 || queue->running != 0)
        rc = ws_waitlist_wait(&queue->end, &queue->lock, &reason, deadline, group);
    pthread_mutex_unlock(&queue->lock);
    return rc;
}

size_t par_queue_failures(par_queue *queue, par_failure *first)
{
    if (queue == NULL)
        return 0;
    pthread_mutex_lock(&queue->lock);
    const size_t failures = queue->failures;
    if (first != NULL)
        *first = queue->first_failure;
    pthread_mutex_unlock(&queue->lock);
    return failures;
}

size_t par_queue_threads(const par_queue *queue)
{
    return queue == NULL ? 0 : queue->threads;
}
