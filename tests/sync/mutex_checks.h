/* SPDX-License-Identifier: MIT */
/* mutex_checks.h - what par_mutex promises. */
#ifndef TESTS_SYNC_MUTEX_CHECKS_H
#define TESTS_SYNC_MUTEX_CHECKS_H

#include "support.h"

#define MUTEX_CHECKS(X)                                                                            \
    X(mutex, is_free_when_zero)                                                                    \
    X(mutex, refuses_its_holder)                                                                   \
    X(mutex, excludes)                                                                             \
    X(mutex, excludes_in_pools)                                                                    \
    X(mutex, serves_in_order)                                                                      \
    X(mutex, keeps_the_place_of_who_was_too_slow)                                                  \
    X(mutex, is_reserved_for_who_lost_often)                                                       \
    X(mutex, is_not_starved_by_one_who_comes_back)                                                 \
    X(mutex, times_out)                                                                            \
    X(mutex, goes_on_without_those_who_time_out)                                                   \
    X(mutex, is_canceled)                                                                          \
    X(mutex, is_had_at_once_or_not_at_all)                                                         \
    X(mutex, is_poisoned_until_cleared)                                                            \
    X(mutex, tells_poison_to_those_who_wait)                                                       \
    X(mutex, guards_each_way_out)                                                                  \
    X(mutex, runs_no_block_with_poison)                                                            \
    X(mutex, lends_the_core)                                                                       \
    X(mutex, may_be_gone_after_its_last_unlock)

MUTEX_CHECKS(CHECK_PROTOTYPE)

#endif
