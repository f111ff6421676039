/* SPDX-License-Identifier: MIT */
/* loop_seen_checks.c - who sees by par_canceled that a loop has been stopped: all that runs within
 * it, on whatever thread, and nobody else. */
#include "scope/loop_stop_checks.h"

#include <par/join.h>
#include <par/loop.h>
#include <par/scope.h>

/* ---- a side of a join that another thread took ---- */

typedef struct split {
    par_group group;
    atomic_size_t begun;
    atomic_size_t early; /* was canceled before anybody asked */
} split;

static void cancel_after_theft(void *arg)
{
    split *both = arg;
    await_count(&both->begun, 1);
    par_cancel(&both->group);
}

static void see_on_thief(void *arg)
{
    split *both = arg;
    if (par_canceled())
        atomic_fetch_add(&both->early, 1);
    atomic_fetch_add(&both->begun, 1);
    while (!par_canceled())
        sched_yield();
}

static int split_piece(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    par_join(cancel_after_theft, arg, see_on_thief, arg);
    return 0;
}

static void ask_here(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    if (par_canceled())
        atomic_fetch_add((atomic_size_t *)arg, 1);
}

static const char *see_stolen(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(100); i++) {
        split both = {.group = PAR_GROUP_INIT};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.group = &both.group;
        options.grain = 1;
        const int rc = par_try_for(0, 1, split_piece, &both, &options);
        if (rc != ECANCELED || atomic_load(&both.early) != 0)
            return wrong("code %d; %zu were canceled too early", rc, atomic_load(&both.early));
        atomic_size_t late = 0;
        par_for_grain(0, 20, 1, ask_here, &late);
        if (atomic_load(&late) != 0)
            return wrong("%zu pieces of the next loop are canceled", atomic_load(&late));
    }
    return NULL;
}

const char *loop_stop_is_seen_in_stolen_sides(void)
{
    return in_pools_from(2, see_stolen, NULL);
}

/* ---- everything below ---- */

typedef struct tower {
    par_group group;
    atomic_size_t reached; /* the innermost task runs */
    atomic_size_t unseen;
} tower;

static void see_in_task(par_scope *scope, void *arg)
{
    (void)scope;
    tower *all = arg;
    atomic_fetch_add(&all->reached, 1);
    while (!par_canceled())
        sched_yield();
}

static void spawn_seers(par_scope *scope, void *arg)
{
    par_scope_spawn(scope, see_in_task, arg);
    par_scope_spawn(scope, see_in_task, arg);
}

static void open_scope_below(void *arg)
{
    tower *all = arg;
    par_scope_run(spawn_seers, all);
    if (!par_canceled())
        atomic_fetch_add(&all->unseen, 1);
}

static int join_below(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    par_join(open_scope_below, arg, open_scope_below, arg);
    return 0;
}

static void loop_below(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    par_try_for(0, 3, join_below, arg, NULL);
}

static int start_tower(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    par_for_grain(0, 2, 1, loop_below, arg);
    return 0;
}

static void cancel_tower(size_t number, void *arg)
{
    (void)number;
    tower *all = arg;
    await_count(&all->reached, 1);
    par_cancel(&all->group);
}

/* A loop in a join in a loop in a loop in the loop that is canceled. */
static const char *see_below(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(30); i++) {
        tower all = {.group = PAR_GROUP_INIT};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.group = &all.group;
        static crowd canceler;
        crowd_start(&canceler, 1, cancel_tower, &all);
        const int rc = par_try_for(0, 4, start_tower, &all, &options);
        crowd_end(&canceler);
        if (rc != ECANCELED || atomic_load(&all.unseen) != 0)
            return wrong("code %d; %zu did not see the end", rc, atomic_load(&all.unseen));
    }
    return NULL;
}

const char *loop_stop_is_seen_below(void)
{
    return in_every_pool(see_below, NULL);
}

/* ---- not above, not beside ---- */

typedef struct siblings {
    atomic_size_t seen_above;
    atomic_size_t wrong_codes;
} siblings;

static int fail_with_three(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    (void)arg;
    return 3;
}

static int stop_inner(size_t begin, size_t end, void *arg)
{
    siblings *all = arg;
    for (size_t i = begin; i < end; i++) {
        par_group group = PAR_GROUP_INIT;
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.group = &group;
        if (par_try_for(0, 5, fail_with_three, NULL, &options) != 3)
            atomic_fetch_add(&all->wrong_codes, 1);
        par_cancel(&group);
        if (par_try_for(0, 5, fail_with_three, NULL, &options) != ECANCELED)
            atomic_fetch_add(&all->wrong_codes, 1);
        if (par_canceled())
            atomic_fetch_add(&all->seen_above, 1);
    }
    return 0;
}

static const char *see_above(void *arg)
{
    (void)arg;
    if (par_canceled())
        return wrong("canceled outside of all loops");
    siblings all = {0, 0};
    const int rc = par_try_for(0, 200, stop_inner, &all, NULL);
    if (rc != 0 || atomic_load(&all.wrong_codes) != 0 || atomic_load(&all.seen_above) != 0)
        return wrong("code %d; %zu inner loops returned another code than theirs; %zu outer "
                     "pieces were canceled by inner loops",
                     rc, atomic_load(&all.wrong_codes), atomic_load(&all.seen_above));
    return NULL;
}

const char *loop_stop_is_not_seen_above(void)
{
    return in_every_pool(see_above, NULL);
}

/* ---- tasks that outlive the loop ---- */

typedef struct survivors {
    par_scope *scope;
    par_pool *pool;
    atomic_size_t loop_ended;
    atomic_size_t canceled;
    atomic_size_t runs;
    size_t spawned;
} survivors;

static void ask_after_loop(void *arg)
{
    survivors *all = arg;
    await_count(&all->loop_ended, 1);
    if (par_canceled())
        atomic_fetch_add(&all->canceled, 1);
    atomic_fetch_add(&all->runs, 1);
}

static void ask_after_loop_in_scope(par_scope *scope, void *arg)
{
    (void)scope;
    ask_after_loop(arg);
}

static int spawn_survivors(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    survivors *all = arg;
    if (par_scope_spawn(all->scope, ask_after_loop_in_scope, all) == 0)
        all->spawned++;
    if (all->pool != NULL && par_pool_spawn(all->pool, ask_after_loop, all) == 0)
        all->spawned++;
    return 3;
}

/* Overwrites the part of the stack in which the loop's own state stood. */
static __attribute__((noinline)) unsigned char scribble(size_t n)
{
    volatile unsigned char bytes[8192];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = 0xa5;
    return bytes[n % sizeof bytes];
}

static void loop_then_survivors(par_scope *scope, void *arg)
{
    survivors *all = arg;
    all->scope = scope;
    if (par_try_for(0, 1, spawn_survivors, all, NULL) != 3)
        atomic_fetch_add(&all->canceled, 1);
    if (scribble(all->spawned) == 0xa5)
        atomic_store(&all->loop_ended, 1);
}

static const char *outlive_loop(void *arg)
{
    survivors all = {.pool = arg};
    par_scope_run(loop_then_survivors, &all);
    await_count(&all.runs, all.spawned);
    if (all.spawned == 0 || atomic_load(&all.canceled) != 0)
        return wrong("%zu tasks, %zu canceled by a loop that has ended", all.spawned,
                     atomic_load(&all.canceled));
    return NULL;
}

const char *loop_stop_is_not_seen_by_tasks_that_outlive_the_loop(void)
{
    const char *problem = in_every_pool(outlive_loop, NULL);
    static const size_t sizes[] = {2, 8};
    for (size_t i = 0; i < 2 * scaled(20) && problem == NULL; i++) {
        par_pool *pool = pool_of(sizes[i % 2], &problem);
        if (pool == NULL)
            break;
        inside_call call = {.fn = outlive_loop, .arg = pool};
        par_pool_run(pool, inside_task, &call);
        par_pool_destroy(pool);
        problem = call.result;
    }
    return problem;
}
