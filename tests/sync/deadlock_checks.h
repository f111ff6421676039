/* SPDX-License-Identifier: MIT */
/* deadlock_checks.h - cycles of locks and joins end with EDEADLK for one thread of them; nothing
 * else does. */
#ifndef TESTS_SYNC_DEADLOCK_CHECKS_H
#define TESTS_SYNC_DEADLOCK_CHECKS_H

#include "support.h"

#define DEADLOCK_CHECKS(X)                                                                         \
    X(deadlock, of_two_locks_ends)                                                                 \
    X(deadlock, of_three_locks_ends)                                                               \
    X(deadlock, of_many_locks_ends_for_one_thread)                                                 \
    X(deadlock, of_writers_ends)                                                                   \
    X(deadlock, is_none_with_a_deadline)                                                           \
    X(deadlock, is_none_by_a_join_that_has_ended)                                                  \
    X(deadlock, of_a_lock_and_a_join_ends)                                                         \
    X(deadlock, of_a_lock_and_a_later_join_ends)                                                   \
    X(deadlock, of_a_lock_and_two_joins_ends)                                                      \
    X(deadlock, by_a_notification_ends)                                                            \
    X(deadlock, is_not_seen_in_crowds)                                                             \
    X(deadlock, is_not_seen_in_crowds_of_tasks)

DEADLOCK_CHECKS(CHECK_PROTOTYPE)

#endif
