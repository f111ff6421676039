/* SPDX-License-Identifier: MIT */
/* barrier_checks.h - what the process-wide barrier promises (B1 of base/barrier.h), as a list of
 * checks. They pass with nothing done where the system has no such barrier. */
#ifndef TESTS_BASE_BARRIER_CHECKS_H
#define TESTS_BASE_BARRIER_CHECKS_H

#include "support.h"

#define BARRIER_CHECKS(X)                                                                          \
    X(barrier, answers_always_the_same)                                                            \
    X(barrier, replaces_the_fence_of_the_other_side)                                               \
    X(barrier, reaches_every_thread)

BARRIER_CHECKS(CHECK_PROTOTYPE)

#endif
