/* SPDX-License-Identifier: MIT */
#include "stream/background_checks.h"

#include <par/thread.h>

#define AN_HOUR PAR_S(3600)

typedef struct calls {
    par_background *background;
    atomic_size_t made;
    size_t fail_at;
    bool panics;
    uint64_t period;
    uint64_t began[20]; /* when the first calls did */
    sem_t inside;
    atomic_size_t may_return;
    int stop_inside;
} calls;

static int count_call(void *arg)
{
    calls *all = arg;
    const size_t number = atomic_fetch_add(&all->made, 1) + 1;
    if (number == all->fail_at && all->panics)
        par_panic(7, "call %zu", number);
    return number == all->fail_at ? 7 : 0;
}

const char *background_is_called_again_and_again(void)
{
    calls all = {.made = 0};
    par_failure result = {.code = 9};
    if (par_background_start(&all.background, NULL, PAR_US(100), count_call, &all) != 0)
        return wrong("no thread");
    await_count(&all.made, 50);
    const int rc = par_background_stop(all.background, &result);
    const size_t made = atomic_load(&all.made);
    yield_times(100);
    if (rc != 0 || result.code != 0)
        return wrong("stop %d, result %d", rc, result.code);
    return atomic_load(&all.made) == made ? NULL : wrong("it was called after its end");
}

static int note_time(void *arg)
{
    calls *all = arg;
    const size_t number = atomic_load(&all->made);
    if (number < 20)
        all->began[number] = par_now();
    const uint64_t until = par_now() + all->period / 3; /* takes a part of the period */
    while (par_now() < until)
        sched_yield();
    atomic_fetch_add(&all->made, 1);
    return 0;
}

/* However late a call is, it never comes before its own multiple of the period; the n-th call comes
 * after n periods, because no two calls belong to one. */
const char *background_is_called_at_multiples_of_its_period(void)
{
    calls all = {.period = PAR_MS(2)};
    const uint64_t before = par_now();
    if (par_background_start(&all.background, NULL, all.period, note_time, &all) != 0)
        return wrong("no thread");
    await_count(&all.made, 20);
    (void)par_background_stop(all.background, NULL);
    for (size_t i = 0; i < 20; i++) {
        if (all.began[i] < before + (i + 1) * all.period)
            return wrong("call %zu came before its time", i);
    }
    return NULL;
}

const char *background_is_stopped_in_a_long_period(void)
{
    for (size_t i = 0; i < scaled(500); i++) {
        calls all = {.made = 0};
        const uint64_t period = i % 2 == 0 ? AN_HOUR : PAR_FOREVER;
        if (par_background_start(&all.background, NULL, period, count_call, &all) != 0)
            return wrong("no thread");
        yield_times(i % 10);
        par_failure result = {.code = 9};
        const int rc = par_background_stop(all.background, &result); /* would last an hour */
        if (rc != 0 || result.code != 0 || atomic_load(&all.made) != 0)
            return wrong("stop %d, result %d, %zu calls", rc, result.code, atomic_load(&all.made));
    }
    return NULL;
}

const char *background_runs_when_asked(void)
{
    calls all = {.made = 0};
    if (par_background_start(&all.background, NULL, AN_HOUR, count_call, &all) != 0)
        return wrong("no thread");
    for (size_t i = 0; i < scaled(2000); i++) {
        if (par_background_run_now(all.background) != 0)
            return wrong("it cannot be asked");
        await_count(&all.made, i + 1);
    }
    const size_t made = atomic_load(&all.made);
    (void)par_background_stop(all.background, NULL);
    if (made != scaled(2000) || atomic_load(&all.made) != made)
        return wrong("%zu calls for %zu questions", atomic_load(&all.made), scaled(2000));
    return NULL;
}

const char *background_ends_with_its_first_failure(void)
{
    calls all = {.fail_at = 3};
    par_failure result = {.code = 0};
    if (par_background_start(&all.background, NULL, PAR_US(50), count_call, &all) != 0)
        return wrong("no thread");
    await_count(&all.made, 3);
    for (size_t i = 0; i < 100; i++)
        (void)par_background_run_now(all.background);
    const int rc = par_background_stop(all.background, &result);
    return rc == 0 && result.code == 7 && atomic_load(&all.made) == 3
               ? NULL
               : wrong("stop %d, result %d, %zu calls", rc, result.code, atomic_load(&all.made));
}

const char *background_ends_with_a_panic(void)
{
    calls all = {.fail_at = 2, .panics = true};
    par_failure outcome = {.code = 0};
    if (par_background_start(&all.background, NULL, PAR_US(50), count_call, &all) != 0)
        return wrong("no thread");
    await_count(&all.made, 2);
    const int rc = par_background_stop(all.background, &outcome);
    return rc == 0 && outcome.code == 7 && strcmp(outcome.message, "call 2") == 0
               ? NULL
               : wrong("stop %d, code %d, '%s'", rc, outcome.code, outcome.message);
}

static int stay_inside(void *arg)
{
    calls *all = arg;
    all->stop_inside = par_background_stop(all->background, NULL);
    sem_post(&all->inside);
    while (!par_background_is_stopping(all->background))
        sched_yield();
    await_count(&all->may_return, 1);
    atomic_fetch_add(&all->made, 1);
    return 0;
}

static void allow_return(size_t number, void *arg)
{
    calls *all = arg;
    (void)number;
    while (!par_background_is_stopping(all->background))
        sched_yield();
    yield_times(50);
    atomic_store(&all->may_return, 1);
}

const char *background_waits_for_the_call_that_runs(void)
{
    calls all = {.made = 0};
    static crowd helper;
    sem_init(&all.inside, 0, 0);
    if (par_background_start(&all.background, NULL, AN_HOUR, stay_inside, &all) != 0)
        return wrong("no thread");
    (void)par_background_run_now(all.background);
    while (sem_wait(&all.inside) != 0)
        continue;
    crowd_start(&helper, 1, allow_return, &all);
    const int rc = par_background_stop(all.background, NULL);
    const size_t made = atomic_load(&all.made);
    crowd_end(&helper);
    if (rc != 0 || made != 1)
        return wrong("stop %d, %zu calls ended", rc, made);
    return all.stop_inside == EDEADLK ? NULL : wrong("inside it, stop gave %d", all.stop_inside);
}

const char *background_refuses_bad_arguments(void)
{
    par_background *background = NULL;
    const bool refused = par_background_start(NULL, NULL, 1, count_call, NULL) == EINVAL &&
                         par_background_start(&background, NULL, 0, count_call, NULL) == EINVAL &&
                         par_background_start(&background, NULL, 1, NULL, NULL) == EINVAL &&
                         par_background_stop(NULL, NULL) == EINVAL &&
                         par_background_run_now(NULL) == EINVAL &&
                         !par_background_is_stopping(NULL) && background == NULL;
    return refused ? NULL : wrong("something was accepted");
}
