/* SPDX-License-Identifier: MIT */
/* barrier_checks.h - what par_barrier promises, as a list of checks. */
#ifndef TESTS_SYNC_BARRIER_CHECKS_H
#define TESTS_SYNC_BARRIER_CHECKS_H

#include "support.h"

#include <par/barrier.h>

#define BARRIER_CHECKS(X)                                                                          \
    X(barrier, has_one_leader_in_each_phase)                                                       \
    X(barrier, shows_what_all_wrote)                                                               \
    X(barrier, of_one_does_not_wait)                                                               \
    X(barrier, refuses_wrong_numbers)                                                              \
    X(barrier, is_left_at_a_deadline)                                                              \
    X(barrier, is_left_when_canceled)                                                              \
    X(barrier, counts_those_who_came_in_time)                                                      \
    X(barrier, meets_tasks_of_small_pools)

BARRIER_CHECKS(CHECK_PROTOTYPE)

#endif
