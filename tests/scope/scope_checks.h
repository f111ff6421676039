/* SPDX-License-Identifier: MIT */
/* scope_checks.h - what par_scope_run and its spawns promise. */
#ifndef TESTS_SCOPE_SCOPE_CHECKS_H
#define TESTS_SCOPE_SCOPE_CHECKS_H

#include "support.h"

#define SCOPE_CHECKS(X)                                                                            \
    X(scope, runs_its_body_here)                                                                   \
    X(scope, runs_every_task_once)                                                                 \
    X(scope, runs_tasks_of_tasks)                                                                  \
    X(scope, chains_tasks_without_stack)                                                           \
    X(scope, starts_the_newest_first)                                                              \
    X(scope, is_robbed_of_the_oldest)                                                              \
    X(scope, never_runs_a_task_inside_a_spawn)                                                     \
    X(scope, copies_payloads)                                                                      \
    X(scope, occupies_all_threads)                                                                 \
    X(scope, rejects_nothing_to_run)

#define SCOPE_NEST_CHECKS(X)                                                                       \
    X(scope_nest, takes_tasks_from_below)                                                          \
    X(scope_nest, takes_tasks_from_stolen_sides)                                                   \
    X(scope_nest, takes_tasks_from_foreign_threads)                                                \
    X(scope_nest, takes_tasks_from_other_pools)                                                    \
    X(scope_nest, ends_without_tasks_of_outer_scopes)                                              \
    X(scope_nest, runs_no_stranger)                                                                \
    X(scope_nest, sorts)                                                                           \
    X(scope_nest, serves_many_outside_threads)

SCOPE_CHECKS(CHECK_PROTOTYPE)
SCOPE_NEST_CHECKS(CHECK_PROTOTYPE)

#endif
