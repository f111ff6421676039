/* SPDX-License-Identifier: MIT */
/* sort_checks.h - what par/sort.h promises, as a list of checks. */
#ifndef TESTS_PAR_ITER_SORT_CHECKS_H
#define TESTS_PAR_ITER_SORT_CHECKS_H

#include "support.h"

#define SORT_CHECKS(X)                                                                             \
    X(sort, is_stable_for_all_lengths)                                                             \
    X(sort, orders_all_shapes_in_every_pool)                                                       \
    X(sort, takes_elements_of_any_size)                                                            \
    X(sort, survives_orders_that_contradict_themselves)                                            \
    X(sort, compares_sorted_input_once)                                                            \
    X(sort, gives_the_same_in_every_pool)                                                          \
    X(sort, nests)                                                                                 \
    X(sort, ends_after_bad_pivots)                                                                 \
    X(sort, works_in_cxx)                                                                          \
    X(sort, orders_numbers)                                                                        \
    X(sort, orders_floats_totally)                                                                 \
    X(sort, orders_skewed_numbers)                                                                 \
    X(sort, tells_runs_of_numbers)                                                                 \
    X(sort, by_keys_is_stable)                                                                     \
    X(sort, makes_each_cached_key_once)                                                            \
    X(sort, merges)                                                                                \
    X(sort, selects)                                                                               \
    X(sort, tells_what_is_sorted)                                                                  \
    X(sort, returns_codes)

SORT_CHECKS(CHECK_PROTOTYPE)

#endif
