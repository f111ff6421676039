/* SPDX-License-Identifier: MIT */
/* loop_stop_checks.h - how loops end early: by a code, by par_cancel, and who is told. */
#ifndef TESTS_SCOPE_LOOP_STOP_CHECKS_H
#define TESTS_SCOPE_LOOP_STOP_CHECKS_H

#include "support.h"

#define LOOP_STOP_CHECKS(X)                                                                        \
    X(loop_stop, returns_a_code_unchanged)                                                         \
    X(loop_stop, returns_the_first_code)                                                           \
    X(loop_stop, skips_what_has_not_begun)                                                         \
    X(loop_stop, runs_nothing_of_a_canceled_group)                                                 \
    X(loop_stop, is_asked_for_inside)                                                              \
    X(loop_stop, is_asked_for_by_a_signal_handler)                                                 \
    X(loop_stop, is_asked_for_by_another_thread)                                                   \
    X(loop_stop, tells_which_came_first)                                                           \
    X(loop_stop, stops_every_loop_of_a_group)                                                      \
    X(loop_stop, is_seen_in_stolen_sides)                                                          \
    X(loop_stop, is_seen_below)                                                                    \
    X(loop_stop, is_not_seen_above)                                                                \
    X(loop_stop, is_not_seen_by_tasks_that_outlive_the_loop)

LOOP_STOP_CHECKS(CHECK_PROTOTYPE)

#endif
