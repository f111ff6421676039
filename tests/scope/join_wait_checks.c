/* SPDX-License-Identifier: MIT */
/* join_wait_checks.c - a waiting join runs only what it forked: it is safe with a lock held, its
 * stack stays as deep as the program made it, and its core does other work meanwhile. */
#include "scope/join_wait_checks.h"

#include "kin.h"
#include <par/join.h>
#include <par/loop.h>
#include <par/scope.h>

enum { QUEUED = 40, LINGER = 200 };

/* One join whose b is taken by another thread and kept there until `released` tasks of other
 * origin have begun. */
typedef struct scene {
    par_pool *pool;
    kin join;
    kin b;
    atomic_size_t b_begun;
    atomic_size_t strangers_begun;
    size_t released;
    pthread_mutex_t *lock; /* held across the join, and taken by the strangers; or NULL */
    atomic_size_t relocked;
    atomic_size_t differing; /* trees with other leaves than their serial twins */
} scene;

static void wait_for_thief(void *arg)
{
    scene *play = arg;
    await_count(&play->b_begun, 1);
}

static void keep_thief(void *arg)
{
    scene *play = arg;
    const kin *awaited = kin_begin(&play->b);
    atomic_fetch_add(&play->b_begun, 1);
    await_count(&play->strangers_begun, play->released);
    yield_times(LINGER);
    kin_end(awaited);
}

static void run_stranger(void *arg)
{
    scene *play = arg;
    const kin stranger = {NULL, false};
    const kin *awaited = kin_begin(&stranger);
    atomic_fetch_add(&play->strangers_begun, 1);
    if (play->lock != NULL) {
        /* An error-checking mutex tells a thread that holds it already. */
        if (pthread_mutex_lock(play->lock) == 0)
            pthread_mutex_unlock(play->lock);
        else
            atomic_fetch_add(&play->relocked, 1);
    }
    sched_yield();
    kin_end(awaited);
}

static void wait_in_join(void *arg)
{
    scene *play = arg;
    if (play->lock != NULL)
        pthread_mutex_lock(play->lock);
    kin_awaited = &play->join;
    par_join(wait_for_thief, play, keep_thief, play);
    kin_awaited = NULL;
    if (play->lock != NULL)
        pthread_mutex_unlock(play->lock);
}

static void wait_as_guest(size_t number, void *arg)
{
    (void)number;
    scene *play = arg;
    par_pool_run(play->pool, wait_in_join, play);
}

static void wait_on_worker(size_t number, void *arg)
{
    (void)number;
    scene *play = arg;
    on_worker(play->pool, wait_in_join, play);
}

/* Plays the scene while tasks of other origin are spawned into the pool. */
static const char *play_queued(size_t threads, size_t released, pthread_mutex_t *lock,
                               crowd_fn *actor_fn)
{
    const char *problem = NULL;
    scene play = {.released = released, .lock = lock};
    play.b.parent = &play.join;
    play.pool = pool_of(threads, &problem);
    if (play.pool == NULL)
        return problem;
    static crowd actor;
    crowd_start(&actor, 1, actor_fn, &play);
    await_count(&play.b_begun, 1);
    int rc = 0;
    for (size_t i = 0; i < QUEUED && rc == 0; i++)
        rc = par_pool_spawn(play.pool, run_stranger, &play);
    crowd_end(&actor);
    par_pool_destroy(play.pool);
    if (rc != 0 || atomic_load(&play.strangers_begun) != QUEUED)
        return wrong("spawn said %d; %zu of %d tasks ran", rc, atomic_load(&play.strangers_begun),
                     QUEUED);
    if (atomic_load(&play.relocked) > 0)
        return wrong("%zu tasks ran on the thread that holds their lock across a join",
                     atomic_load(&play.relocked));
    return NULL;
}

static const char *no_strangers(void)
{
    const size_t seen = atomic_exchange(&kin_strangers, 0);
    return seen == 0 ? NULL : wrong("%zu tasks ran below a join they do not descend from", seen);
}

const char *join_wait_runs_no_queued_stranger(void)
{
    static const size_t sizes[] = {3, 8, 33};
    static crowd_fn *const actors[] = {wait_as_guest, wait_on_worker};
    for (size_t i = 0; i < 3 * scaled(20); i++) {
        const char *problem = play_queued(sizes[i % 3], QUEUED, NULL, actors[i % 2]);
        if (problem == NULL)
            problem = no_strangers();
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* ---- forks of another call in the same pool ---- */

static void fork_strangers(void *arg)
{
    scene *play = arg;
    while (atomic_load(&play->strangers_begun) < play->released)
        par_join(run_stranger, play, run_stranger, play);
}

static void one_stranger(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        run_stranger(arg);
}

static void loop_strangers(void *arg)
{
    par_for_grain(0, QUEUED, 1, one_stranger, arg);
}

static const char *play_forked(size_t threads, par_fn *strangers)
{
    const char *problem = NULL;
    scene play = {.released = QUEUED};
    play.b.parent = &play.join;
    play.pool = pool_of(threads, &problem);
    if (play.pool == NULL)
        return problem;
    static crowd actor;
    crowd_start(&actor, 1, wait_as_guest, &play);
    await_count(&play.b_begun, 1);
    par_pool_run(play.pool, strangers, &play);
    crowd_end(&actor);
    par_pool_destroy(play.pool);
    return no_strangers();
}

const char *join_wait_runs_no_forked_stranger(void)
{
    static const size_t sizes[] = {2, 3, 8};
    for (size_t i = 0; i < 3 * scaled(20); i++) {
        const char *problem = play_forked(sizes[i % 3], fork_strangers);
        if (problem == NULL)
            problem = play_forked(sizes[i % 3], loop_strangers);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* ---- random trees ---- */

typedef struct branch {
    kin kin;
    uint64_t seed;
    size_t depth;
    size_t leaves; /* the result */
} branch;

static void grow_branch(void *arg)
{
    branch *self = arg;
    const kin *awaited = kin_begin(&self->kin);
    uint64_t random = self->seed;
    self->leaves = 1;
    yield_times(random_below(&random, 3));
    if (self->depth > 0 && random_below(&random, 8) > 0) {
        kin region = {&self->kin, false};
        branch left = {{&region, false}, random_next(&random), self->depth - 1, 0};
        branch right = {{&region, false}, random_next(&random), self->depth - 1, 0};
        kin_awaited = &region;
        par_join(grow_branch, &left, grow_branch, &right);
        kin_awaited = NULL;
        self->leaves = left.leaves + right.leaves;
    }
    kin_end(awaited);
}

static size_t count_leaves(uint64_t seed, size_t depth)
{
    uint64_t random = seed;
    (void)random_below(&random, 3);
    if (depth == 0 || random_below(&random, 8) == 0)
        return 1;
    const size_t left = count_leaves(random_next(&random), depth - 1);
    return left + count_leaves(random_next(&random), depth - 1);
}

static void grow_trees(size_t number, void *arg)
{
    atomic_size_t *differing = arg;
    for (size_t i = 0; i < scaled(20); i++) {
        const uint64_t seed = number * 1000 + i;
        branch root = {{NULL, false}, seed, 9, 0};
        grow_branch(&root);
        if (root.leaves != count_leaves(seed, 9))
            atomic_fetch_add(differing, 1);
    }
}

static void grow_trees_in_pool(void *arg)
{
    grow_trees(99, arg);
}

static void grow_trees_from_outside(size_t number, void *arg)
{
    scene *play = arg;
    if (number % 2 == 0)
        par_pool_run(play->pool, grow_trees_in_pool, &play->differing);
    else
        grow_trees(number, &play->differing);
}

/* Several callers at once in a pool that is larger than the machine, and in the default pool. */
const char *join_wait_runs_no_stranger_in_random_trees(void)
{
    const char *problem = NULL;
    scene play = {.released = 0};
    play.pool = pool_of(8, &problem);
    if (play.pool == NULL)
        return problem;
    crowd_run(6, grow_trees_from_outside, &play);
    par_pool_destroy(play.pool);
    if (atomic_load(&play.differing) > 0)
        return wrong("%zu trees have the wrong number of leaves", atomic_load(&play.differing));
    return no_strangers();
}

/* ---- locks ---- */

static void make_checking(pthread_mutex_t *lock)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

const char *join_wait_keeps_a_lock_safe(void)
{
    pthread_mutex_t lock;
    make_checking(&lock);
    const char *problem = NULL;
    for (size_t i = 0; i < scaled(50) && problem == NULL; i++) {
        problem = play_queued(3, 1, &lock, i % 2 == 0 ? wait_as_guest : wait_on_worker);
        if (problem == NULL)
            problem = no_strangers();
    }
    pthread_mutex_destroy(&lock);
    return problem;
}

/* Each thread holds its own lock, every other one also the common lock, across joins, loops and
 * scopes; spawned tasks take the common lock. Nobody holds one lock while waiting for another of
 * the same kind, so this ends if waiting calls run nothing foreign, and may not if they do. */
enum { LOCKERS = 64 };

typedef struct locks {
    pthread_mutex_t common;
    pthread_mutex_t own[LOCKERS];
    atomic_size_t relocked;
    atomic_size_t spawned;
    atomic_size_t finished;
    atomic_size_t work;
} locks;

static void take(locks *all, pthread_mutex_t *lock, bool release)
{
    const int rc = release ? pthread_mutex_unlock(lock) : pthread_mutex_lock(lock);
    if (rc != 0)
        atomic_fetch_add(&all->relocked, 1);
}

static void take_common_lock(void *arg)
{
    locks *all = arg;
    if (pthread_mutex_lock(&all->common) == 0)
        pthread_mutex_unlock(&all->common);
    else
        atomic_fetch_add(&all->relocked, 1);
    atomic_fetch_add(&all->finished, 1);
}

static void work_a_little(void *arg)
{
    locks *all = arg;
    sched_yield();
    atomic_fetch_add(&all->work, 1);
}

static void work_through(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        work_a_little(arg);
}

static void work_in_scope(par_scope *scope, void *arg)
{
    (void)scope;
    work_a_little(arg);
}

static void open_scope(par_scope *scope, void *arg)
{
    par_scope_spawn(scope, work_in_scope, arg);
    par_scope_spawn(scope, work_in_scope, arg);
}

/* Four pieces of work, by one of the three verbs. */
static void wait_with_locks(size_t round, locks *all)
{
    if (round % 3 == 0)
        par_for_grain(0, 4, 1, work_through, all);
    for (size_t i = 0; i < 2 && round % 3 == 1; i++)
        par_join(work_a_little, all, work_a_little, all);
    for (size_t i = 0; i < 2 && round % 3 == 2; i++)
        par_scope_run(open_scope, all);
}

static void hold_locks(size_t number, void *arg)
{
    locks *all = arg;
    for (size_t round = 0; round < scaled(30); round++) {
        if (par_pool_spawn(NULL, take_common_lock, all) == 0)
            atomic_fetch_add(&all->spawned, 1);
        take(all, &all->own[number], false);
        if (number % 2 == 0)
            take(all, &all->common, false);
        wait_with_locks(round, all);
        if (number % 2 == 0)
            take(all, &all->common, true);
        take(all, &all->own[number], true);
    }
}

const char *join_wait_keeps_locks_of_many_threads_safe(void)
{
    static locks all;
    make_checking(&all.common);
    for (size_t i = 0; i < LOCKERS; i++)
        make_checking(&all.own[i]);
    crowd_run(LOCKERS, hold_locks, &all);
    await_count(&all.finished, atomic_load(&all.spawned));
    const size_t expected = LOCKERS * scaled(30) * 4;
    if (atomic_load(&all.relocked) > 0)
        return wrong("%zu times a thread met a lock of its own", atomic_load(&all.relocked));
    if (atomic_load(&all.work) != expected || atomic_load(&all.spawned) == 0)
        return wrong("%zu of %zu pieces of work ran, %zu tasks", atomic_load(&all.work), expected,
                     atomic_load(&all.spawned));
    return NULL;
}

/* ---- lending ---- */

/* In a pool of two, one thread waits in a join and the other is kept in its b until tasks of other
 * origin have run: somebody must run them on the core that the waiting thread handed on. */
const char *join_wait_lends_its_core(void)
{
    for (size_t i = 0; i < scaled(20); i++) {
        const char *problem = play_queued(2, QUEUED, NULL, wait_on_worker);
        if (problem == NULL)
            problem = no_strangers();
        if (problem != NULL)
            return problem;
    }
    return NULL;
}
