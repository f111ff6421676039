/* SPDX-License-Identifier: MIT */
/* barrier_checks.c - phases: who leads, who sees what, who leaves early. */
#include "sync/barrier_checks.h"

#include <par/scope.h>

enum { THREADS = 5, ROUNDS = 2000 };

/* ---- phases ---- */

typedef struct meeting {
    par_barrier barrier;
    size_t rounds;
    size_t plain[2][THREADS]; /* no atomics: each writes its own, then reads all */
    atomic_size_t leaders[ROUNDS];
    atomic_size_t wrong;
} meeting;

static void lead(size_t number, void *arg)
{
    meeting *all = arg;
    (void)number;
    for (size_t i = 0; i < all->rounds; i++)
        if (par_barrier_wait(&all->barrier))
            atomic_fetch_add(&all->leaders[i], 1);
}

const char *barrier_has_one_leader_in_each_phase(void)
{
    static meeting all;
    all = (meeting){.barrier = PAR_BARRIER_INIT(THREADS), .rounds = scaled(ROUNDS)};
    crowd_run(THREADS, lead, &all);
    for (size_t i = 0; i < all.rounds; i++)
        if (atomic_load(&all.leaders[i]) != 1)
            return wrong("%zu leaders in phase %zu", atomic_load(&all.leaders[i]), i);
    return NULL;
}

static void write_and_read(size_t number, void *arg)
{
    meeting *all = arg;
    for (size_t i = 0; i < all->rounds; i++) {
        size_t *now = all->plain[i % 2];
        now[number] = i + number;
        par_barrier_wait(&all->barrier);
        for (size_t k = 0; k < THREADS; k++)
            if (now[k] != i + k)
                atomic_fetch_add(&all->wrong, 1);
    }
}

const char *barrier_shows_what_all_wrote(void)
{
    static meeting all;
    all = (meeting){.barrier = PAR_BARRIER_INIT(THREADS), .rounds = scaled(ROUNDS)};
    crowd_run(THREADS, write_and_read, &all);
    return atomic_load(&all.wrong) == 0 ? NULL : wrong("%zu wrong", atomic_load(&all.wrong));
}

const char *barrier_of_one_does_not_wait(void)
{
    par_barrier barrier = PAR_BARRIER_INIT(1);
    for (int i = 0; i < 10; i++) {
        bool leader = false;
        if (!par_barrier_wait(&barrier))
            return "not the leader";
        if (par_barrier_wait_until(&barrier, &leader, PAR_NO_WAIT, NULL) != 0 || !leader)
            return "not the leader without waiting";
    }
    return NULL;
}

const char *barrier_refuses_wrong_numbers(void)
{
    par_barrier barrier = PAR_BARRIER_INIT(3);
    if (par_barrier_init(&barrier, 0) != EINVAL ||
        par_barrier_init(&barrier, PAR_BARRIER_MAX + 1) != EINVAL)
        return "0 or too many are taken";
    if (par_barrier_init(&barrier, PAR_BARRIER_MAX) != 0 || par_barrier_init(&barrier, 1) != 0)
        return "1 or PAR_BARRIER_MAX is refused";
    return par_barrier_wait(&barrier) ? NULL : "not made anew";
}

/* ---- leaving ---- */

static void come_once(size_t number, void *arg)
{
    (void)number;
    par_barrier_wait(arg);
}

/* After someone has left, as many are needed as before. */
static const char *needs_all_again(par_barrier *barrier)
{
    static crowd others;
    bool leader = true;
    const int code = par_barrier_wait_until(barrier, &leader, PAR_NO_WAIT, NULL);
    if (code != ETIMEDOUT || leader)
        return wrong("%d instead of ETIMEDOUT", code);
    crowd_start(&others, 2, come_once, barrier);
    par_barrier_wait(barrier);
    crowd_end(&others);
    return NULL;
}

const char *barrier_is_left_at_a_deadline(void)
{
    par_barrier barrier = PAR_BARRIER_INIT(3);
    for (int i = 0; i < 3; i++) {
        bool leader = true;
        const int code = par_barrier_wait_until(&barrier, &leader, par_in(PAR_MS(1)), NULL);
        if (code != ETIMEDOUT || leader)
            return wrong("%d instead of ETIMEDOUT", code);
    }
    return needs_all_again(&barrier);
}

typedef struct canceling {
    par_barrier barrier;
    par_group group;
    atomic_size_t left;
    atomic_size_t codes;
} canceling;

static void come_and_be_canceled(size_t number, void *arg)
{
    canceling *all = arg;
    (void)number;
    if (number == 2) {
        yield_times(20);
        par_cancel(&all->group);
    } else if (par_barrier_wait_until(&all->barrier, NULL, PAR_FOREVER, &all->group) == ECANCELED)
        atomic_fetch_add(&all->left, 1);
}

const char *barrier_is_left_when_canceled(void)
{
    for (size_t i = 0; i < scaled(200); i++) {
        canceling all = {.barrier = PAR_BARRIER_INIT(3), .group = PAR_GROUP_INIT};
        crowd_run(3, come_and_be_canceled, &all);
        if (atomic_load(&all.left) != 2)
            return wrong("%zu of 2 left", atomic_load(&all.left));
        const char *problem = needs_all_again(&all.barrier);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* Threads come and leave at odds, until each has been part of so many phases: the phases that
 * ended are those that all were part of, and each had one leader. */
typedef struct odds {
    par_barrier barrier;
    size_t rounds;
    atomic_size_t leaders;
    atomic_size_t wrong;
} odds;

static void come_at_odds(size_t number, void *arg)
{
    odds *all = arg;
    uint64_t random = number;
    for (size_t i = 0; i < all->rounds;) {
        const uint64_t wait = random_below(&random, 4) * PAR_US(20);
        bool leader = false;
        const int code = par_barrier_wait_until(&all->barrier, &leader, par_in(wait), NULL);
        if (code == 0)
            i++;
        if ((code != 0 && code != ETIMEDOUT) || (code != 0 && leader))
            atomic_fetch_add(&all->wrong, 1);
        if (leader)
            atomic_fetch_add(&all->leaders, 1);
    }
}

const char *barrier_counts_those_who_came_in_time(void)
{
    odds all = {.barrier = PAR_BARRIER_INIT(3), .rounds = scaled(1000)};
    crowd_run(3, come_at_odds, &all);
    if (atomic_load(&all.leaders) != all.rounds || atomic_load(&all.wrong) != 0)
        return wrong("%zu leaders in %zu phases, %zu wrong", atomic_load(&all.leaders), all.rounds,
                     atomic_load(&all.wrong));
    return NULL;
}

/* ---- tasks ---- */

enum { TASKS = 6 };

static void meet_thrice(par_scope *scope, void *arg)
{
    meeting *all = arg;
    (void)scope;
    for (int i = 0; i < 3; i++)
        if (par_barrier_wait(&all->barrier))
            atomic_fetch_add(&all->leaders[i], 1);
}

static void spawn_meeting(par_scope *scope, void *arg)
{
    for (int i = 0; i < TASKS; i++)
        if (par_scope_spawn(scope, meet_thrice, arg) != 0)
            abort();
}

static const char *meet_inside(void *arg)
{
    (void)arg;
    static meeting all;
    all = (meeting){.barrier = PAR_BARRIER_INIT(TASKS)};
    par_scope_run(spawn_meeting, &all);
    for (int i = 0; i < 3; i++)
        if (atomic_load(&all.leaders[i]) != 1)
            return wrong("%zu leaders", atomic_load(&all.leaders[i]));
    return NULL;
}

const char *barrier_meets_tasks_of_small_pools(void)
{
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = in_pool(1 + i % 2, meet_inside, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}
