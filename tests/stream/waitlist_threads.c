/* SPDX-License-Identifier: MIT */
/* waitlist_threads.c - lists of threads that wait for what a lock guards. */
#include "stream/waitlist.h"
#include "support.h"

enum { WAITERS = 8 };

static const ws_block_reason reason = {"waits for", NULL, NULL};

typedef struct scene {
    pthread_mutex_t lock;
    ws_waitlist list;
    par_deadline deadline;
    par_group group;
    size_t waiting; /* guarded, as all that follows */
    size_t called;
    size_t gave_up;
    size_t canceled;
} scene;

static void wait_once(size_t number, void *arg)
{
    scene *all = arg;
    (void)number;
    pthread_mutex_lock(&all->lock);
    all->waiting++;
    const int rc = ws_waitlist_wait(&all->list, &all->lock, &reason, all->deadline, &all->group);
    all->called += rc == 0;
    all->gave_up += rc == ETIMEDOUT;
    all->canceled += rc == ECANCELED;
    pthread_mutex_unlock(&all->lock);
}

static void scene_init(scene *all, par_deadline deadline)
{
    *all = (scene){.deadline = deadline, .group = PAR_GROUP_INIT};
    pthread_mutex_init(&all->lock, NULL);
}

/* Holds the lock when it returns. */
static void lock_when_all_wait(scene *all, size_t n)
{
    pthread_mutex_lock(&all->lock);
    while (all->waiting < n) {
        pthread_mutex_unlock(&all->lock);
        sched_yield();
        pthread_mutex_lock(&all->lock);
    }
}

static const char *waitlist_calls_each_once(void)
{
    for (size_t i = 0; i < scaled(500); i++) {
        static crowd threads;
        scene all;
        scene_init(&all, PAR_FOREVER);
        crowd_start(&threads, WAITERS, wait_once, &all);
        lock_when_all_wait(&all, WAITERS);
        const size_t early = all.called;
        for (size_t j = 0; j < WAITERS / 2; j++)
            ws_waitlist_call_one(&all.list);
        const bool half = all.list.first != NULL;
        ws_waitlist_call_all(&all.list);
        const bool none = all.list.first == NULL && all.list.last == NULL;
        ws_waitlist_call_one(&all.list);
        pthread_mutex_unlock(&all.lock);
        crowd_end(&threads);
        if (early != 0 || !half || !none || all.called != WAITERS)
            return wrong("%zu called early, %zu in all", early, all.called);
    }
    return NULL;
}

/* The deadline passes while the lock is held, and then they are called: none of them may say that
 * it gave up, because then its call would be lost. However late a thread is, the outcome is the
 * same. */
static const char *waitlist_loses_no_call_to_a_deadline(void)
{
    for (size_t i = 0; i < 20; i++) {
        static crowd threads;
        scene all;
        scene_init(&all, par_in(PAR_S(3600)));
        crowd_start(&threads, 2, wait_once, &all);
        lock_when_all_wait(&all, 2);
        all.deadline = par_in(PAR_MS(1));
        pthread_mutex_unlock(&all.lock);
        static crowd late;
        crowd_start(&late, 1, wait_once, &all);
        lock_when_all_wait(&all, 3);
        const bool is_there = all.gave_up == 0;
        while (par_now() < all.deadline + PAR_MS(5))
            sched_yield();
        ws_waitlist_call_all(&all.list);
        pthread_mutex_unlock(&all.lock);
        crowd_end(&threads);
        crowd_end(&late);
        if (all.called != (is_there ? 3 : 2) || all.called + all.gave_up != 3)
            return wrong("%zu called, %zu gave up", all.called, all.gave_up);
    }
    return NULL;
}

static const char *waitlist_lets_some_give_up(void)
{
    for (size_t i = 0; i < scaled(200); i++) {
        static crowd threads;
        scene all;
        scene_init(&all, i % 2 == 0 ? par_in(i * 1000) : PAR_FOREVER);
        crowd_start(&threads, WAITERS, wait_once, &all);
        lock_when_all_wait(&all, i % WAITERS);
        ws_waitlist_call_one(&all.list);
        pthread_mutex_unlock(&all.lock);
        if (i % 2 != 0)
            par_cancel(&all.group);
        crowd_end(&threads);
        const size_t others = i % 2 == 0 ? all.gave_up : all.canceled;
        if (all.called > 1 || all.called + others != WAITERS || all.list.first != NULL)
            return wrong("%zu called, %zu gave up", all.called, others);
    }
    return NULL;
}

#define WAITLIST_CHECKS(X)                                                                         \
    X(waitlist, calls_each_once)                                                                   \
    X(waitlist, loses_no_call_to_a_deadline)                                                       \
    X(waitlist, lets_some_give_up)

const check checks[] = {WAITLIST_CHECKS(CHECK_ROW){NULL, NULL}};
