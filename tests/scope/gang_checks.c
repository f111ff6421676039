/* SPDX-License-Identifier: MIT */
/* gang_checks.c - members of a gang run at the same time, all or none of them. */
#include "scope/gang_checks.h"

#include <par/gang.h>
#include <par/scope.h>

enum { MOST = 24 };

typedef struct parade {
    size_t n;
    atomic_size_t calls[MOST];
    atomic_size_t present;
    size_t rounds[MOST]; /* plain: the barrier orders them */
    atomic_size_t wrong;
} parade;

/* ---- members ---- */

static void count_call(size_t index, par_gang_barrier *barrier, void *arg)
{
    parade *gang = arg;
    (void)barrier;
    atomic_fetch_add(&gang->calls[index], 1);
}

static const char *check_calls(const parade *gang, size_t expected)
{
    for (size_t i = 0; i < MOST; i++) {
        const size_t calls = atomic_load(&gang->calls[i]);
        if (calls != (i < gang->n ? expected : 0))
            return wrong("a gang of %zu called index %zu %zu times", gang->n, i, calls);
    }
    return NULL;
}

static const char *call_each(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t n = 0; n <= MOST && problem == NULL; n++) {
        parade gang = {.n = n};
        const int rc = par_gang(n, count_call, &gang);
        problem = rc != 0 ? wrong("a gang of %zu: code %d", n, rc) : check_calls(&gang, 1);
    }
    return problem;
}

const char *gang_calls_each_index_once(void)
{
    return in_every_pool(call_each, NULL);
}

/* Each member waits for all others without the barrier: only threads that run at once can. */
static void wait_for_all(size_t index, par_gang_barrier *barrier, void *arg)
{
    parade *gang = arg;
    (void)barrier;
    atomic_fetch_add(&gang->calls[index], 1);
    meet(&gang->present, gang->n);
}

static const char *be_present(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t n = 1; n <= MOST && problem == NULL; n += 5) {
        parade gang = {.n = n};
        const int rc = par_gang(n, wait_for_all, &gang);
        problem = rc != 0 ? wrong("a gang of %zu: code %d", n, rc) : check_calls(&gang, 1);
    }
    return problem;
}

const char *gang_has_all_members_at_the_same_time(void)
{
    return in_every_pool(be_present, NULL);
}

/* ---- the barrier ---- */

enum { ROUNDS = 100 };

static void march(size_t index, par_gang_barrier *barrier, void *arg)
{
    parade *gang = arg;
    for (size_t round = 1; round <= ROUNDS; round++) {
        gang->rounds[index] = round;
        par_gang_wait(barrier);
        for (size_t i = 0; i < gang->n; i++)
            atomic_fetch_add(&gang->wrong, gang->rounds[i] != round);
        par_gang_wait(barrier);
    }
}

static const char *march_together(void *arg)
{
    (void)arg;
    for (size_t n = 1; n <= 9; n += 4) {
        parade gang = {.n = n};
        const int rc = par_gang(n, march, &gang);
        if (rc != 0 || atomic_load(&gang.wrong) != 0)
            return wrong("a gang of %zu: code %d, %zu times out of step", n, rc,
                         atomic_load(&gang.wrong));
    }
    return NULL;
}

const char *gang_meets_at_its_barrier(void)
{
    return in_every_pool(march_together, NULL);
}

/* ---- all or none ---- */

static const char *ask_for_too_many(par_pool *pool, size_t n)
{
    (void)pool;
    parade gang = {.n = 0};
    const int rc = par_gang(n, count_call, &gang);
    if (rc != EAGAIN)
        return wrong("a gang of %zu where there are fewer: code %d", n, rc);
    return check_calls(&gang, 0);
}

typedef struct scene {
    par_pool *pool;
    const char *problem;
} scene;

static void ask_inside(void *arg)
{
    scene *play = arg;
    for (int i = 0; i < 20 && play->problem == NULL; i++) {
        /* Two threads and the caller: four are too many, with no spares. */
        play->problem = ask_for_too_many(play->pool, 4);
        parade gang = {.n = 1};
        if (play->problem == NULL && par_gang(1, count_call, &gang) != 0)
            play->problem = "a gang of one was refused";
    }
}

const char *gang_is_all_or_none(void)
{
    scene play = {NULL, NULL};
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 2;
    options.max_spares = 0;
    if (par_pool_create(&play.pool, &options) != 0)
        return "no pool";
    (void)par_pool_run(play.pool, ask_inside, &play);
    (void)par_pool_destroy(play.pool);
    return play.problem;
}

/* ---- busy threads ---- */

typedef struct crowd_of_tasks {
    atomic_size_t busy;
    atomic_bool release;
    const char *problem;
} crowd_of_tasks;

static void keep_busy(par_scope *scope, void *arg)
{
    crowd_of_tasks *tasks = arg;
    (void)scope;
    atomic_fetch_add(&tasks->busy, 1);
    while (!atomic_load(&tasks->release))
        sched_yield();
}

static void gang_beside(par_scope *scope, void *arg)
{
    crowd_of_tasks *tasks = arg;
    (void)par_scope_spawn(scope, keep_busy, tasks);
    await_count(&tasks->busy, 1);
    parade gang = {.n = 5};
    const int rc = par_gang(5, wait_for_all, &gang);
    tasks->problem = rc != 0 ? wrong("code %d", rc) : check_calls(&gang, 1);
    atomic_store(&tasks->release, true);
}

static void run_scope(void *arg)
{
    (void)par_scope_run(gang_beside, arg);
}

const char *gang_takes_spares_for_busy_threads(void)
{
    const char *problem = NULL;
    crowd_of_tasks tasks = {0, false, NULL};
    par_pool *pool = pool_of(2, &problem);
    if (problem != NULL)
        return problem;
    (void)par_pool_run(pool, run_scope, &tasks);
    (void)par_pool_destroy(pool);
    return tasks.problem;
}

/* ---- afterwards ---- */

static void sum_piece(par_scope *scope, void *arg)
{
    (void)scope;
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

static void spawn_many(par_scope *scope, void *arg)
{
    for (int i = 0; i < 500; i++)
        (void)par_scope_spawn(scope, sum_piece, arg);
}

static const char *use_in_turns(void *arg)
{
    (void)arg;
    for (int i = 0; i < 30; i++) {
        atomic_size_t count = 0;
        parade gang = {.n = 3};
        if (par_gang(3, wait_for_all, &gang) != 0)
            return wrong("gang %d was refused", i);
        (void)par_scope_run(spawn_many, &count);
        if (atomic_load(&count) != 500)
            return wrong("after gang %d %zu of 500 tasks ran", i, atomic_load(&count));
    }
    return NULL;
}

const char *gang_leaves_the_pool_as_it_was(void)
{
    return in_every_pool(use_in_turns, NULL);
}

const char *gang_refuses_no_function(void)
{
    return par_gang(2, NULL, NULL) == EINVAL ? NULL : "a gang without a function";
}
