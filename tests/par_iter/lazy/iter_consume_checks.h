/* SPDX-License-Identifier: MIT */
/* iter_consume_checks.h - what the calls promise that run an iterator for something of all its
 * elements, and how all calls run, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_CONSUME_CHECKS_H
#define TESTS_PAR_ITER_ITER_CONSUME_CHECKS_H

#include "support.h"

#define ITER_CONSUME_CHECKS(X)                                                                     \
    X(iter_for_each, visits_each_element_once)                                                     \
    X(iter_for_each, cuts_pieces_as_asked)                                                         \
    X(iter_for_each, skips_blocks_after_a_failure)                                                 \
    X(iter_reduce, keeps_the_order_of_elements)                                                    \
    X(iter_reduce, begins_each_piece_from_the_identity)                                            \
    X(iter_reduce, leaves_out_what_filters_left_empty)                                             \
    X(iter_reduce, gives_the_same_bits_in_every_pool)                                              \
    X(iter_reduce, takes_large_and_aligned_accumulators)                                           \
    X(iter_reduce, leaves_the_accumulator_without_memory)                                          \
    X(iter_reduce, leaves_the_result_when_a_block_fails)                                           \
    X(iter_reduce, skips_blocks_after_a_failure)                                                   \
    X(iter_reduce, refuses_bad_arguments)                                                          \
    X(iter_run, does_not_depend_on_pieces)                                                         \
    X(iter_run, respects_max_threads)                                                              \
    X(iter_run, respects_the_least_piece)                                                          \
    X(iter_run, ends_inside_a_canceled_loop)                                                       \
    X(iter_run, nests_in_block_functions)

ITER_CONSUME_CHECKS(CHECK_PROTOTYPE)

#endif
