/* SPDX-License-Identifier: MIT */
/* latch_checks.h - what par_latch promises, as a list of checks. */
#ifndef TESTS_SYNC_LATCH_CHECKS_H
#define TESTS_SYNC_LATCH_CHECKS_H

#include "support.h"

#include <par/latch.h>

#define LATCH_CHECKS(X)                                                                            \
    X(latch, opens_at_zero)                                                                        \
    X(latch, counts_no_further)                                                                    \
    X(latch, shows_what_was_written_before)                                                        \
    X(latch, may_be_freed_by_who_waited)                                                           \
    X(latch, waits_until_a_deadline)                                                               \
    X(latch, stops_waiting_when_canceled)                                                          \
    X(latch, wakes_tasks_of_small_pools)

LATCH_CHECKS(CHECK_PROTOTYPE)

#endif
