/* SPDX-License-Identifier: MIT */
/* scan_checks.h - what par_scan and the lines of par/scan.h promise, as a list of checks. */
#ifndef TESTS_PAR_ITER_SCAN_CHECKS_H
#define TESTS_PAR_ITER_SCAN_CHECKS_H

#include "support.h"

#define SCAN_CHECKS(X)                                                                             \
    X(scan, writes_what_a_serial_loop_writes)                                                      \
    X(scan, keeps_the_order_of_elements)                                                           \
    X(scan, gives_the_same_bits_in_every_pool)                                                     \
    X(scan, takes_each_element_at_most_twice)                                                      \
    X(scan, works_in_place)                                                                        \
    X(scan, takes_large_accumulators)                                                              \
    X(scan, nests)                                                                                 \
    X(scan, returns_the_code_of_a_block)                                                           \
    X(scan, begins_no_block_after_a_failure)                                                       \
    X(scan, ends_inside_a_canceled_loop)                                                           \
    X(scan, leaves_all_without_memory)                                                             \
    X(scan, refuses_bad_arguments)                                                                 \
    X(scan, works_in_cxx)

SCAN_CHECKS(CHECK_PROTOTYPE)

#endif
