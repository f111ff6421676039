/* SPDX-License-Identifier: MIT */
/* scope_lock_threads.c - a lock held across a scope, into which others spawn while its end is
 * waited for. */
#include "support.h"

#include <par/scope.h>

typedef struct locked {
    par_pool *pool;
    pthread_mutex_t lock;
    par_scope *scope;
    atomic_size_t begun;
    atomic_size_t spawned;
    atomic_size_t runs;
    atomic_size_t locked;
} locked;

static void take_lock(void *arg)
{
    locked *all = arg;
    pthread_mutex_lock(&all->lock);
    pthread_mutex_unlock(&all->lock);
    atomic_fetch_add(&all->locked, 1);
}

static void stay_until_spawned(par_scope *scope, void *arg)
{
    (void)scope;
    locked *all = arg;
    atomic_fetch_add(&all->begun, 1);
    await_count(&all->spawned, 1);
}

static void count_run(par_scope *scope, void *arg)
{
    (void)scope;
    atomic_fetch_add(&((locked *)arg)->runs, 1);
}

static void spawn_late(size_t number, void *arg)
{
    (void)number;
    locked *all = arg;
    await_count(&all->begun, 1);
    yield_times(2000); /* in which whoever waits for the scope goes to sleep */
    (void)par_scope_spawn(all->scope, count_run, all);
    atomic_store(&all->spawned, 1);
}

enum { LOCKERS = 50 };

static void spawn_stayer(par_scope *scope, void *arg)
{
    locked *all = arg;
    all->scope = scope;
    (void)par_scope_spawn(scope, stay_until_spawned, all);
    await_count(&all->begun, 1);
    for (size_t i = 0; i < LOCKERS; i++)
        (void)par_pool_spawn(all->pool, take_lock, all);
}

static void hold_lock(void *arg)
{
    locked *all = arg;
    pthread_mutex_lock(&all->lock);
    (void)par_scope_run(spawn_stayer, all);
    pthread_mutex_unlock(&all->lock);
}

/* All other threads stand at a lock that the waiting thread holds when the scope gets another task:
 * it has to run that itself. */
static const char *scope_lock_is_safe_when_another_thread_spawns(void)
{
    static const size_t sizes[] = {2, 3, 8};
    for (size_t i = 0; i < 3 * scaled(10); i++) {
        const char *problem = NULL;
        locked all = {.pool = pool_of(sizes[i % 3], &problem)};
        if (all.pool == NULL)
            return problem;
        pthread_mutex_init(&all.lock, NULL);
        static crowd spawner;
        crowd_start(&spawner, 1, spawn_late, &all);
        (void)on_worker(all.pool, hold_lock, &all);
        crowd_end(&spawner);
        par_pool_destroy(all.pool);
        pthread_mutex_destroy(&all.lock);
        if (atomic_load(&all.runs) != 1 || atomic_load(&all.locked) != LOCKERS)
            return wrong("the late task ran %zu times, %zu of %d others ran",
                         atomic_load(&all.runs), atomic_load(&all.locked), LOCKERS);
    }
    return NULL;
}

#define SCOPE_LOCK_CHECKS(X) X(scope_lock, is_safe_when_another_thread_spawns)

const check checks[] = {SCOPE_LOCK_CHECKS(CHECK_ROW){NULL, NULL}};
