/* SPDX-License-Identifier: MIT */
/* panic_task_checks.c - panics between the forks and joins of typed tasks, and where forks have no
 * place in the deque. */
#include "scope/panic_checks.h"
#include "scope/panic_steps.h"

#include <par/task.h>

/* ---- typed tasks ---- */

typedef struct tally {
    atomic_size_t runs;
    long bad; /* the leaf that panics */
} tally;

PAR_TASK_3(long, sum_leaves, tally *, all, long, first, long, n)
{
    if (n == 1) {
        count_up(&all->runs);
        if (first == all->bad)
            par_panic(61, "leaf %ld", first);
        return first;
    }
    PAR_FORK(sum_leaves, right, all, first + n / 2, n - n / 2);
    const long left = PAR_CALL(sum_leaves, all, first, n / 2);
    return left + PAR_JOIN(sum_leaves, right);
}

enum { LEAVES = 300 };

static void sum_all(void *arg)
{
    (void)sum_leaves(arg, 0, LEAVES);
}

static const char *catch_sum(void *arg)
{
    (void)arg;
    const size_t index = par_thread_index();
    for (long bad = 0; bad < LEAVES; bad += 23) {
        tally all = {.bad = bad};
        par_failure failure;
        const int code = par_catch(sum_all, &all, &failure);
        if (code != 61 || atomic_load(&all.runs) != LEAVES)
            return wrong("code %d, %zu leaves of %d", code, atomic_load(&all.runs), LEAVES);
        if (par_thread_index() != index)
            return "the thread is still in the pool that the task entered";
    }
    return NULL;
}

const char *panic_verb_ends_typed_forks(void)
{
    for (size_t i = 0; i < scaled(20); i++) {
        const char *problem = in_every_pool(catch_sum, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

PAR_VOID_TASK_2(touch, tally *, all, long, number)
{
    count_up(&all->runs);
    if (number % 3 == 0)
        sched_yield();
    if (number == all->bad)
        par_panic(62, "%ld", number);
}

/* Outer forks are joined first, some not at all, and the block panics or is left early. */
PAR_VOID_TASK_2(fork_many, tally *, all, long, how)
{
    PAR_FORK(touch, a, all, 1);
    PAR_FORK(touch, b, all, 2);
    PAR_FORK(touch, c, all, 3);
    if (how == 0)
        par_panic(62, "three forks");
    PAR_JOIN(touch, b);
    if (how == 1)
        par_panic(62, "two forks");
    PAR_FORK(touch, d, all, 4);
    if (how == 2)
        par_panic(62, "three forks again");
    PAR_JOIN(touch, a);
    if (how == 3)
        return;
    PAR_JOIN(touch, c);
    if (how == 4)
        par_panic(62, "one fork");
    PAR_JOIN(touch, d);
}

struct fork_case {
    tally all;
    long how;
    bool outside_of_tasks;
};

static void fork_in_any_way(void *arg)
{
    struct fork_case *way = arg;
    if (!way->outside_of_tasks) {
        fork_many(&way->all, way->how);
        return;
    }
    PAR_FORK(fork_many, first, &way->all, way->how);
    PAR_FORK(fork_many, second, &way->all, 3);
    PAR_JOIN(fork_many, first);
    PAR_JOIN(fork_many, second);
}

static const char *fork_in_all_ways(void *arg)
{
    const bool outside = *(bool *)arg;
    for (long how = 0; how < 6; how++) {
        for (long bad = 0; bad < 5; bad++) {
            struct fork_case way = {.all = {.bad = bad}, .how = how, .outside_of_tasks = outside};
            const int code = par_catch(fork_in_any_way, &way, NULL);
            const size_t runs = atomic_load(&way.all.runs);
            /* A panic in b leaves before d is forked, if it is joined by then. */
            const bool quiet = how == 3 || how == 5;
            if (code != (quiet && bad == 0 ? 0 : 62))
                return wrong("way %ld, bad %ld: code %d", how, bad, code);
            const size_t one = how <= 1 ? 3 : 4;
            const size_t least = outside ? one + 3 : bad > 0 ? 3 : one;
            const size_t most = outside ? one + 4 : one;
            if (runs < least - (outside && bad > 0) || runs > most)
                return wrong("way %ld, bad %ld: %zu runs", how, bad, runs);
        }
    }
    return NULL;
}

const char *panic_verb_ends_typed_forks_joined_in_any_order(void)
{
    const char *problem = NULL;
    for (size_t i = 0; i < scaled(40) && problem == NULL; i++) {
        bool outside = i % 2 == 1;
        problem = in_every_pool(fork_in_all_ways, &outside);
    }
    return problem;
}

/* ---- a stolen fork that an older join has taken out of the deque ---- */

enum { OF_FOUR = 4 };

typedef struct trio {
    atomic_size_t met;
    atomic_size_t joined;
    atomic_size_t ended;
    size_t ended_when_left;
} trio;

PAR_VOID_TASK_2(stay, trio *, all, bool, stays)
{
    PAR_DEFER(count_up, &all->ended);
    meet(&all->met, OF_FOUR);
    if (!stays)
        return;
    await_count(&all->joined, 1);
    for (int i = 0; i < 100; i++)
        sched_yield();
}

static void leave_trio(void *arg)
{
    trio *all = arg;
    all->ended_when_left = atomic_load(&all->ended);
}

PAR_VOID_TASK_1(fork_trio, trio *, all)
{
    PAR_DEFER(leave_trio, all);
    PAR_FORK(stay, a, all, false);
    PAR_FORK(stay, b, all, false);
    PAR_FORK(stay, c, all, true);
    meet(&all->met, OF_FOUR);
    PAR_JOIN(stay, b);
    count_up(&all->joined);
    par_panic(63, "c runs");
}

static void run_trio(void *arg)
{
    fork_trio(arg);
}

static const char *catch_trio(void *arg)
{
    (void)arg;
    trio all = {.ended_when_left = 0};
    const int code = par_catch(run_trio, &all, NULL);
    if (code != 63 || all.ended_when_left != OF_FOUR - 1)
        return wrong("code %d; %zu forks had ended", code, all.ended_when_left);
    return NULL;
}

const char *panic_verb_waits_for_forks_that_stand_in_no_deque(void)
{
    for (size_t i = 0; i < scaled(30); i++) {
        const char *problem = in_pool(OF_FOUR, catch_trio, NULL);
        if (problem == NULL)
            problem = in_pool(2 * OF_FOUR, catch_trio, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* ---- no room ---- */

enum { FORKS_OF_A_SEAT = 1 << 16, TOO_MANY = FORKS_OF_A_SEAT + 1000 };

typedef struct pile {
    size_t height;
    size_t top;
    bool panics;
    atomic_size_t b_runs;
} pile;

static void pile_up(void *arg)
{
    pile *all = arg;
    if (all->height++ < all->top) {
        par_join(pile_up, arg, count_up, &all->b_runs);
        return;
    }
    if (all->panics)
        par_panic(71, "the top");
}

static void pile_up_twice(void *arg)
{
    pile *all = arg;
    if (par_catch(pile_up, arg, NULL) != 71)
        par_panic(72, "did not arrive inside");
    all->height = 0;
    all->panics = false;
    pile_up(arg); /* the seat is as it was */
    all->height = 0;
    all->panics = true;
    pile_up(arg);
}

static void *pile_on_thread(void *arg)
{
    static par_failure failure;
    failure.code = par_catch(pile_up_twice, arg, NULL);
    return &failure;
}

/* On a thread with a stack that is large enough. */
const char *panic_verb_runs_forks_without_room(void)
{
    if (SUPPORT_TSAN)
        return NULL; /* it cannot follow so many frames */
    pile all = {.top = TOO_MANY, .panics = true};
    pthread_attr_t attributes;
    pthread_t thread;
    void *result;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, (size_t)1 << 29);
    const int rc = pthread_create(&thread, &attributes, pile_on_thread, &all);
    pthread_attr_destroy(&attributes);
    if (rc != 0)
        return wrong("no thread: %s", strerror(rc));
    pthread_join(thread, &result);
    const par_failure *failure = result;
    if (failure->code != 71 || atomic_load(&all.b_runs) != (size_t)3 * TOO_MANY)
        return wrong("code %d, %zu runs", failure->code, atomic_load(&all.b_runs));
    return NULL;
}
