/* SPDX-License-Identifier: MIT */
/* reduce_checks.h - what par_reduce and par_reduce_with promise, as a list of checks. */
#ifndef TESTS_PAR_ITER_REDUCE_CHECKS_H
#define TESTS_PAR_ITER_REDUCE_CHECKS_H

#include "support.h"

#define REDUCE_CHECKS(X)                                                                           \
    X(reduce, keeps_the_order_of_elements)                                                         \
    X(reduce, begins_each_block_from_the_identity)                                                 \
    X(reduce, gives_the_same_bits_in_every_pool)                                                   \
    X(reduce, aligns_accumulators)                                                                 \
    X(reduce, takes_large_accumulators)                                                            \
    X(reduce, nests)                                                                               \
    X(reduce, leaves_the_accumulator_when_a_block_fails)                                           \
    X(reduce, begins_no_block_after_a_failure)                                                     \
    X(reduce, ends_inside_a_canceled_loop)                                                         \
    X(reduce, leaves_the_accumulator_without_memory)                                               \
    X(reduce, refuses_bad_arguments)                                                               \
    X(reduce_with, keeps_the_order_of_elements)                                                    \
    X(reduce_with, gives_the_same_bits_in_every_pool)                                              \
    X(reduce_with, folds_no_first_element)                                                         \
    X(reduce_with, leaves_the_result_when_a_block_fails)                                           \
    X(reduce_with, refuses_bad_arguments)

REDUCE_CHECKS(CHECK_PROTOTYPE)

#endif
