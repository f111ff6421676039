/* SPDX-License-Identifier: MIT */
/* select_checks.h - what par_select promises, as a list of checks. */
#ifndef TESTS_STREAM_SELECT_CHECKS_H
#define TESTS_STREAM_SELECT_CHECKS_H

#include "stream/elements.h"

#define SELECT_CHECKS(X)                                                                           \
    X(select, does_what_can_be_done)                                                               \
    X(select, says_when_nothing_can_be_done)                                                       \
    X(select, tells_of_closed_channels)                                                            \
    X(select, is_fair)                                                                             \
    X(select, is_biased_when_asked)                                                                \
    X(select, only_chooses_when_asked)                                                             \
    X(select, takes_the_same_channel_twice)                                                        \
    X(select, sleeps_without_cases)                                                                \
    X(select, refuses_what_makes_no_sense)                                                         \
    X(select, waits_for_timers)                                                                    \
    X(select, waits_for_receives_and_sends)                                                        \
    X(select, meets_another_select)                                                                \
    X(select, never_meets_itself)                                                                  \
    X(select, is_canceled)                                                                         \
    X(select, passes_on_a_call)                                                                    \
    X(select, watches_for_a_meeting)

SELECT_CHECKS(CHECK_PROTOTYPE)

#endif
