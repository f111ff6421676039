/* SPDX-License-Identifier: MIT */
/* gang_checks.h - what par_gang promises, as a list of checks. */
#ifndef TESTS_SCOPE_GANG_CHECKS_H
#define TESTS_SCOPE_GANG_CHECKS_H

#include "support.h"

#define GANG_CHECKS(X)                                                                             \
    X(gang, calls_each_index_once)                                                                 \
    X(gang, has_all_members_at_the_same_time)                                                      \
    X(gang, meets_at_its_barrier)                                                                  \
    X(gang, is_all_or_none)                                                                        \
    X(gang, takes_spares_for_busy_threads)                                                         \
    X(gang, leaves_the_pool_as_it_was)                                                             \
    X(gang, refuses_no_function)

GANG_CHECKS(CHECK_PROTOTYPE)

#endif
