/* SPDX-License-Identifier: MIT */
/* ordered_checks.h - what ordered.h promises, as a list of checks. */
#ifndef TESTS_PAR_ITER_ORDERED_CHECKS_H
#define TESTS_PAR_ITER_ORDERED_CHECKS_H

#include "support.h"

#define ORDERED_CHECKS(X)                                                                          \
    X(ordered, sets_brackets_by_the_number_of_blocks)                                              \
    X(ordered, leaves_out_blocks_without_a_result)                                                 \
    X(ordered, stops_at_a_code_and_leaves_the_result)                                              \
    X(ordered, bounds_its_threads)

ORDERED_CHECKS(CHECK_PROTOTYPE)

#endif
