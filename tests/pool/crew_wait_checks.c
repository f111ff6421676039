/* SPDX-License-Identifier: MIT */
/* crew_wait_checks.c - waiters in the middle of tasks: whose cores are lent, and how many spares
 * come for them. */
#include "pool/crew_checks.h"

#include "pool/crew_inside.h"
#include "pool/wait.h"

/* A task that waits, in the middle, for somebody to wake it, and can run nothing meanwhile. */
typedef struct waiter {
    par_pool *pool;
    size_t latch;
    ws_worker *worker;
    atomic_size_t *begun;
    atomic_size_t *ended;
} waiter;

static bool help_nobody(ws_worker *worker, void *ctx)
{
    (void)worker;
    (void)ctx;
    return false;
}

static void wait_for_latch(void *arg)
{
    waiter *self = arg;
    self->worker = ws_worker_self();
    atomic_fetch_add(self->begun, 1);
    ws_wait(self->worker, &self->latch, help_nobody, NULL);
    atomic_fetch_add(self->ended, 1);
}

static bool is_asleep(const waiter *one)
{
    return (ws_load_acquire(&one->latch) & PAR_DETAIL_ASLEEP) != 0;
}

static void wake(waiter *one)
{
    if (ws_latch_set(&one->latch))
        ws_unpark(&one->worker->parker);
}

static size_t count_lent(const ws_crew *crew)
{
    size_t lent = 0;
    for (size_t i = 0; i < crew->max_threads; i++) {
        const ws_worker *worker = ws_worker_at(crew, i);
        lent += worker == NULL ? 0 : ws_load_relaxed(&worker->counters.lent);
    }
    return lent;
}

/* Two tasks wait, and a third wakes them once both sleep: on two threads it can only run on a core
 * that one of the two has lent. */
typedef struct round_of_three {
    par_pool *pool;
    waiter waiters[2];
    atomic_size_t begun;
    atomic_size_t ended;
} round_of_three;

static void await_both_asleep(const round_of_three *trio)
{
    for (size_t i = 0; i < 2; i++) {
        while (!is_asleep(&trio->waiters[i]))
            sched_yield();
    }
}

static void wake_both(void *arg)
{
    round_of_three *trio = arg;
    await_both_asleep(trio);
    for (size_t i = 0; i < 2; i++)
        wake(&trio->waiters[i]);
    atomic_fetch_add(&trio->ended, 1);
}

static void spawn_three(void *arg)
{
    round_of_three *trio = arg;
    par_pool_spawn(trio->pool, wake_both, trio);
    for (size_t i = 0; i < 2; i++) {
        trio->waiters[i].begun = &trio->begun;
        trio->waiters[i].ended = &trio->ended;
        par_pool_spawn(trio->pool, wait_for_latch, &trio->waiters[i]);
    }
}

const char *crew_lends_a_core_a_thousand_times(void)
{
    const size_t rounds = scaled(1000);
    enum { MAX_SPARES = 8, NEEDED = 2 }; /* both waiters replaced */
    par_pool *pool = pool_with(2, 0, MAX_SPARES);
    const ws_crew *crew = &pool->crew;
    for (size_t i = 0; i < rounds; i++) {
        round_of_three trio = {.pool = pool};
        await_quiet(crew); /* so that no third thread is still up when the three begin */
        on_worker(pool, spawn_three, &trio);
        await_count(&trio.ended, 3);
    }
    const char *problem = problem_when_quiet(crew);
    const size_t made = ws_load_acquire(&crew->spares_made);
    const size_t left = ws_load_acquire(&crew->spares_left);
    const size_t lent = count_lent(crew);
    par_pool_destroy(pool);
    if (problem != NULL)
        return problem;
    /* Not each time: while a waiter lies down, another thread may see its free core first. */
    if (lent == 0 || lent > 2 * rounds)
        return wrong("lent %zu times in %zu rounds", lent, rounds);
    if (made < 1 || made > NEEDED || made + left != MAX_SPARES)
        return wrong("%zu spares made, %zu left", made, left);
    return NULL;
}

/* ---- cores that come back ---- */

enum { HOLDERS = 8 };

/* When the two waiters come back, four threads run. Two of them must leave at the end of what they
 * do, although there is more: it is held back until only two run. */
typedef struct homecoming {
    round_of_three trio;
    atomic_size_t held;
} homecoming;

static void hold(void *arg)
{
    homecoming *scene = arg;
    const ws_crew *crew = &scene->trio.pool->crew;
    await_count(&scene->trio.ended, 3);
    while (ws_state_running(ws_load_acquire(&crew->state)) > crew->threads)
        sched_yield();
    atomic_fetch_add(&scene->held, 1);
}

static void wake_and_hold(void *arg)
{
    homecoming *scene = arg;
    await_both_asleep(&scene->trio);
    for (size_t i = 0; i < HOLDERS; i++)
        par_pool_spawn(scene->trio.pool, hold, scene);
    wake_both(&scene->trio);
    hold(scene);
}

static void spawn_all(void *arg)
{
    homecoming *scene = arg;
    par_pool_spawn(scene->trio.pool, wake_and_hold, scene);
    for (size_t i = 0; i < 2; i++) {
        scene->trio.waiters[i].begun = &scene->trio.begun;
        scene->trio.waiters[i].ended = &scene->trio.ended;
        par_pool_spawn(scene->trio.pool, wait_for_latch, &scene->trio.waiters[i]);
    }
}

const char *crew_lets_no_more_run_than_it_has_cores(void)
{
    const char *problem = NULL;
    for (size_t i = 0; problem == NULL && i < scaled(50); i++) {
        homecoming scene = {.trio.pool = pool_with(2, 0, 16)};
        on_worker(scene.trio.pool, spawn_all, &scene);
        await_count(&scene.held, HOLDERS + 1);
        problem = problem_when_quiet(&scene.trio.pool->crew);
        par_pool_destroy(scene.trio.pool);
    }
    return problem;
}

/* ---- the most spares ---- */

enum { MANY = 12 };

static size_t count_asleep(const waiter *waiters)
{
    size_t count = 0;
    for (size_t i = 0; i < MANY; i++)
        count += is_asleep(&waiters[i]);
    return count;
}

/* More waiters than there can be threads: as many begin as there are, own ones and spares, and then
 * nobody is left to begin another. */
static const char *fill_with_waiters(size_t threads, size_t max_spares)
{
    waiter waiters[MANY];
    atomic_size_t begun = 0;
    atomic_size_t ended = 0;
    par_pool *pool = pool_with(threads, 0, (long)max_spares);
    const ws_crew *crew = &pool->crew;
    for (size_t i = 0; i < MANY; i++)
        waiters[i] = (waiter){.pool = pool, .begun = &begun, .ended = &ended};
    for (size_t i = 0; i < MANY; i++)
        par_pool_spawn(pool, wait_for_latch, &waiters[i]);
    while (count_asleep(waiters) < threads + max_spares ||
           ws_state_running(ws_load_acquire(&crew->state)) != 0)
        sched_yield();
    const size_t most = atomic_load(&begun);
    const size_t made = ws_load_acquire(&crew->spares_made);
    const size_t left = ws_load_acquire(&crew->spares_left);
    for (size_t i = 0; i < MANY; i++)
        wake(&waiters[i]);
    await_count(&ended, MANY);
    const char *problem = problem_when_quiet(crew);
    par_pool_destroy(pool);
    if (problem != NULL)
        return problem;
    if (most != threads + max_spares || made != max_spares || left != 0)
        return wrong("%zu threads, %zu spares: %zu began, %zu spares made, %zu left", threads,
                     max_spares, most, made, left);
    return NULL;
}

const char *crew_hires_no_more_spares_than_it_may(void)
{
    for (size_t spares = 1; spares < 8; spares += 3) {
        const char *problem = fill_with_waiters(2, spares);
        if (problem != NULL)
            return problem;
    }
    return fill_with_waiters(1, 5);
}

const char *crew_hires_no_spares_if_it_may_not(void)
{
    const char *problem = fill_with_waiters(1, 0);
    return problem != NULL ? problem : fill_with_waiters(3, 0);
}
