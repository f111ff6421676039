/* SPDX-License-Identifier: MIT */
/* panic_checks.c - catches and handlers. Built three times, as all checks of panics: as a user
 * would, with -fexceptions (then PANIC_CLEANUPS is 1), and without unwind tables. */
#include "scope/panic_checks.h"
#include "scope/panic_steps.h"

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
