/* SPDX-License-Identifier: MIT */
/* text_checks.h - what par/text.h promises, as a list of checks. */
#ifndef TESTS_PAR_ITER_TEXT_CHECKS_H
#define TESTS_PAR_ITER_TEXT_CHECKS_H

#include "support.h"

#define TEXT_CHECKS(X)                                                                             \
    X(text, parts_are_those_of_a_serial_loop_wherever_it_is_cut)                                   \
    X(text, long_parts_are_too)                                                                    \
    X(text, words_end_at_each_kind_of_white)                                                       \
    X(text, blocks_of_any_length_hold_the_same)                                                    \
    X(text, every_call_runs_it)                                                                    \
    X(text, stages_run_on_it)                                                                      \
    X(text, looks_at_a_byte_twice_at_most)                                                         \
    X(text, returns_the_code_of_a_block)                                                           \
    X(text, refuses_bad_arguments)                                                                 \
    X(text, has_no_positions)

TEXT_CHECKS(CHECK_PROTOTYPE)

#endif
