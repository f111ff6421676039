/* SPDX-License-Identifier: MIT */
/* iter_source_checks.h - what the sources of iterators promise, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_SOURCE_CHECKS_H
#define TESTS_PAR_ITER_ITER_SOURCE_CHECKS_H

#include "support.h"

#define ITER_SOURCE_CHECKS(X)                                                                      \
    X(iter_source, takes_elements_of_every_size)                                                   \
    X(iter_source, takes_elements_with_gaps)                                                       \
    X(iter_source, counts_ranges)                                                                  \
    X(iter_source, counts_cells)                                                                   \
    X(iter_source, cuts_chunks_with_every_rest)                                                    \
    X(iter_source, moves_windows)                                                                  \
    X(iter_source, repeats_a_value)                                                                \
    X(iter_source, generates_each_element_once)                                                    \
    X(iter_source, generates_backwards_for_larger_elements)                                        \
    X(iter_source, returns_the_code_of_a_fill)                                                     \
    X(iter_source, refuses_bad_arguments)

ITER_SOURCE_CHECKS(CHECK_PROTOTYPE)

#endif
