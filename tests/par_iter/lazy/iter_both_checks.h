/* SPDX-License-Identifier: MIT */
/* iter_both_checks.h - iterators made of iterators, and positions, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_BOTH_CHECKS_H
#define TESTS_PAR_ITER_ITER_BOTH_CHECKS_H

#include "support.h"

#define ITER_BOTH_CHECKS(X)                                                                        \
    X(iter_both, chains)                                                                           \
    X(iter_both, chains_long_blocks_to_large_elements)                                             \
    X(iter_both, chains_what_filters_leave)                                                        \
    X(iter_both, zips_to_the_shorter)                                                              \
    X(iter_both, zips_equal_lengths_only)                                                          \
    X(iter_both, takes_turns_and_appends_the_rest)                                                 \
    X(iter_both, cuts_chunks_of_what_comes)                                                        \
    X(iter_both, borrows_one_twice)                                                                \
    X(iter_both, nests)                                                                            \
    X(iter_both, refuses_bad_arguments)                                                            \
    X(iter_position, agrees_with_a_model_in_every_order)                                           \
    X(iter_position, reaches_every_source)                                                         \
    X(iter_position, numbers_before_and_after_moves)                                               \
    X(iter_position, takes_and_skips_of_huge_ranges)                                               \
    X(iter_position, evaluates_only_what_is_taken)

ITER_BOTH_CHECKS(CHECK_PROTOTYPE)

#endif
