/* SPDX-License-Identifier: MIT */
/* broadcast_checks.h - what par_broadcast promises. */
#ifndef TESTS_SCOPE_BROADCAST_CHECKS_H
#define TESTS_SCOPE_BROADCAST_CHECKS_H

#include "support.h"

#define BROADCAST_CHECKS(X)                                                                        \
    X(broadcast, calls_each_thread_once)                                                           \
    X(broadcast, calls_all_threads_at_once)                                                        \
    X(broadcast, works_from_two_tasks_at_once)                                                     \
    X(broadcast, works_from_many_outside_threads)                                                  \
    X(broadcast, works_from_a_stolen_side)                                                         \
    X(broadcast, works_from_pieces_and_scopes)                                                     \
    X(broadcast, works_from_a_broadcast)                                                           \
    X(broadcast, works_between_pools)                                                              \
    X(broadcast, waits_for_busy_threads)                                                           \
    X(broadcast, rejects_nothing_to_call)

BROADCAST_CHECKS(CHECK_PROTOTYPE)

#endif
