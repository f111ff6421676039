/* SPDX-License-Identifier: MIT */
/* iter_stage_checks.h - what the stages of iterators promise, as a list of checks. */
#ifndef TESTS_PAR_ITER_ITER_STAGE_CHECKS_H
#define TESTS_PAR_ITER_ITER_STAGE_CHECKS_H

#include "support.h"

#define ITER_STAGE_CHECKS(X)                                                                       \
    X(iter_stage, runs_one_after_the_other)                                                        \
    X(iter_stage, looks_at_each_element_once)                                                      \
    X(iter_stage, makes_none_one_or_thousands_of_one)                                              \
    X(iter_stage, tells_a_flat_map_to_stop)                                                        \
    X(iter_stage, returns_the_code_of_a_function)                                                  \
    X(iter_stage, aligns_blocks)                                                                   \
    X(iter_stage, takes_a_copy_as_another_iterator)                                                \
    X(iter_stage, takes_no_more_than_the_most)                                                     \
    X(iter_stage, refuses_bad_arguments)                                                           \
    X(iter_stage, keeps_the_first_thing_that_is_wrong)                                             \
    X(iter_stage, refuses_positions_that_nobody_knows)                                             \
    X(iter_state, is_made_and_ended_once_for_each_thread)                                          \
    X(iter_state, is_ended_when_another_could_not_be_made)                                         \
    X(iter_state, has_one_block_at_a_time)                                                         \
    X(iter_state, needs_no_init_and_no_fini)                                                       \
    X(iter_state, may_be_had_by_many_stages)                                                       \
    X(iter_state, is_refused_without_size_or_memory)

ITER_STAGE_CHECKS(CHECK_PROTOTYPE)

#endif
