/* SPDX-License-Identifier: MIT */
/* join_checks.h - what par_join and par_try_join promise, as a list of checks. */
#ifndef TESTS_SCOPE_JOIN_CHECKS_H
#define TESTS_SCOPE_JOIN_CHECKS_H

#include "support.h"

#define JOIN_CHECKS(X)                                                                             \
    X(join, runs_both_sides)                                                                       \
    X(join, is_two_calls_in_order_on_one_thread)                                                   \
    X(join, can_be_made_half_a_million_times)                                                      \
    X(join, nests_as_deep_as_the_stack)                                                            \
    X(join, computes_fib)                                                                          \
    X(join, computes_nqueens)                                                                      \
    X(join, computes_mergesort)                                                                    \
    X(join, computes_tree_sums)                                                                    \
    X(join, hands_out_its_second_side)                                                             \
    X(join, occupies_all_threads)                                                                  \
    X(join, returns_codes)                                                                         \
    X(join, returns_codes_of_stolen_sides)                                                         \
    X(join, serves_many_outside_threads)

JOIN_CHECKS(CHECK_PROTOTYPE)

#endif
