/* SPDX-License-Identifier: MIT */
/* blocker_checks.h - what base/blocker.h promises, as a list of checks. */
#ifndef TESTS_BASE_BLOCKER_CHECKS_H
#define TESTS_BASE_BLOCKER_CHECKS_H

#include "support.h"

#define BLOCKER_CHECKS(X)                                                                          \
    X(blocker, is_the_threads_own)                                                                 \
    X(blocker, is_handed_on)                                                                       \
    X(blocker, is_kept_for_who_died_with_a_lock)                                                   \
    X(blocker, is_woken_when_its_group_is_canceled)                                                \
    X(blocker, is_woken_from_a_signal_handler)                                                     \
    X(blocker, starts_anew_in_a_child)

BLOCKER_CHECKS(CHECK_PROTOTYPE)

#endif
