/* SPDX-License-Identifier: MIT */
/* stats_checks.h - what par_stats_get promises. */
#ifndef TESTS_OBSERVE_STATS_CHECKS_H
#define TESTS_OBSERVE_STATS_CHECKS_H

#include "support.h"

#define STATS_CHECKS(X)                                                                            \
    X(stats, do_not_make_the_default_pool)                                                         \
    X(stats, reject_unknown_sizes)                                                                 \
    X(stats, count_tasks)                                                                          \
    X(stats, count_thefts)                                                                         \
    X(stats, count_sleep)                                                                          \
    X(stats, count_lent_cores)                                                                     \
    X(stats, never_go_back)

STATS_CHECKS(CHECK_PROTOTYPE)

#endif
