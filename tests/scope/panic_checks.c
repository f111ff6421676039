/* SPDX-License-Identifier: MIT */
/* panic_checks.c - catches, handlers and joins. Built three times: as a user would, with
 * -fexceptions (then PANIC_CLEANUPS is 1), and without unwind tables. */
#include "scope/panic_checks.h"

#include <par/panic.h>

#ifndef PANIC_CLEANUPS
#define PANIC_CLEANUPS 0
#endif

/* ---- what happened, in order, on one thread ---- */

static char record[64];

static void note(const char *what)
{
    strncat(record, what, sizeof record - strlen(record) - 1);
}

static void note_handler(void *arg)
{
    note(arg);
}

static const char *noted(const char *expected)
{
    const bool equal = strcmp(record, expected) == 0;
    const char *problem = equal ? NULL : wrong("'%s' instead of '%s'", record, expected);
    record[0] = '\0';
    return problem;
}

static const char *arrived(int code, const par_failure *failure, int expected, unsigned suppressed,
                           const char *message)
{
    if (code == expected && failure->code == expected && failure->suppressed == suppressed &&
        strcmp(failure->message, message) == 0)
        return NULL;
    return wrong("returned %d; code %d, %u suppressed, '%s' instead of %d, %u, '%s'", code,
                 failure->code, failure->suppressed, failure->message, expected, suppressed,
                 message);
}

/* ---- catching ---- */

static void do_nothing(void *arg)
{
    (void)arg;
}

static void panic_with(void *arg)
{
    par_panic(*(int *)arg, "code %d of %s", *(int *)arg, "a task");
}

const char *panic_returns_code_and_message(void)
{
    par_failure failure = {.code = 99, .message = "x"};
    int code = 7;
    const char *problem =
        arrived(par_catch(panic_with, &code, &failure), &failure, 7, 0, "code 7 of a task");
    code = -3;
    if (problem == NULL)
        problem =
            arrived(par_catch(panic_with, &code, &failure), &failure, -3, 0, "code -3 of a task");
    code = 0;
    if (problem == NULL && par_catch(panic_with, &code, NULL) != EINVAL)
        problem = "a code of 0 did not become EINVAL";
    if (problem == NULL)
        problem = arrived(par_catch(do_nothing, NULL, &failure), &failure, 0, 0, "");
    if (problem == NULL && par_catch(NULL, NULL, &failure) != EINVAL)
        problem = "no function was called";
    return problem;
}

static void panic_at_length(void *arg)
{
    (void)arg;
    par_panic(1, "%0500d", 0);
}

const char *panic_cuts_long_messages(void)
{
    par_failure failure;
    if (par_catch(panic_at_length, NULL, &failure) != 1)
        return "did not arrive";
    return strlen(failure.message) == PAR_FAILURE_MESSAGE - 1 ? NULL : "not cut at its end";
}

static void catch_and_go_on(void *arg)
{
    int code = 5;
    par_failure failure;
    PAR_DEFER(note_handler, "o");
    if (par_catch(panic_with, &code, &failure) == 5)
        note("5");
    if (par_catch(panic_with, arg, &failure) != 0)
        par_panic_again(&failure);
    note("!");
}

const char *panic_nests(void)
{
    par_failure failure;
    int code = 8;
    const char *problem =
        arrived(par_catch(catch_and_go_on, &code, &failure), &failure, 8, 0, "code 8 of a task");
    return problem != NULL ? problem : noted("5o");
}

/* ---- handlers ---- */

static void defer_two_and_panic(void *arg)
{
    (void)arg;
    PAR_DEFER(note_handler, "3");
    PAR_DEFER(note_handler, "2");
    par_panic(1, "x");
}

static void defer_around(void *arg)
{
    PAR_DEFER(note_handler, "5");
    PAR_DEFER(note_handler, "4");
    defer_two_and_panic(arg);
}

const char *panic_runs_handlers_newest_first(void)
{
    if (par_catch(defer_around, NULL, NULL) != 1)
        return "did not arrive";
    return noted("2345");
}

static int leave_blocks(void)
{
    for (int i = 0; i < 3; i++) {
        PAR_DEFER(note_handler, "a");
        if (i == 0)
            continue;
        PAR_DEFER(note_handler, "b");
        if (i == 2)
            break;
    }
    PAR_DEFER(note_handler, "c");
    {
        PAR_DEFER(note_handler, "d");
        PAR_DEFER(note_handler, "e");
    }
    return 1;
}

const char *panic_runs_handlers_at_every_end_of_a_block(void)
{
    (void)leave_blocks();
    return noted("ababaedc");
}

static void note_cleanup(const char **what)
{
    note(*what);
}

static void clean_and_panic(void *arg)
{
    const char *inner __attribute__((cleanup(note_cleanup), unused)) = "y";
    PAR_DEFER(note_handler, "1");
    par_panic(*(int *)arg, "x");
}

static void clean_around(void *arg)
{
    PAR_DEFER(note_handler, "2");
    const char *outer __attribute__((cleanup(note_cleanup), unused)) = "z";
    clean_and_panic(arg);
}

/* Without -fexceptions the handlers run as well, and cleanups do not. */
const char *panic_runs_cleanups_after_handlers(void)
{
    int code = 4;
    if (par_catch(clean_around, &code, NULL) != 4)
        return "did not arrive";
    return noted(PANIC_CLEANUPS ? "12yz" : "12");
}

static void note_state(void *arg)
{
    (void)arg;
    note(par_panicking() ? "p" : "-");
}

static void ask_in_catch(void *arg)
{
    note_state(arg);
    par_catch(note_state, NULL, NULL);
    note_state(arg);
}

static void ask_and_panic(void *arg)
{
    PAR_DEFER(ask_in_catch, NULL);
    {
        PAR_DEFER(note_state, NULL);
    }
    par_panic(*(int *)arg, "x");
}

const char *panic_tells_handlers_why_they_run(void)
{
    int code = 4;
    par_catch(ask_and_panic, &code, NULL);
    note_state(NULL);
    return noted("-p-p-");
}

static void count_up(void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

static atomic_size_t forked;

static void fork_and_panic(void *arg)
{
    PAR_DEFER(count_up, &forked);
    par_join(panic_with, arg, count_up, &forked);
}

static void fork_in_handler(void *arg)
{
    par_failure failure;
    par_join(count_up, &forked, count_up, &forked);
    if (par_catch(fork_and_panic, arg, &failure) != 9)
        note("inner catch");
}

static void fork_in_cleanup(int **code)
{
    fork_in_handler(*code);
}

static void handle_and_panic(void *arg)
{
    PAR_DEFER(fork_in_handler, arg);
    int *code __attribute__((cleanup(fork_in_cleanup))) = arg;
    par_join(panic_with, code, count_up, &forked);
}

static const char *handle_inside(void *arg)
{
    int code = 9;
    (void)arg;
    atomic_store(&forked, 0);
    par_failure failure;
    const char *problem =
        arrived(par_catch(handle_and_panic, &code, &failure), &failure, 9, 0, "code 9 of a task");
    const size_t expected = PANIC_CLEANUPS ? 1 + 2 * 4 : 1 + 4;
    if (problem == NULL && atomic_load(&forked) != expected)
        problem = wrong("%zu of %zu calls", atomic_load(&forked), expected);
    return problem != NULL ? problem : noted("");
}

const char *panic_lets_handlers_catch_and_fork(void)
{
    for (size_t i = 0; i < scaled(20); i++) {
        const char *problem = in_every_pool(handle_inside, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

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
