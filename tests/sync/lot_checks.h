/* SPDX-License-Identifier: MIT */
/* lot_checks.h - what sync/lot.h promises, as a list of checks. */
#ifndef TESTS_SYNC_LOT_CHECKS_H
#define TESTS_SYNC_LOT_CHECKS_H

#include "support.h"

#include "sync/lot.h"

#define LOT_CHECKS(X)                                                                              \
    X(lot, does_not_wait_for_another_value)                                                        \
    X(lot, wakes_who_waits_at_the_address_alone)                                                   \
    X(lot, stays_asleep_through_other_tokens)                                                      \
    X(lot, gives_up_in_any_order)                                                                  \
    X(lot, forgets_no_wake_up)

LOT_CHECKS(CHECK_PROTOTYPE)

#endif
