/* SPDX-License-Identifier: MIT */
/* iter_slices_checks.h - what the sources of par/iter_slices.h promise, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_SLICES_CHECKS_H
#define TESTS_PAR_ITER_ITER_SLICES_CHECKS_H

#include "support.h"

#define ITER_SLICES_CHECKS(X)                                                                      \
    X(iter_slices, cuts_from_the_end)                                                              \
    X(iter_slices, knows_remainders)                                                               \
    X(iter_slices, cuts_between_strangers)                                                         \
    X(iter_slices, finds_long_slices_once)                                                         \
    X(iter_slices, looks_twice_at_most)                                                            \
    X(iter_slices, serves_every_call)                                                              \
    X(iter_slices, returns_the_code_of_a_border)                                                   \
    X(iter_slices, refuses_bad_arguments)

ITER_SLICES_CHECKS(CHECK_PROTOTYPE)

#endif
