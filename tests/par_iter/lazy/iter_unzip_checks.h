/* SPDX-License-Identifier: MIT */
/* iter_unzip_checks.h - what the calls of par/iter_unzip.h promise, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_UNZIP_CHECKS_H
#define TESTS_PAR_ITER_ITER_UNZIP_CHECKS_H

#include "support.h"

#define ITER_UNZIP_CHECKS(X)                                                                       \
    X(iter_unzip, stores_members_in_order)                                                         \
    X(iter_unzip, stores_members_behind_filters_and_flat_maps)                                     \
    X(iter_unzip, asks_for_room)                                                                   \
    X(iter_unzip, refuses_bad_members)                                                             \
    X(iter_partition, keeps_the_order_of_both_sides)                                               \
    X(iter_partition, takes_sides_behind_filters_and_flat_maps)                                    \
    X(iter_partition, asks_for_room_on_both_sides)                                                 \
    X(iter_partition, returns_the_code_of_its_function)                                            \
    X(iter_partition, refuses_bad_sides)

ITER_UNZIP_CHECKS(CHECK_PROTOTYPE)

#endif
