/* SPDX-License-Identifier: MIT */
/* park_checks.h - what a parker promises (K1 to K3 of base/park.h), as a list of checks. Each way
 * of parking is compiled into programs of its own. */
#ifndef TESTS_BASE_PARK_CHECKS_H
#define TESTS_BASE_PARK_CHECKS_H

#include "support.h"

#define PARK_CHECKS(X)                                                                             \
    X(park, takes_a_token_that_was_left)                                                           \
    X(park, keeps_one_token_of_many)                                                               \
    X(park, sleeps_until_the_token_comes)                                                          \
    X(park, sleeps_on_when_woken_for_nothing)                                                      \
    X(park, plays_ping_pong)                                                                       \
    X(park, hands_over_what_came_before)                                                           \
    X(park, sleeps_on_through_signals)                                                             \
    X(park, is_woken_by_any_of_many)                                                               \
    X(park, gives_up_at_a_deadline_that_has_passed)                                                \
    X(park, takes_a_token_rather_than_a_deadline)                                                  \
    X(park, gives_up_at_a_deadline_to_come)                                                        \
    X(park, loses_no_token_to_deadlines)

PARK_CHECKS(CHECK_PROTOTYPE)

#endif
