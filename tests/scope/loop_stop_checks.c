/* SPDX-License-Identifier: MIT */
/* loop_stop_checks.c - a code or par_cancel ends a loop early: which code the caller gets, and what
 * no longer runs. */
#include "scope/loop_stop_checks.h"

#include <limits.h>
#include <par/loop.h>
#include <signal.h>

/* ---- codes ---- */

typedef struct failing {
    size_t at; /* the index that fails */
    int code;
    atomic_size_t failed;
} failing;

static int fail_at(size_t begin, size_t end, void *arg)
{
    failing *plan = arg;
    if (plan->at < begin || plan->at >= end)
        return 0;
    atomic_fetch_add(&plan->failed, 1);
    return plan->code;
}

static const char *return_codes(void *arg)
{
    (void)arg;
    static const int codes[] = {1, -1, 7, EINVAL, ECANCELED, INT_MAX, INT_MIN};
    static const size_t places[] = {0, 1, 499, 998, 999};
    enum { CODES = sizeof codes / sizeof codes[0], PLACES = sizeof places / sizeof places[0] };
    for (size_t i = 0; i < CODES * PLACES * 3; i++) {
        failing plan = {.at = places[i / CODES % PLACES], .code = codes[i % CODES]};
        par_group group = PAR_GROUP_INIT;
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.grain = i / CODES / PLACES;
        options.group = options.grain == 1 ? &group : NULL;
        const int rc = par_try_for(0, 1000, fail_at, &plan, options.grain == 2 ? NULL : &options);
        if (rc != plan.code || atomic_load(&plan.failed) != 1)
            return wrong("code %d at %zu came back as %d; the index ran %zu times", plan.code,
                         plan.at, rc, atomic_load(&plan.failed));
        if (par_canceled())
            return wrong("the caller is still canceled after the loop");
    }
    return NULL;
}

const char *loop_stop_returns_a_code_unchanged(void)
{
    return in_every_pool(return_codes, NULL);
}

/* ---- two that end a loop ---- */

enum { FIRST_CODE = 7, SECOND_CODE = 9 };

typedef struct duel {
    par_group group;
    atomic_size_t begun;
    bool cancels; /* the second asks for a stop, too, before it returns */
} duel;

/* Of two pieces at the same time the first fails, and the second when it has seen that. */
static int fail_in_turn(size_t begin, size_t end, void *arg)
{
    duel *both = arg;
    (void)begin;
    (void)end;
    if (atomic_fetch_add(&both->begun, 1) == 0) {
        await_count(&both->begun, 2);
        return FIRST_CODE;
    }
    while (!par_canceled())
        sched_yield();
    if (both->cancels)
        par_cancel(&both->group);
    return both->cancels ? 0 : SECOND_CODE;
}

static const char *fail_twice(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(200); i++) {
        duel both = {.group = PAR_GROUP_INIT, .cancels = i % 2 == 1};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.grain = 1;
        options.group = &both.group;
        const int rc = par_try_for(0, 2, fail_in_turn, &both, &options);
        if (rc != FIRST_CODE)
            return wrong("a piece failed with %d, then another %s: the loop returned %d",
                         FIRST_CODE, both.cancels ? "called par_cancel" : "failed with 9", rc);
    }
    return NULL;
}

const char *loop_stop_returns_the_first_code(void)
{
    return in_pools_from(2, fail_twice, NULL);
}

static int cancel_then_fail(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    par_cancel(arg);
    return SECOND_CODE;
}

static const char *cancel_first(void *arg)
{
    (void)arg;
    par_group group = PAR_GROUP_INIT;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &group;
    const int rc = par_try_for(0, 1, cancel_then_fail, &group, &options);
    if (rc != ECANCELED)
        return wrong("par_cancel, then code %d: the loop returned %d", SECOND_CODE, rc);
    return NULL;
}

const char *loop_stop_tells_which_came_first(void)
{
    return in_every_pool(cancel_first, NULL);
}

/* ---- what does not run any more ---- */

typedef struct stopping {
    par_group group;
    atomic_size_t runs;
    atomic_size_t running;
    int code; /* 0: stops by par_cancel, -1: by a signal whose handler calls it */
} stopping;

static par_group *signaled_group;
static pthread_t signaled_thread;

static void cancel_in_handler(int number)
{
    (void)number;
    par_cancel(signaled_group);
}

static int stop_at_once(size_t begin, size_t end, void *arg)
{
    stopping *plan = arg;
    (void)begin;
    (void)end;
    atomic_fetch_add(&plan->running, 1);
    const bool is_first = atomic_fetch_add(&plan->runs, 1) == 0;
    if (plan->code == 0)
        par_cancel(&plan->group);
    if (plan->code < 0) {
        /* To the thread of the test: those of a pool may have signals blocked. Only once: a second
         * one may come when the next loop has begun. */
        if (is_first)
            pthread_kill(signaled_thread, SIGUSR1);
        while (!par_canceled())
            sched_yield();
    }
    yield_times(2);
    atomic_fetch_sub(&plan->running, 1);
    return plan->code > 0 ? plan->code : 0;
}

/* Every piece asks for the end, so each thread runs at most one. */
static const char *stop_loop(size_t n, size_t grain, int code, int expected)
{
    stopping plan = {.group = PAR_GROUP_INIT, .code = code};
    signaled_group = &plan.group;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = grain;
    options.group = &plan.group;
    const int rc = par_try_for(0, n, stop_at_once, &plan, &options);
    const size_t runs = atomic_load(&plan.runs);
    if (rc != expected || runs == 0)
        return wrong("code %d instead of %d after %zu pieces", rc, expected, runs);
    if (runs > par_max_threads())
        return wrong("%zu pieces began after the end was asked for", runs - par_max_threads());
    if (atomic_load(&plan.running) != 0)
        return wrong("the loop returned before its pieces");
    return par_canceled() ? wrong("the caller is still canceled after the loop") : NULL;
}

static const char *stop_loops(int code, int expected)
{
    static const size_t sizes[] = {1, 2, 1000, SIZE_MAX};
    for (size_t i = 0; i < 4 * 3 * scaled(10); i++) {
        const size_t grains[] = {0, 1, 13};
        const char *problem = stop_loop(sizes[i % 4], grains[i / 4 % 3], code, expected);
        if (problem != NULL)
            return wrong("%s (%zu indices)", problem, sizes[i % 4]);
    }
    return NULL;
}

static const char *stop_by_code(void *arg)
{
    (void)arg;
    return stop_loops(5, 5);
}

static const char *stop_by_cancel(void *arg)
{
    (void)arg;
    return stop_loops(0, ECANCELED);
}

static const char *stop_by_signal(void *arg)
{
    (void)arg;
    return stop_loops(-1, ECANCELED);
}

const char *loop_stop_skips_what_has_not_begun(void)
{
    return in_every_pool(stop_by_code, NULL);
}

const char *loop_stop_is_asked_for_inside(void)
{
    return in_every_pool(stop_by_cancel, NULL);
}

const char *loop_stop_is_asked_for_by_a_signal_handler(void)
{
    struct sigaction action = {.sa_handler = cancel_in_handler};
    struct sigaction before;
    if (SUPPORT_TSAN) /* which holds signals back from threads that sleep in a futex */
        return NULL;
    signaled_thread = pthread_self();
    sigaction(SIGUSR1, &action, &before);
    const char *problem = in_pool(2, stop_by_signal, NULL);
    sigaction(SIGUSR1, &before, NULL);
    return problem;
}

static const char *run_canceled(void *arg)
{
    (void)arg;
    static const size_t sizes[] = {1, 2, 1000, SIZE_MAX};
    for (size_t i = 0; i < 4 * 2; i++) {
        stopping plan = {.group = PAR_GROUP_INIT, .code = 5};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.grain = i / 4;
        options.group = &plan.group;
        par_cancel(&plan.group);
        int rc = par_try_for(0, sizes[i % 4], stop_at_once, &plan, &options);
        if (rc != ECANCELED || atomic_load(&plan.runs) != 0)
            return wrong("a canceled group: code %d, %zu pieces ran", rc, atomic_load(&plan.runs));
        plan.group = (par_group)PAR_GROUP_INIT;
        rc = par_try_for(0, 1, stop_at_once, &plan, &options);
        if (rc != 5 || atomic_load(&plan.runs) != 1)
            return wrong("a group made new: code %d, %zu pieces ran", rc, atomic_load(&plan.runs));
    }
    return NULL;
}

const char *loop_stop_runs_nothing_of_a_canceled_group(void)
{
    return in_every_pool(run_canceled, NULL);
}

/* ---- from another thread ---- */

typedef struct remote {
    par_group group;
    atomic_size_t begun;
    atomic_size_t running;
    atomic_size_t loops; /* that are to have begun before the stop */
    atomic_size_t surprises;
} remote;

static int run_until_canceled(size_t begin, size_t end, void *arg)
{
    remote *plan = arg;
    (void)begin;
    (void)end;
    atomic_fetch_add(&plan->running, 1);
    atomic_fetch_add(&plan->begun, 1);
    while (!par_canceled())
        sched_yield();
    yield_times(10);
    atomic_fetch_sub(&plan->running, 1);
    return 0;
}

static void cancel_when_begun(size_t number, void *arg)
{
    (void)number;
    remote *plan = arg;
    await_count(&plan->begun, atomic_load(&plan->loops));
    par_cancel(&plan->group);
}

static const char *cancel_from_elsewhere(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(30); i++) {
        remote plan = {.group = PAR_GROUP_INIT, .loops = 1};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.group = &plan.group;
        options.grain = i % 3;
        static crowd canceler;
        crowd_start(&canceler, 1, cancel_when_begun, &plan);
        const int rc = par_try_for(0, 100000, run_until_canceled, &plan, &options);
        const size_t running = atomic_load(&plan.running);
        crowd_end(&canceler);
        if (rc != ECANCELED || running != 0)
            return wrong("code %d, %zu pieces still running", rc, running);
        if (atomic_load(&plan.begun) > par_max_threads())
            return wrong("%zu pieces ran", atomic_load(&plan.begun));
    }
    return NULL;
}

const char *loop_stop_is_asked_for_by_another_thread(void)
{
    return in_every_pool(cancel_from_elsewhere, NULL);
}

static void loop_until_canceled(size_t number, void *arg)
{
    remote *plan = arg;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &plan->group;
    options.max_threads = number % 3;
    options.grain = 1;
    if (par_try_for(0, 1000, run_until_canceled, plan, &options) != ECANCELED)
        atomic_fetch_add(&plan->surprises, 1);
}

const char *loop_stop_stops_every_loop_of_a_group(void)
{
    for (size_t i = 0; i < scaled(20); i++) {
        remote plan = {.group = PAR_GROUP_INIT, .loops = 8};
        static crowd loopers;
        crowd_start(&loopers, 8, loop_until_canceled, &plan);
        cancel_when_begun(0, &plan);
        crowd_end(&loopers);
        if (atomic_load(&plan.surprises) != 0 || atomic_load(&plan.running) != 0)
            return wrong("%zu of 8 loops did not return ECANCELED, %zu pieces still running",
                         atomic_load(&plan.surprises), atomic_load(&plan.running));
    }
    return NULL;
}
