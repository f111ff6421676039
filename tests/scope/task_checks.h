/* SPDX-License-Identifier: MIT */
/* task_checks.h - what typed tasks promise, as a list of checks. */
#ifndef TESTS_SCOPE_TASK_CHECKS_H
#define TESTS_SCOPE_TASK_CHECKS_H

#include "support.h"

#define TASK_CHECKS(X)                                                                             \
    X(task, computes_fib)                                                                          \
    X(task, counts_queens)                                                                         \
    X(task, takes_any_number_of_arguments)                                                         \
    X(task, takes_and_gives_structures)                                                            \
    X(task, is_shared_between_files)                                                               \
    X(task, is_forked_by_plain_functions)                                                          \
    X(task, is_called_from_outside)                                                                \
    X(task, joins_in_any_order)                                                                    \
    X(task, joins_stolen_forks_in_any_order)                                                       \
    X(task, forks_anew_between_joins)                                                              \
    X(task, is_joined_when_its_block_is_left)                                                      \
    X(task, forks_deeper_than_there_is_room)                                                       \
    X(task, mixes_with_joins_and_loops)

TASK_CHECKS(CHECK_PROTOTYPE)

#endif
