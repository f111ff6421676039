/* SPDX-License-Identifier: MIT */
/* condvar_checks.h - what par_condvar promises. */
#ifndef TESTS_SYNC_CONDVAR_CHECKS_H
#define TESTS_SYNC_CONDVAR_CHECKS_H

#include "support.h"

#define CONDVAR_CHECKS(X)                                                                          \
    X(condvar, wakes_one_in_order)                                                                 \
    X(condvar, wakes_all)                                                                          \
    X(condvar, wakes_nobody_without_reason)                                                        \
    X(condvar, moves_waiters_to_the_mutex)                                                         \
    X(condvar, wakes_without_the_mutex)                                                            \
    X(condvar, forgets_notifications_without_waiters)                                              \
    X(condvar, times_out_with_the_mutex)                                                           \
    X(condvar, is_canceled_with_the_mutex)                                                         \
    X(condvar, loses_no_notification_to_a_deadline)                                                \
    X(condvar, is_notified_at_its_deadline)                                                        \
    X(condvar, tells_poison)                                                                       \
    X(condvar, refuses_those_without_the_mutex)                                                    \
    X(condvar, serves_several_mutexes)                                                             \
    X(condvar, passes_every_message)                                                               \
    X(condvar, lends_the_core)

CONDVAR_CHECKS(CHECK_PROTOTYPE)

#endif
