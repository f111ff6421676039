/* SPDX-License-Identifier: MIT */
/* iter_any_checks.h - what the stages of par/iter_any.h promise, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_ANY_CHECKS_H
#define TESTS_PAR_ITER_ITER_ANY_CHECKS_H

#include "support.h"

#define ITER_ANY_CHECKS(X)                                                                         \
    X(iter_any, takes_as_many_as_asked_for)                                                        \
    X(iter_any, skips_as_many_as_asked_for)                                                        \
    X(iter_any, takes_until_one_may_not_pass)                                                      \
    X(iter_any, skips_until_one_may_not_pass)                                                      \
    X(iter_any, maps_while_there_are_some)                                                         \
    X(iter_any, works_behind_filters_and_in_chains)                                                \
    X(iter_any, ends_huge_ranges)                                                                  \
    X(iter_any, begins_nothing_behind_the_end)                                                     \
    X(iter_any, takes_all_of_a_flat_map_behind_it)                                                 \
    X(iter_any, counts_anew_in_each_call)                                                          \
    X(iter_any, remembers_what_it_met)                                                             \
    X(iter_any, ends_all_that_stands_before_it)                                                    \
    X(iter_any, returns_the_code_of_a_function)                                                    \
    X(iter_any, refuses_bad_arguments)

ITER_ANY_CHECKS(CHECK_PROTOTYPE)

#endif
