/* SPDX-License-Identifier: MIT */
/* typed_checks.h - what the lines of par/typed.h make, as a list of checks. */
#ifndef TESTS_PAR_ITER_TYPED_CHECKS_H
#define TESTS_PAR_ITER_TYPED_CHECKS_H

#include "support.h"

#define TYPED_CHECKS(X)                                                                            \
    X(typed, maps_numbers)                                                                         \
    X(typed, maps_structs_and_pointers)                                                            \
    X(typed, works_in_place)                                                                       \
    X(typed, reduces_to_the_same_bits)                                                             \
    X(typed, reduces_in_order)                                                                     \
    X(typed, makes_block_functions)                                                                \
    X(typed, returns_codes)                                                                        \
    X(typed, works_in_cxx)

TYPED_CHECKS(CHECK_PROTOTYPE)

#endif
