/* SPDX-License-Identifier: MIT */
/* panic_join_checks.c - panics in the sides of joins, stolen or not. */
#include "scope/panic_checks.h"
#include "scope/panic_steps.h"

/* ---- joins ---- */

/* A join in which the sides panic, after a meeting if both are to run at once. */
typedef struct sides {
    int a_code; /* 0: does not panic */
    int b_code;
    bool both_at_once;
    bool b_is_last; /* a panics before b goes on */
    atomic_size_t met;
    atomic_size_t a_ended;
    atomic_size_t b_ended;
    atomic_size_t left; /* handlers of the frame around the join */
    size_t b_ended_when_left;
    pthread_t a_thread;
    bool stolen;
} sides;

static void run_a(void *arg)
{
    sides *all = arg;
    PAR_DEFER(count_up, &all->a_ended);
    if (all->both_at_once)
        meet(&all->met, 2);
    if (all->a_code != 0)
        par_panic(all->a_code, "a");
}

static void run_b(void *arg)
{
    sides *all = arg;
    PAR_DEFER(count_up, &all->b_ended);
    all->stolen = pthread_equal(all->a_thread, pthread_self()) == 0;
    if (all->both_at_once)
        meet(&all->met, 2);
    if (all->b_is_last)
        yield_times(100);
    if (all->b_code != 0)
        par_panic(all->b_code, "b");
}

static void leave_join(void *arg)
{
    sides *all = arg;
    atomic_fetch_add(&all->left, 1);
    all->b_ended_when_left = atomic_load(&all->b_ended);
}

static void join_sides(void *arg)
{
    ((sides *)arg)->a_thread = pthread_self();
    PAR_DEFER(leave_join, arg);
    par_join(run_a, arg, run_b, arg);
}

static const char *judge_sides(sides *all)
{
    if (atomic_load(&all->a_ended) != 1 || atomic_load(&all->b_ended) != 1)
        return wrong("a ended %zu times, b %zu", atomic_load(&all->a_ended),
                     atomic_load(&all->b_ended));
    if (atomic_load(&all->left) != 1 || all->b_ended_when_left != 1)
        return "the frame of the join was left before b had ended";
    return NULL;
}

static const char *b_runs(void *arg)
{
    (void)arg;
    sides all = {.a_code = 3};
    par_failure failure;
    const char *problem = arrived(par_catch(join_sides, &all, &failure), &failure, 3, 0, "a");
    return problem != NULL ? problem : judge_sides(&all);
}

const char *panic_of_a_runs_b_before_anything_is_left(void)
{
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = in_every_pool(b_runs, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static const char *b_is_awaited(void *arg)
{
    (void)arg;
    sides all = {.a_code = 3, .both_at_once = true, .b_is_last = true};
    par_failure failure;
    const char *problem = arrived(par_catch(join_sides, &all, &failure), &failure, 3, 0, "a");
    return problem != NULL ? problem : judge_sides(&all);
}

const char *panic_of_a_waits_for_a_stolen_b(void)
{
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = in_pools_from(2, b_is_awaited, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static const char *b_arrives(void *arg)
{
    (void)arg;
    sides all = {.b_code = 4, .both_at_once = true};
    par_failure failure;
    const char *problem = arrived(par_catch(join_sides, &all, &failure), &failure, 4, 0, "b");
    if (problem == NULL && !all.stolen)
        problem = "b was not stolen";
    return problem != NULL ? problem : judge_sides(&all);
}

const char *panic_of_a_stolen_b_arrives(void)
{
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = in_pools_from(2, b_arrives, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static const char *both_panic(void *arg)
{
    const bool at_once = *(bool *)arg;
    sides all = {.a_code = 3, .b_code = 4, .both_at_once = at_once};
    par_failure failure;
    const char *problem = arrived(par_catch(join_sides, &all, &failure), &failure, 3, 1, "a");
    return problem != NULL ? problem : judge_sides(&all);
}

const char *panic_of_both_sides_counts_the_second(void)
{
    bool at_once = false;
    const char *problem = NULL;
    for (size_t i = 0; i < scaled(50) && problem == NULL; i++)
        problem = in_every_pool(both_panic, &at_once);
    at_once = true;
    for (size_t i = 0; i < scaled(50) && problem == NULL; i++)
        problem = in_pools_from(2, both_panic, &at_once);
    return problem;
}

/* ---- try joins ---- */

static int try_code(void *arg)
{
    const int code = *(int *)arg;
    if (code >= 100)
        par_panic(code, "panic");
    return code;
}

const char *panic_becomes_the_code_of_a_try_join(void)
{
    static const int cases[][4] = {
        /* of a, of b, what arrives, is it a panic */
        {0, 0, 0, 0},   {100, 0, 100, 1}, {0, 100, 100, 1}, {100, 7, 100, 1},
        {7, 100, 7, 0}, {7, 8, 7, 0},     {0, 8, 8, 0},     {100, 101, 100, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int a = cases[i][0];
        int b = cases[i][1];
        par_failure failure;
        const int code = par_try_join(try_code, &a, try_code, &b);
        const int told = par_catch_join(try_code, &a, try_code, &b, &failure);
        if (code != cases[i][2] || told != code || failure.code != (cases[i][3] == 1 ? code : 0))
            return wrong("%d and %d became %d, %d and a failure of %d", a, b, code, told,
                         failure.code);
    }
    return NULL;
}

/* ---- afterwards ---- */

static void join_counting(void *arg)
{
    par_join(count_up, arg, count_up, arg);
}

static const char *join_after_panics(void *arg)
{
    (void)arg;
    atomic_size_t runs = 0;
    const size_t index = par_thread_index();
    for (size_t i = 0; i < scaled(2000); i++) {
        sides all = {.a_code = i % 3 == 0 ? 1 : 0, .b_code = i % 3 == 1 ? 1 : 0};
        (void)par_catch(join_sides, &all, NULL);
        par_join(join_counting, &runs, join_counting, &runs);
    }
    if (par_thread_index() != index)
        return "the thread has another index";
    return atomic_load(&runs) == 4 * scaled(2000) ? NULL : wrong("%zu runs", atomic_load(&runs));
}

const char *panic_leaves_the_pool_as_it_was(void)
{
    return in_every_pool(join_after_panics, NULL);
}

/* ---- depth ---- */

enum { DEEP = 20000, DEEP_WITHOUT_FORKS = 100000 };

typedef struct level {
    size_t depth;
    atomic_size_t *ends;
} level;

static void descend(void *arg)
{
    const level *here = arg;
    PAR_DEFER(count_up, here->ends);
    if (here->depth == 0)
        par_panic(6, "the bottom");
    level below = {here->depth - 1, here->ends};
    if (here->depth % 5 == 0)
        par_join(descend, &below, count_up, here->ends);
    else
        descend(&below);
}

static const char *go_deep(void *arg)
{
    (void)arg;
    atomic_size_t ends = 0;
    const size_t depth = SUPPORT_ASAN || SUPPORT_TSAN ? DEEP / 10 : DEEP;
    level top = {depth, &ends};
    const int code = par_catch(descend, &top, NULL);
    const size_t expected = depth + 1 + depth / 5;
    if (code != 6 || atomic_load(&ends) != expected)
        return wrong("code %d, %zu of %zu ended", code, atomic_load(&ends), expected);
    return NULL;
}

static size_t dig(size_t depth, size_t bottom)
{
    if (depth == bottom)
        par_panic(6, "the bottom");
    return depth > bottom ? 0 : dig(depth + 1, bottom) + depth;
}

static void dig_all(void *arg)
{
    *(size_t *)arg = dig(0, *(size_t *)arg);
}

const char *panic_unwinds_deep_recursion(void)
{
    size_t depth = SUPPORT_ASAN || SUPPORT_TSAN ? DEEP : DEEP_WITHOUT_FORKS;
    if (par_catch(dig_all, &depth, NULL) != 6)
        return "plain recursion: did not arrive";
    return in_pools_from(1, go_deep, NULL);
}
