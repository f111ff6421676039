/* SPDX-License-Identifier: MIT */
/* typed_checks.h - what the lines of par/typed.h and its kin make, as a list of checks. */
#ifndef TESTS_PAR_ITER_TYPED_CHECKS_H
#define TESTS_PAR_ITER_TYPED_CHECKS_H

#include "support.h"

#define TYPED_CHECKS(X)                                                                            \
    X(typed, maps_numbers)                                                                         \
    X(typed, maps_structs_and_pointers)                                                            \
    X(typed, works_in_place)                                                                       \
    X(typed, keeps_what_is_asked_for)                                                              \
    X(typed, reduces_to_the_same_bits)                                                             \
    X(typed, reduces_in_order)                                                                     \
    X(typed, reduces_to_another_type)                                                              \
    X(typed, maps_and_reduces_at_once)                                                             \
    X(typed, returns_identities)                                                                   \
    X(typed, hands_a_context_on)                                                                   \
    X(typed, makes_block_functions)                                                                \
    X(typed, makes_stages_and_consumers)                                                           \
    X(typed, returns_codes)                                                                        \
    X(typed, works_in_cxx)                                                                         \
    X(typed_sum, adds_up_numbers_of_all_sizes)                                                     \
    X(typed_sum, multiplies)                                                                       \
    X(typed_sum, gives_the_same_bits_in_every_pool)                                                \
    X(typed_sum, is_closer_than_a_serial_loop)                                                     \
    X(typed_sum, takes_what_an_iterator_gives)                                                     \
    X(typed_sum, returns_codes)                                                                    \
    X(typed_find, finds_the_first_the_last_and_any)                                                \
    X(typed_find, answers_and_counts)                                                              \
    X(typed_find, prefers_by_place_what_is_equal)                                                  \
    X(typed_find, hands_a_context_on)                                                              \
    X(typed_find, takes_what_an_iterator_gives)                                                    \
    X(typed_find, returns_codes)                                                                   \
    X(typed_try, processes_all)                                                                    \
    X(typed_try, returns_the_code_that_comes_first)                                                \
    X(typed_try, returns_every_code_unchanged)                                                     \
    X(typed_try, skips_what_is_behind)                                                             \
    X(typed_try, hands_a_context_on)                                                               \
    X(typed_try, ends_inside_a_canceled_loop)                                                      \
    X(typed_try, returns_codes)

TYPED_CHECKS(CHECK_PROTOTYPE)

#endif
