/* SPDX-License-Identifier: MIT */
/* arrange_checks.h - what the functions and lines of par/arrange.h promise, as a list of checks. */
#ifndef TESTS_PAR_ITER_ARRANGE_CHECKS_H
#define TESTS_PAR_ITER_ARRANGE_CHECKS_H

#include "support.h"

#define ARRANGE_CHECKS(X)                                                                          \
    X(arrange, copies)                                                                             \
    X(arrange, fills)                                                                              \
    X(arrange, reverses)                                                                           \
    X(arrange, rotates)                                                                            \
    X(arrange, transposes)                                                                         \
    X(arrange, shuffles_the_same_in_every_pool)                                                    \
    X(arrange, shuffles_to_every_order)                                                            \
    X(filter, keeps_what_a_serial_loop_keeps)                                                      \
    X(filter, takes_elements_of_any_size)                                                          \
    X(filter, sees_each_element_once)                                                              \
    X(filter, nests)                                                                               \
    X(filter, returns_the_code_of_a_block)                                                         \
    X(filter, begins_no_block_after_a_failure)                                                     \
    X(filter, ends_inside_a_canceled_loop)                                                         \
    X(partition, puts_what_it_keeps_first)                                                         \
    X(partition, takes_elements_of_any_size)                                                       \
    X(unique, drops_repeated_neighbours)                                                           \
    X(histogram, counts)                                                                           \
    X(histogram, leaves_the_counts_when_a_bin_is_out_of_range)                                     \
    X(group_by, puts_equal_keys_together)                                                          \
    X(group_by, gives_the_same_order_in_every_pool)                                                \
    X(group_by, leaves_all_without_room)                                                           \
    X(arrange, returns_the_codes_of_blocks)                                                        \
    X(arrange, refuses_bad_arguments)                                                              \
    X(arrange, leaves_all_without_memory)                                                          \
    X(arrange, works_in_cxx)

ARRANGE_CHECKS(CHECK_PROTOTYPE)

#endif
