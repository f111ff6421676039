/* SPDX-License-Identifier: MIT */
/* thread_failures.c - a system that gives no memory or no thread: the call says so, and nothing is
 * lost. The linker sends the library's calls through allocator.c. */
#include "allocator.h"
#include "support.h"

#include <par/queue.h>

static void give_plenty(void)
{
    allocator_restore(ALLOCATOR_THREADS);
    allocator_restore(ALLOCATOR_MEMORY);
}

/* ---- what is tried ---- */

static atomic_size_t ran;

static int run(void *arg)
{
    (void)arg;
    atomic_fetch_add(&ran, 1);
    return 0;
}

static int run_in_scope(par_thread_scope *scope, void *arg)
{
    (void)scope;
    return run(arg);
}

static int try_thread(void)
{
    par_thread *thread = NULL;
    const int rc = par_thread_spawn(&thread, NULL, run, NULL);
    give_plenty();
    if (rc == 0)
        (void)par_thread_join(thread, NULL);
    return rc != 0 && thread != NULL ? -1 : rc;
}

static int spawn_one(par_thread_scope *scope, void *arg)
{
    (void)arg;
    const int rc = par_thread_scope_spawn(scope, NULL, run_in_scope, NULL);
    give_plenty();
    return rc;
}

static int try_scope(void)
{
    return par_thread_scope_run(spawn_one, NULL);
}

static int try_background(void)
{
    par_background *background = NULL;
    const int rc = par_background_start(&background, NULL, PAR_US(1), run, NULL);
    give_plenty();
    const size_t before = atomic_load(&ran);
    while (rc == 0 && atomic_load(&ran) == before)
        sched_yield();
    if (rc == 0)
        (void)par_background_stop(background, NULL);
    return rc != 0 && background != NULL ? -1 : rc;
}

static int try_queue(void)
{
    par_queue *queue = NULL;
    const int rc = par_queue_create(&queue, NULL, 1, 3);
    give_plenty();
    if (rc == 0) {
        (void)par_queue_push(queue, run, NULL);
        (void)par_queue_destroy(queue);
    }
    return rc != 0 && queue != NULL ? -1 : rc;
}

typedef int try_fn(void);

static const struct {
    const char *name;
    try_fn *call;
} tries[] = {{"thread", try_thread},
             {"scope", try_scope},
             {"background", try_background},
             {"queue", try_queue}};

/* ---- checks ---- */

static const char *failures_say_that_there_is_no_thread(void)
{
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        const size_t before = atomic_load(&ran);
        allocator_end_after(ALLOCATOR_THREADS, 0);
        const int rc = tries[i].call();
        if (rc != EAGAIN || atomic_load(&ran) != before)
            return wrong("%s: code %d", tries[i].name, rc);
    }
    return NULL;
}

/* Each allocation fails once, until the call succeeds. */
static const char *failures_say_that_there_is_no_memory(void)
{
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        int given = 0;
        int rc = ENOMEM;
        for (; rc == ENOMEM && given < 100; given++) {
            allocator_end_after(ALLOCATOR_MEMORY, given);
            rc = tries[i].call();
        }
        if (rc != 0 || given < 2)
            return wrong("%s: code %d with %d allocations", tries[i].name, rc, given - 1);
    }
    return NULL;
}

static const char *failures_leave_a_queue_fewer_threads(void)
{
    for (int given = 1; given <= 5; given++) {
        par_queue *queue = NULL;
        allocator_end_after(ALLOCATOR_THREADS, given);
        const int rc = par_queue_create(&queue, NULL, 4, 2);
        give_plenty();
        if (rc != 0)
            return wrong("with %d threads: %d", given, rc);
        const size_t threads = par_queue_threads(queue);
        const size_t before = atomic_load(&ran);
        for (size_t i = 0; i < 100; i++)
            (void)par_queue_push(queue, run, NULL);
        (void)par_queue_destroy(queue);
        if (threads != (size_t)(given < 4 ? given : 4) || atomic_load(&ran) != before + 100)
            return wrong("with %d threads there are %zu, %zu of 100 ran", given, threads,
                         atomic_load(&ran) - before);
    }
    return NULL;
}

#define FAILURE_CHECKS(X)                                                                          \
    X(failures, say_that_there_is_no_thread)                                                       \
    X(failures, say_that_there_is_no_memory)                                                       \
    X(failures, leave_a_queue_fewer_threads)

const check checks[] = {FAILURE_CHECKS(CHECK_ROW){NULL, NULL}};
