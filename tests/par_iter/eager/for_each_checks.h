/* SPDX-License-Identifier: MIT */
/* for_each_checks.h - what par_for_each promises, as a list of checks. */
#ifndef TESTS_PAR_ITER_FOR_EACH_CHECKS_H
#define TESTS_PAR_ITER_FOR_EACH_CHECKS_H

#include "support.h"

#define FOR_EACH_CHECKS(X)                                                                         \
    X(for_each, works_on_each_element_once)                                                        \
    X(for_each, returns_the_code_of_a_block)                                                       \
    X(for_each, begins_no_block_after_a_failure)                                                   \
    X(for_each, refuses_bad_arguments)

FOR_EACH_CHECKS(CHECK_PROTOTYPE)

#endif
