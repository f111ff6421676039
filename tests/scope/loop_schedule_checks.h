/* SPDX-License-Identifier: MIT */
/* loop_schedule_checks.h - what loops promise under each par_schedule, as a list of checks. */
#ifndef TESTS_SCOPE_LOOP_SCHEDULE_CHECKS_H
#define TESTS_SCOPE_LOOP_SCHEDULE_CHECKS_H

#include "support.h"

#define LOOP_SCHEDULE_CHECKS(X)                                                                    \
    X(loop_schedule, visits_every_index_once)                                                      \
    X(loop_schedule, stops_at_the_first_code)                                                      \
    X(loop_schedule, respects_max_threads)                                                         \
    X(loop_schedule, gives_a_thread_the_same_indices_again)                                        \
    X(loop_schedule, rejects_the_unknown)

LOOP_SCHEDULE_CHECKS(CHECK_PROTOTYPE)

#endif
