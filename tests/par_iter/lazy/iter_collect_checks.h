/* SPDX-License-Identifier: MIT */
/* iter_collect_checks.h - what par_iter_collect and par_iter_collect_new promise, as a list of
 * checks. */
#ifndef TESTS_PAR_ITER_ITER_COLLECT_CHECKS_H
#define TESTS_PAR_ITER_ITER_COLLECT_CHECKS_H

#include "support.h"

#define ITER_COLLECT_CHECKS(X)                                                                     \
    X(iter_collect, keeps_the_order)                                                               \
    X(iter_collect, moves_what_filters_leave)                                                      \
    X(iter_collect, takes_what_flat_maps_make)                                                     \
    X(iter_collect, wants_room_for_all_positions)                                                  \
    X(iter_collect, wants_room_for_what_flat_maps_make)                                            \
    X(iter_collect, leaves_the_number_after_a_failure)                                             \
    X(iter_collect, refuses_bad_arguments)                                                         \
    X(iter_collect_new, gives_null_for_nothing)                                                    \
    X(iter_collect_new, leaves_both_after_a_failure)

ITER_COLLECT_CHECKS(CHECK_PROTOTYPE)

#endif
