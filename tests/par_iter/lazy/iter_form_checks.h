/* SPDX-License-Identifier: MIT */
/* iter_form_checks.h - what stages and sources promise that are less common, as a list of checks.
 */
#ifndef TESTS_PAR_ITER_ITER_FORM_CHECKS_H
#define TESTS_PAR_ITER_ITER_FORM_CHECKS_H

#include "support.h"

#define ITER_FORM_CHECKS(X)                                                                        \
    X(iter_update, changes_copies)                                                                 \
    X(iter_positions, are_those_of_what_is_found)                                                  \
    X(iter_positions, follow_moves)                                                                \
    X(iter_intersperse, puts_a_value_between)                                                      \
    X(iter_intersperse, can_be_moved_in)                                                           \
    X(iter_interleave_shortest, ends_with_the_shorter_one)                                         \
    X(iter_fold_chunks, folds_each_chunk)                                                          \
    X(iter_fold_chunks, folds_what_comes_out_of_stages)                                            \
    X(iter_fold_chunks, gives_the_same_in_every_pool)                                              \
    X(iter_flat_map_iter, runs_an_iterator_for_each_element)                                       \
    X(iter_flat_map_iter, runs_long_ones)                                                          \
    X(iter_flat_map_iter, nests)                                                                   \
    X(iter_flat_map_iter, passes_codes_on)                                                         \
    X(iter_divide, gives_parts_from_left_to_right)                                                 \
    X(iter_divide, divides_lopsided_data)                                                          \
    X(iter_divide, returns_the_code_of_its_function)                                               \
    X(iter_form, refuses_bad_arguments)

ITER_FORM_CHECKS(CHECK_PROTOTYPE)

#endif
