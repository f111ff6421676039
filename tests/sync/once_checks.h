/* SPDX-License-Identifier: MIT */
/* once_checks.h - what par_once promises, as a list of checks. */
#ifndef TESTS_SYNC_ONCE_CHECKS_H
#define TESTS_SYNC_ONCE_CHECKS_H

#include "support.h"

#include <par/once.h>

#define ONCE_CHECKS(X)                                                                             \
    X(once, runs_one_init_of_many)                                                                 \
    X(once, shows_what_init_wrote)                                                                 \
    X(once, returns_codes_and_tries_again)                                                         \
    X(once, lets_waiters_try_again)                                                                \
    X(once, is_incomplete_when_a_thread_ends_in_init)                                              \
    X(once, tries_without_waiting)                                                                 \
    X(once, waits_until_a_deadline)                                                                \
    X(once, stops_waiting_when_canceled)                                                           \
    X(once, is_done_for_canceled_callers_too)                                                      \
    X(once, refuses_no_function)                                                                   \
    X(once, makes_globals_once)                                                                    \
    X(once, makes_globals_that_can_fail)                                                           \
    X(once_within, refuses_its_own_thread)                                                         \
    X(once_within, refuses_tasks_of_its_init)                                                      \
    X(once_within, refuses_tasks_of_an_init_outside)                                               \
    X(once_within, lets_others_wait_meanwhile)                                                     \
    X(once_within, nests_in_another)                                                               \
    X(once_within, leaves_the_group_as_it_was)                                                     \
    X(once_within, lends_the_core_that_init_needs)                                                 \
    X(once_within, serves_many_tasks)                                                              \
    X(once_panic, leaves_it_incomplete)                                                            \
    X(once_panic, leaves_it_to_other_tasks)

ONCE_CHECKS(CHECK_PROTOTYPE)

#endif
