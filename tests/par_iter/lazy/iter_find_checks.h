/* SPDX-License-Identifier: MIT */
/* iter_find_checks.h - what the calls promise that look for one element, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_FIND_CHECKS_H
#define TESTS_PAR_ITER_ITER_FIND_CHECKS_H

#include "support.h"

#define ITER_FIND_CHECKS(X)                                                                        \
    X(iter_find, finds_the_leftmost_and_the_rightmost)                                             \
    X(iter_find, finds_any_that_matches)                                                           \
    X(iter_find, finds_one_among_equals)                                                           \
    X(iter_find, finds_behind_stages)                                                              \
    X(iter_find, leaves_the_result_if_there_is_none)                                               \
    X(iter_find, asks_for_the_end_that_is_meant)                                                   \
    X(iter_find, skips_what_cannot_matter)                                                         \
    X(iter_find, ends_soon_in_huge_ranges)                                                         \
    X(iter_find, ends_soon_where_filters_leave_nothing)                                            \
    X(iter_find, returns_the_code_of_a_function)                                                   \
    X(iter_find, refuses_bad_arguments)

ITER_FIND_CHECKS(CHECK_PROTOTYPE)

#endif
