/* SPDX-License-Identifier: MIT */
/* iter_compare_checks.h - what the calls of par/iter_compare.h promise, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_COMPARE_CHECKS_H
#define TESTS_PAR_ITER_ITER_COMPARE_CHECKS_H

#include "support.h"

#define ITER_COMPARE_CHECKS(X)                                                                     \
    X(iter_compare, decides_by_the_first_pair_that_differs)                                        \
    X(iter_compare, decides_by_lengths_at_last)                                                    \
    X(iter_compare, knows_what_has_no_order)                                                       \
    X(iter_compare, compares_what_comes_out_of_stages)                                             \
    X(iter_compare, compares_arrays_in_one_line)                                                   \
    X(iter_compare, skips_what_cannot_matter)                                                      \
    X(iter_compare, returns_the_code_of_a_function)                                                \
    X(iter_compare, refuses_bad_arguments)

ITER_COMPARE_CHECKS(CHECK_PROTOTYPE)

#endif
