/* SPDX-License-Identifier: MIT */
/* loop_checks.h - what par_for, par_for_grain and par_try_for promise about pieces and threads. */
#ifndef TESTS_SCOPE_LOOP_CHECKS_H
#define TESTS_SCOPE_LOOP_CHECKS_H

#include "support.h"

#define LOOP_CHECKS(X)                                                                             \
    X(loop, visits_every_index_once)                                                               \
    X(loop, does_nothing_for_empty_and_reversed_ranges)                                            \
    X(loop, covers_huge_ranges)                                                                    \
    X(loop, nests_in_loops_and_joins)                                                              \
    X(loop, occupies_all_threads)                                                                  \
    X(loop, occupies_all_threads_from_within)                                                      \
    X(loop, serves_many_outside_threads)                                                           \
    X(loop, respects_max_threads)                                                                  \
    X(loop, runs_no_stranger)                                                                      \
    X(loop, rejects_options_of_unknown_size)

LOOP_CHECKS(CHECK_PROTOTYPE)

#endif
