/* SPDX-License-Identifier: MIT */
/* once_within_checks.c - a once and the tasks of its init, and tasks that wait for one. */
#include "sync/once_checks.h"

#include <par/latch.h>
#include <par/loop.h>
#include <par/scope.h>

/* ---- from within ----------------------------------------------------------------------------- */

typedef struct within {
    par_once once;
    par_once inner;
    atomic_size_t refused; /* calls that got EDEADLK */
    atomic_size_t others;
    atomic_size_t in;
    size_t forms; /* calls that were made */
} within;

static int never(void *arg)
{
    (void)arg;
    abort();
}

static void call_again(within *self)
{
    const int code = par_once_run(&self->once, never, NULL);
    const int tried = par_once_try_run(&self->once, never, NULL);
    const int until = par_once_run_until(&self->once, never, NULL, PAR_FOREVER, NULL);
    const bool all = code == EDEADLK && tried == EDEADLK && until == EDEADLK;
    atomic_fetch_add(all ? &self->refused : &self->others, 1);
}

static int call_itself(void *arg)
{
    call_again(arg);
    return 0;
}

const char *once_within_refuses_its_own_thread(void)
{
    within self = {.once = PAR_ONCE_INIT};
    const int code = par_once_run(&self.once, call_itself, &self);
    if (code != 0 || atomic_load(&self.refused) != 1)
        return wrong("%d after %zu refusals", code, atomic_load(&self.refused));
    return NULL;
}

/* Both sides run at the same time, so one of them on another thread. */
static void meet_and_call(void *arg)
{
    within *self = arg;
    meet(&self->in, 2);
    call_again(self);
}

static void call_once(void *arg)
{
    call_again(arg);
}

static void call_pieces(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        call_again(arg);
}

static int try_pieces(size_t begin, size_t end, void *arg)
{
    call_pieces(begin, end, arg);
    return 0;
}

static void call_in_scope(par_scope *scope, void *arg)
{
    (void)scope;
    call_again(arg);
}

static void spawn_calls(par_scope *scope, void *arg)
{
    for (int i = 0; i < 10; i++) {
        if (par_scope_spawn(scope, call_in_scope, arg) != 0)
            abort();
    }
}

static int fork_calls(void *arg)
{
    within *self = arg;
    par_join(call_once, self, call_once, self);
    par_for_grain(0, 10, 1, call_pieces, self);
    par_try_for(0, 10, try_pieces, self, NULL);
    par_scope_run(spawn_calls, self);
    self->forms += 32;
    return 0;
}

static int fork_calls_that_meet(void *arg)
{
    within *self = arg;
    par_join(meet_and_call, self, meet_and_call, self);
    self->forms += 2;
    return fork_calls(arg);
}

static const char *judge_refusals(par_try_fn *init)
{
    within self = {.once = PAR_ONCE_INIT};
    const int code = par_once_run(&self.once, init, &self);
    if (code != 0 || atomic_load(&self.refused) != self.forms || self.forms == 0)
        return wrong("%d after %zu of %zu refusals", code, atomic_load(&self.refused), self.forms);
    return NULL;
}

static const char *fork_inside(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = judge_refusals(fork_calls);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static const char *fork_and_meet_inside(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = judge_refusals(fork_calls_that_meet);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *once_within_refuses_tasks_of_its_init(void)
{
    const char *problem = in_every_pool(fork_inside, NULL);
    return problem != NULL ? problem : in_pools_from(2, fork_and_meet_inside, NULL);
}

/* The init runs on a thread outside of pools, and only what it forks enters one: by a join, a loop,
 * a loop that can fail, a scope. */
static void enter_by_join(within *self)
{
    par_join(meet_and_call, self, meet_and_call, self);
}

static int meet_in_pieces(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        meet_and_call(arg);
    return 0;
}

static void enter_by_loop(within *self)
{
    const par_loop_options options = {.size = sizeof options, .grain = 1};
    par_try_for(0, 2, meet_in_pieces, self, &options);
}

static void meet_in_scope(par_scope *scope, void *arg)
{
    (void)scope;
    meet_and_call(arg);
}

static void spawn_two(par_scope *scope, void *arg)
{
    if (par_scope_spawn(scope, meet_in_scope, arg) != 0)
        abort();
    meet_and_call(arg);
}

static void enter_by_scope(within *self)
{
    par_scope_run(spawn_two, self);
}

typedef struct entering {
    within within;
    void (*enter)(within *self);
} entering;

static int enter_from_init(void *arg)
{
    entering *self = arg;
    self->enter(&self->within);
    return 0;
}

const char *once_within_refuses_tasks_of_an_init_outside(void)
{
    void (*const ways[])(within *) = {enter_by_join, enter_by_loop, enter_by_scope};
    for (size_t i = 0; par_num_threads() > 1 && i < 3 * scaled(100); i++) {
        entering self = {.enter = ways[i % 3]};
        const int code = par_once_run(&self.within.once, enter_from_init, &self);
        if (code != 0 || atomic_load(&self.within.refused) != 2)
            return wrong("way %zu: %d after %zu refusals", i % 3, code,
                         atomic_load(&self.within.refused));
    }
    return NULL;
}

/* ---- others ---------------------------------------------------------------------------------- */

/* What does not descend from the init waits, even while the init's tasks are refused. */
typedef struct mixed {
    within within;
    par_latch begun;
    atomic_size_t waited;
} mixed;

static int begin_and_call(void *arg)
{
    mixed *self = arg;
    par_latch_count_down(&self->begun, 1);
    par_for_grain(0, 10, 1, call_pieces, &self->within);
    return 0;
}

static void wait_for_it(size_t begin, size_t end, void *arg)
{
    mixed *self = arg;
    for (size_t i = begin; i < end; i++)
        if (par_once_run(&self->within.once, begin_and_call, self) == 0)
            atomic_fetch_add(&self->waited, 1);
}

static const char *mix_inside(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(50); i++) {
        mixed self = {.begun = PAR_LATCH_INIT(1)};
        par_for_grain(0, 20, 1, wait_for_it, &self);
        if (atomic_load(&self.waited) != 20 || atomic_load(&self.within.refused) != 10)
            return wrong("%zu waited, %zu refused", atomic_load(&self.waited),
                         atomic_load(&self.within.refused));
    }
    return NULL;
}

const char *once_within_lets_others_wait_meanwhile(void)
{
    return in_every_pool(mix_inside, NULL);
}

static int run_inner(void *arg)
{
    within *self = arg;
    const int code = par_once_run(&self->inner, call_itself, self);
    call_again(self);
    return code;
}

const char *once_within_nests_in_another(void)
{
    within self = {.once = PAR_ONCE_INIT};
    const int code = par_once_run(&self.once, run_inner, &self);
    const bool done = par_once_is_done(&self.once) && par_once_is_done(&self.inner);
    if (code != 0 || !done || atomic_load(&self.refused) != 2)
        return wrong("%d, done %d, %zu refusals", code, done, atomic_load(&self.refused));
    return NULL;
}

static int fail(void *arg)
{
    (void)arg;
    return 9;
}

static int look_at_cancellation(size_t begin, size_t end, void *arg)
{
    par_once once = PAR_ONCE_INIT;
    (void)begin;
    (void)end;
    const bool before = par_canceled();
    par_cancel(arg);
    const int code = par_once_run(&once, fail, NULL);
    return !before && code == 9 && par_canceled() ? 0 : 3;
}

const char *once_within_leaves_the_group_as_it_was(void)
{
    par_group group = PAR_GROUP_INIT;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &group;
    const int code = par_try_for(0, 1, look_at_cancellation, &group, &options);
    return code == ECANCELED ? NULL : wrong("%d instead of ECANCELED", code);
}

/* ---- cores ----------------------------------------------------------------------------------- */

/* In a pool of one or two, two tasks wait: one in init for a third, the other for the init. So the
 * third runs on a core that they have lent. */
typedef struct lent {
    par_once once;
    par_latch begun;
    par_latch needed;
    par_latch ended;
    atomic_size_t codes;
} lent;

static int wait_for_third(void *arg)
{
    lent *self = arg;
    par_latch_count_down(&self->begun, 1);
    par_latch_wait(&self->needed);
    return 0;
}

static void run_first(void *arg)
{
    lent *self = arg;
    atomic_fetch_add(&self->codes, (size_t)par_once_run(&self->once, wait_for_third, self));
    par_latch_count_down(&self->ended, 1);
}

static void run_second(void *arg)
{
    lent *self = arg;
    par_latch_wait(&self->begun);
    atomic_fetch_add(&self->codes, (size_t)par_once_run(&self->once, never, self));
    par_latch_count_down(&self->ended, 1);
}

static void run_third(void *arg)
{
    lent *self = arg;
    par_latch_wait(&self->begun);
    par_latch_count_down(&self->needed, 1);
    par_latch_count_down(&self->ended, 1);
}

static const char *lend_in_pool(size_t threads)
{
    const char *problem = NULL;
    lent self = {PAR_ONCE_INIT, PAR_LATCH_INIT(1), PAR_LATCH_INIT(1), PAR_LATCH_INIT(3), 0};
    par_pool *pool = pool_of(threads, &problem);
    if (pool == NULL)
        return problem;
    int rc = par_pool_spawn(pool, run_second, &self);
    rc |= par_pool_spawn(pool, run_first, &self);
    rc |= par_pool_spawn(pool, run_third, &self);
    if (rc == 0)
        par_latch_wait(&self.ended);
    rc |= par_pool_destroy(pool);
    return rc == 0 && atomic_load(&self.codes) == 0 ? NULL : wrong("pool of %zu", threads);
}

const char *once_within_lends_the_core_that_init_needs(void)
{
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = lend_in_pool(1 + i % 2);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* Init's own forks run while all who could run them wait. */
static int sum_up(void *arg)
{
    mixed *self = arg;
    par_for_grain(0, 100, 1, call_pieces, &self->within);
    return 0;
}

static void use_it(size_t begin, size_t end, void *arg)
{
    mixed *self = arg;
    for (size_t i = begin; i < end; i++)
        if (par_once_run(&self->within.once, sum_up, self) == 0)
            atomic_fetch_add(&self->waited, 1);
}

static const char *use_inside(void *arg)
{
    (void)arg;
    mixed self = {.waited = 0};
    par_for_grain(0, 200, 1, use_it, &self);
    return atomic_load(&self.waited) == 200 ? NULL : wrong("%zu", atomic_load(&self.waited));
}

const char *once_within_serves_many_tasks(void)
{
    for (size_t i = 0; i < scaled(20); i++) {
        const char *problem = in_every_pool(use_inside, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}
