/* SPDX-License-Identifier: MIT */
/* panic_checks.h - what par_panic, par_catch and PAR_DEFER promise, as lists of checks. */
#ifndef TESTS_SCOPE_PANIC_CHECKS_H
#define TESTS_SCOPE_PANIC_CHECKS_H

#include "support.h"

#define PANIC_CHECKS(X)                                                                            \
    X(panic, returns_code_and_message)                                                             \
    X(panic, cuts_long_messages)                                                                   \
    X(panic, nests)                                                                                \
    X(panic, runs_handlers_newest_first)                                                           \
    X(panic, runs_handlers_at_every_end_of_a_block)                                                \
    X(panic, runs_cleanups_after_handlers)                                                         \
    X(panic, tells_handlers_why_they_run)                                                          \
    X(panic, lets_handlers_catch_and_fork)                                                         \
    X(panic, of_a_runs_b_before_anything_is_left)                                                  \
    X(panic, of_a_waits_for_a_stolen_b)                                                            \
    X(panic, of_a_stolen_b_arrives)                                                                \
    X(panic, of_both_sides_counts_the_second)                                                      \
    X(panic, becomes_the_code_of_a_try_join)                                                       \
    X(panic, leaves_the_pool_as_it_was)                                                            \
    X(panic, unwinds_deep_recursion)

#define PANIC_VERB_CHECKS(X)                                                                       \
    X(panic_verb, ends_a_loop_and_travels_on)                                                      \
    X(panic_verb, becomes_the_code_of_a_try_for)                                                   \
    X(panic_verb, stops_pieces_that_ask)                                                           \
    X(panic_verb, becomes_the_code_of_a_scope)                                                     \
    X(panic_verb, travels_out_of_a_broadcast)                                                      \
    X(panic_verb, breaks_a_gang)                                                                   \
    X(panic_verb, travels_out_of_pools_in_pools)                                                   \
    X(panic_verb, ends_typed_forks)                                                                \
    X(panic_verb, ends_typed_forks_joined_in_any_order)                                            \
    X(panic_verb, waits_for_forks_that_stand_in_no_deque)                                          \
    X(panic_verb, runs_forks_without_room)                                                         \
    X(panic_verb, keeps_the_ledger_of_random_trees)                                                \
    X(panic_verb, keeps_the_ledger_of_many_callers)

PANIC_CHECKS(CHECK_PROTOTYPE)
PANIC_VERB_CHECKS(CHECK_PROTOTYPE)

#endif
