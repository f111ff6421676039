/* SPDX-License-Identifier: MIT */
/* forks_checks.h - what a stack of forks promises while one owner and several thieves use it, as a
 * list of checks. Those with a private part pass with nothing done where there is no process-wide
 * barrier. */
#ifndef TESTS_DEQUE_FORKS_CHECKS_H
#define TESTS_DEQUE_FORKS_CHECKS_H

#include "support.h"

#define FORKS_CHECKS(X)                                                                            \
    X(forks, go_once_without_a_private_part)                                                       \
    X(forks, go_once_when_thieves_ask)                                                             \
    X(forks, go_once_when_thieves_use_force)                                                       \
    X(forks, go_once_when_thieves_do_both)                                                         \
    X(forks, go_once_when_there_is_one_at_a_time)                                                  \
    X(forks, go_once_when_there_is_one_at_a_time_and_force)                                        \
    X(forks, go_once_when_there_are_two_at_a_time)                                                 \
    X(forks, leave_an_owner_that_does_nothing)                                                     \
    X(forks, go_to_thieves_only_above_their_marks)

FORKS_CHECKS(CHECK_PROTOTYPE)

#endif
