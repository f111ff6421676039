/* SPDX-License-Identifier: MIT */
/* map_checks.h - what par_map promises, as a list of checks. */
#ifndef TESTS_PAR_ITER_MAP_CHECKS_H
#define TESTS_PAR_ITER_MAP_CHECKS_H

#include "support.h"

#define MAP_CHECKS(X)                                                                              \
    X(map, writes_what_a_serial_loop_writes)                                                       \
    X(map, takes_elements_of_any_size)                                                             \
    X(map, nests)                                                                                  \
    X(map, returns_the_code_of_a_block)                                                            \
    X(map, never_turns_a_failure_into_success)                                                     \
    X(map, begins_no_block_after_a_failure)                                                        \
    X(map, refuses_bad_arguments)

MAP_CHECKS(CHECK_PROTOTYPE)

#endif
