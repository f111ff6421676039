/* SPDX-License-Identifier: MIT */
/* scope_kin_checks.c - a scope that waits runs only its own tasks and what they forked, also when
 * they spawn into the scopes around them. */
#include "scope/scope_checks.h"

#include "kin.h"
#include <par/scope.h>

typedef struct region {
    kin kin;
    par_scope *scope;
    const struct region *outer; /* NULL: the outermost */
    size_t depth;
} region;

typedef struct member {
    kin kin;
    const region *home; /* the scope it was spawned into */
    bool leaf;
} member;

static void be_member(par_scope *scope, void *arg);

static void spawn_member(const region *into, bool leaf)
{
    const member child = {{&into->kin, false}, into, leaf};
    (void)par_scope_spawn_copy(into->scope, be_member, &child, sizeof child);
}

static void open_region(par_scope *scope, void *arg)
{
    region *self = arg;
    const kin body = {&self->kin, false};
    const kin *awaited = kin_begin(&body);
    self->scope = scope;
    for (size_t i = 0; i < 3; i++)
        spawn_member(self, false);
    if (self->outer != NULL)
        spawn_member(self->outer, true);
    kin_end(awaited);
}

static void enter_region(const kin *parent, const region *around, size_t depth)
{
    region inner = {{parent, false}, NULL, around, depth};
    kin_awaited = &inner.kin;
    par_scope_run(open_region, &inner);
    kin_awaited = NULL;
}

static void be_member(par_scope *scope, void *arg)
{
    (void)scope;
    const member *self = arg;
    const kin *awaited = kin_begin(&self->kin);
    sched_yield();
    if (!self->leaf && self->home->depth > 0)
        enter_region(&self->kin, self->home, self->home->depth - 1);
    kin_end(awaited);
}

static void enter_regions(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(20); i++)
        enter_region(NULL, NULL, 2);
}

static void enter_regions_in_pool(size_t number, void *arg)
{
    (void)number;
    par_pool_run(arg, enter_regions, NULL);
}

const char *scope_nest_runs_no_stranger(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(8, &problem);
    if (pool == NULL)
        return problem;
    crowd_run(6, enter_regions_in_pool, pool);
    par_pool_destroy(pool);
    const size_t seen = atomic_exchange(&kin_strangers, 0);
    return seen == 0 ? NULL : wrong("%zu tasks ran below a scope that is not theirs", seen);
}

/* ---- a lock held across a scope ---- */

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
const char *scope_nest_wakes_for_its_own_tasks(void)
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
