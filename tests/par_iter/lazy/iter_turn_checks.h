/* SPDX-License-Identifier: MIT */
/* iter_turn_checks.h - what blocks promise that run one after the other, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_TURN_CHECKS_H
#define TESTS_PAR_ITER_ITER_TURN_CHECKS_H

#include "support.h"

#define ITER_TURN_CHECKS(X)                                                                        \
    X(iter_turn, gives_what_one_turn_gives)                                                        \
    X(iter_turn, begins_when_the_one_before_has_ended)                                             \
    X(iter_turn, ends_with_the_turn_that_finds)                                                    \
    X(iter_turn, ends_with_a_code)                                                                 \
    X(iter_turn, knows_positions)                                                                  \
    X(iter_turn, refuses_no_length)

ITER_TURN_CHECKS(CHECK_PROTOTYPE)

#endif
