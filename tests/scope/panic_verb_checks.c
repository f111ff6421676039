/* SPDX-License-Identifier: MIT */
/* panic_verb_checks.c - panics in loops, scopes, broadcasts, gangs and pools. */
#include "scope/panic_checks.h"
#include "scope/panic_steps.h"

#include <par/broadcast.h>
#include <par/gang.h>
#include <par/loop.h>

static const char *said(int code, int expected, const par_failure *failure, const char *message)
{
    if (code != expected || failure->code != expected)
        return wrong("code %d, failure %d instead of %d", code, failure->code, expected);
    return strcmp(failure->message, message) == 0 ? NULL : wrong("said '%s'", failure->message);
}

/* ---- loops ---- */

enum { ITEMS = 1000, BAD = 617 };

typedef struct loop {
    atomic_size_t begun;
    atomic_size_t ended;
    size_t grain;
    bool early; /* the first piece panics, the others wait until they are told to stop */
} loop;

static void visit(size_t begin, size_t end, void *arg)
{
    loop *all = arg;
    PAR_DEFER(count_up, &all->ended);
    atomic_fetch_add(&all->begun, 1);
    if (begin % 7 == 0)
        sched_yield();
    if (begin <= BAD && BAD < end)
        par_panic(11, "at %d", BAD);
}

static int try_visit(size_t begin, size_t end, void *arg)
{
    visit(begin, end, arg);
    return 0;
}

static void run_loop(void *arg)
{
    loop *all = arg;
    par_for_grain(0, ITEMS, all->grain, visit, arg);
    atomic_fetch_add(&all->begun, ITEMS); /* must not be reached */
}

static const char *judge_loop(loop *all)
{
    const size_t begun = atomic_load(&all->begun);
    const size_t ended = atomic_load(&all->ended);
    return begun == ended && begun > 0 && begun <= ITEMS
               ? NULL
               : wrong("%zu pieces begun, %zu ended", begun, ended);
}

static const char *catch_loop(void *arg)
{
    (void)arg;
    static const size_t grains[] = {0, 1, 10, 2000};
    for (size_t i = 0; i < sizeof grains / sizeof grains[0]; i++) {
        loop all = {.grain = grains[i]};
        par_failure failure;
        const int code = par_catch(run_loop, &all, &failure);
        const char *problem = said(code, 11, &failure, "at 617");
        if (problem == NULL)
            problem = judge_loop(&all);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *panic_verb_ends_a_loop_and_travels_on(void)
{
    for (size_t i = 0; i < scaled(10); i++) {
        const char *problem = in_every_pool(catch_loop, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static const char *try_loop(void *arg)
{
    (void)arg;
    for (int schedule = PAR_SCHEDULE_DEFAULT; schedule <= PAR_SCHEDULE_AFFINITY; schedule++) {
        loop all = {.grain = 0};
        par_failure failure;
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.failure = &failure;
        options.schedule = (par_schedule)schedule;
        options.grain = 3;
        const int code = par_try_for(0, ITEMS, try_visit, &all, &options);
        const char *problem = said(code, 11, &failure, "at 617");
        if (problem == NULL)
            problem = judge_loop(&all);
        if (problem != NULL)
            return problem;
        if (par_try_for(0, BAD, try_visit, &all, &options) != 0 || failure.code != 0)
            return "a loop without a panic has a failure";
    }
    return NULL;
}

const char *panic_verb_becomes_the_code_of_a_try_for(void)
{
    for (size_t i = 0; i < scaled(10); i++) {
        const char *problem = in_every_pool(try_loop, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static int wait_to_be_stopped(size_t begin, size_t end, void *arg)
{
    atomic_size_t *met = arg;
    (void)end;
    meet(met, 2);
    if (begin == 0)
        par_panic(12, "stop");
    while (!par_canceled())
        sched_yield();
    return 0;
}

static const char *stop_loop(void *arg)
{
    (void)arg;
    atomic_size_t met = 0;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = 1;
    const int code = par_try_for(0, 2, wait_to_be_stopped, &met, &options);
    return code == 12 ? NULL : wrong("code %d", code);
}

const char *panic_verb_stops_pieces_that_ask(void)
{
    return in_pools_from(2, stop_loop, NULL);
}

/* ---- scopes ---- */

typedef struct spree {
    atomic_size_t ran;
    bool body_panics;
} spree;

enum { TASKS = 40 };

static void leaf_task(par_scope *scope, void *arg)
{
    spree *all = arg;
    (void)scope;
    const size_t number = atomic_fetch_add(&all->ran, 1);
    if (number % 10 == 3)
        par_panic(21, "a task");
}

static void inner_task(par_scope *scope, void *arg)
{
    spree *all = arg;
    for (size_t i = 0; i < TASKS; i++)
        (void)par_scope_spawn(scope, leaf_task, arg);
    if (!all->body_panics)
        par_panic(21, "a task");
}

static void spree_body(par_scope *scope, void *arg)
{
    const spree *all = arg;
    (void)par_scope_spawn(scope, inner_task, arg);
    for (size_t i = 0; i < TASKS; i++)
        (void)par_scope_spawn(scope, leaf_task, arg);
    if (all->body_panics)
        par_panic(22, "the body");
}

static const char *run_spree(void *arg)
{
    (void)arg;
    for (int body = 0; body < 2; body++) {
        spree all = {.body_panics = body == 1};
        par_failure failure;
        const int code = par_catch_scope(spree_body, &all, &failure);
        if (atomic_load(&all.ran) != (size_t)2 * TASKS)
            return wrong("%zu tasks ran", atomic_load(&all.ran));
        if (code != failure.code || (code != 21 && code != 22))
            return wrong("code %d, failure %d", code, failure.code);
        if (failure.suppressed != 8)
            return wrong("%u suppressed", failure.suppressed);
    }
    spree all = {.body_panics = false};
    const int code = par_scope_run(spree_body, &all);
    return code == 21 ? NULL : wrong("par_scope_run returned %d", code);
}

const char *panic_verb_becomes_the_code_of_a_scope(void)
{
    for (size_t i = 0; i < scaled(20); i++) {
        const char *problem = in_every_pool(run_spree, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* ---- broadcasts and gangs ---- */

static void call_out(size_t index, void *arg)
{
    count_up(arg);
    if (index == 0)
        par_panic(31, "at %zu", index);
}

static void broadcast_all(void *arg)
{
    if (par_broadcast(call_out, arg) != 0)
        par_panic(32, "not called");
}

static const char *catch_broadcast(void *arg)
{
    (void)arg;
    atomic_size_t calls = 0;
    par_failure failure;
    const int code = par_catch(broadcast_all, &calls, &failure);
    if (atomic_load(&calls) != par_num_threads())
        return wrong("%zu calls", atomic_load(&calls));
    return said(code, 31, &failure, "at 0");
}

const char *panic_verb_travels_out_of_a_broadcast(void)
{
    const char *problem = in_pools_from(2, catch_broadcast, NULL);
    return problem;
}

enum { MEMBERS = 3 };

typedef struct band {
    size_t bad; /* the member that panics */
    size_t rounds;
    atomic_size_t ended;
    atomic_size_t passed;
} band;

static void play(size_t index, par_gang_barrier *barrier, void *arg)
{
    band *all = arg;
    PAR_DEFER(count_up, &all->ended);
    for (size_t round = 0; round < all->rounds; round++) {
        par_gang_wait(barrier);
        if (index == 0)
            count_up(&all->passed);
    }
    if (index == all->bad)
        par_panic(41, "member %zu", index);
    par_gang_wait(barrier);
    count_up(&all->passed); /* must not be reached */
}

static void gather_band(void *arg)
{
    if (par_gang(MEMBERS, play, arg) != 0)
        par_panic(42, "no gang");
}

const char *panic_verb_breaks_a_gang(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(MEMBERS, &problem);
    for (size_t i = 0; i < scaled(100) && problem == NULL; i++) {
        band all = {.bad = i % MEMBERS, .rounds = i % 4};
        par_failure failure;
        int code = 42;
        while (code == 42) { /* the members of the last one may not be asleep again */
            atomic_store(&all.ended, 0);
            code = par_catch(gather_band, &all, &failure);
        }
        const char *const texts[] = {"member 0", "member 1", "member 2"};
        problem = said(code, 41, &failure, texts[all.bad]);
        if (problem == NULL && (atomic_load(&all.ended) != MEMBERS ||
                                atomic_load(&all.passed) != all.rounds || failure.suppressed != 2))
            problem = wrong("%zu members ended, %zu passed, %u suppressed", atomic_load(&all.ended),
                            atomic_load(&all.passed), failure.suppressed);
    }
    par_pool_destroy(pool);
    return problem;
}

/* ---- pools ---- */

typedef struct nest {
    par_pool *inner;
    par_pool *outer;
    atomic_size_t runs;
    size_t depth;
    atomic_size_t wrong_pool;
} nest;

static void go_in(void *arg);

static void go_out(void *arg)
{
    nest *all = arg;
    PAR_DEFER(count_up, &all->runs);
    par_pool_run(all->depth % 2 == 0 ? all->inner : all->outer, go_in, arg);
}

static void go_in(void *arg)
{
    nest *all = arg;
    PAR_DEFER(count_up, &all->runs);
    if (all->depth-- == 0)
        par_panic(51, "inside");
    par_join(go_out, arg, count_up, &all->runs);
}

static const char *nest_pools(void *arg)
{
    nest *all = arg;
    const size_t index = par_thread_index();
    const size_t threads = par_num_threads();
    for (size_t depth = 0; depth < 6; depth++) {
        par_failure failure;
        all->depth = depth;
        atomic_store(&all->runs, 0);
        const int code = par_catch(go_out, all, &failure);
        const char *problem = said(code, 51, &failure, "inside");
        if (problem != NULL)
            return problem;
        if (atomic_load(&all->runs) != 2 + 3 * depth)
            return wrong("%zu runs at depth %zu", atomic_load(&all->runs), depth);
        if (par_thread_index() != index || par_num_threads() != threads)
            return "the thread is not where it was";
    }
    return NULL;
}

const char *panic_verb_travels_out_of_pools_in_pools(void)
{
    const char *problem = NULL;
    nest all = {.inner = pool_of(2, &problem)};
    if (all.inner == NULL)
        return problem;
    all.outer = pool_of(3, &problem);
    for (size_t i = 0; i < scaled(20) && problem == NULL && all.outer != NULL; i++)
        problem = in_every_pool(nest_pools, &all);
    const int inner = par_pool_destroy(all.inner); /* nobody must have been left in them */
    const int outer = par_pool_destroy(all.outer);
    return problem != NULL || (inner == 0 && outer == 0) ? problem : "a pool did not end";
}
