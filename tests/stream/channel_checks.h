/* SPDX-License-Identifier: MIT */
/* channel_checks.h - what channels promise, as lists of checks. */
#ifndef TESTS_STREAM_CHANNEL_CHECKS_H
#define TESTS_STREAM_CHANNEL_CHECKS_H

#include "stream/elements.h"

#define CHANNEL_CHECKS(X)                                                                          \
    X(channel, keeps_order_and_bytes)                                                              \
    X(channel, says_when_it_is_full_or_empty)                                                      \
    X(channel, drains_after_it_is_closed)                                                          \
    X(channel, is_closed_by_its_last_sender)                                                       \
    X(channel, drops_what_is_left_once)                                                            \
    X(channel, drops_with_whichever_end_goes_last)                                                 \
    X(channel, counts_its_ends)                                                                    \
    X(channel, moves_many_at_once)                                                                 \
    X(channel, is_iterated)                                                                        \
    X(channel, refuses_what_makes_no_sense)                                                        \
    X(channel, takes_signals_without_bytes)                                                        \
    X(channel, is_typed)                                                                           \
    X(timer, fires_once)                                                                           \
    X(timer, fires_for_one_of_many)                                                                \
    X(timer, ticks_on_schedule)                                                                    \
    X(timer, never_fires)

#define CHANNEL_WAIT_CHECKS(X)                                                                     \
    X(channel_wait, hands_over_one_by_one)                                                         \
    X(channel_wait, receivers_wait_for_senders)                                                    \
    X(channel_wait, senders_wait_for_room)                                                         \
    X(channel_wait, wakes_all_that_it_serves)                                                      \
    X(channel_wait, ends_at_its_deadline)                                                          \
    X(channel_wait, is_canceled)                                                                   \
    X(channel_wait, is_canceled_before_it_begins)                                                  \
    X(channel_wait, ends_when_closed)                                                              \
    X(channel_wait, ends_when_the_other_side_goes)                                                 \
    X(channel_wait, accepts_a_part_of_many)                                                        \
    X(channel_wait, lends_its_core)                                                                \
    X(channel_wait, runs_pipelines_of_tasks)

CHANNEL_CHECKS(CHECK_PROTOTYPE)
CHANNEL_WAIT_CHECKS(CHECK_PROTOTYPE)

#endif
