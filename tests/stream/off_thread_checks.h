/* SPDX-License-Identifier: MIT */
/* off_thread_checks.h - what par/off_thread.h promises. */
#ifndef TESTS_STREAM_OFF_THREAD_CHECKS_H
#define TESTS_STREAM_OFF_THREAD_CHECKS_H

#include "support.h"

#define OFF_THREAD_CHECKS(X)                                                                       \
    X(off_thread, gives_all_in_order)                                                              \
    X(off_thread, works_ahead_as_far_as_it_may)                                                    \
    X(off_thread, asks_for_small_batches_only)                                                     \
    X(off_thread, delivers_a_failure_after_the_last_element)                                       \
    X(off_thread, delivers_a_panic_likewise)                                                       \
    X(off_thread, ends_when_the_consumer_leaves)                                                   \
    X(off_thread, drops_in_order_what_was_not_taken)                                               \
    X(off_thread, feeds_a_bridge)                                                                  \
    X(off_thread, passes_a_failure_through_a_bridge)                                               \
    X(off_thread, lends_the_core_of_a_consumer)                                                    \
    X(off_thread, feeds_one_from_another)                                                          \
    X(off_thread, has_types)                                                                       \
    X(off_thread, serves_many_at_once)                                                             \
    X(off_thread, refuses_bad_arguments)

OFF_THREAD_CHECKS(CHECK_PROTOTYPE)

#endif
