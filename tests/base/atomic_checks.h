/* SPDX-License-Identifier: MIT */
/* atomic_checks.h - what the names of base/atomic.h do between threads, as a list of checks. */
#ifndef TESTS_BASE_ATOMIC_CHECKS_H
#define TESTS_BASE_ATOMIC_CHECKS_H

#include "support.h"

#define ATOMIC_CHECKS(X)                                                                           \
    X(atomic, adds_lose_nothing)                                                                   \
    X(atomic, bits_are_set_and_cleared_alone)                                                      \
    X(atomic, compare_and_swap_has_one_winner)                                                     \
    X(atomic, exchange_hands_each_value_to_one)                                                    \
    X(atomic, values_are_handed_over_whole)                                                        \
    X(atomic, sequential_accesses_see_each_other)

ATOMIC_CHECKS(CHECK_PROTOTYPE)

#endif
