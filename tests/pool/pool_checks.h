/* SPDX-License-Identifier: MIT */
/* pool_checks.h - what pools promise: their life, their threads, who is which thread in them, and
 * how they nest. */
#ifndef TESTS_POOL_POOL_CHECKS_H
#define TESTS_POOL_POOL_CHECKS_H

#include "support.h"

#define POOL_CHECKS(X)                                                                             \
    X(pool, is_made_and_ended_a_thousand_times)                                                    \
    X(pool, is_made_and_ended_by_many_threads)                                                     \
    X(pool, rejects_bad_options)                                                                   \
    X(pool, rejects_nothing_to_run)                                                                \
    X(pool, runs_all_it_was_given)                                                                 \
    X(pool, refuses_calls_while_it_ends)                                                           \
    X(pool, is_not_ended_from_inside)                                                              \
    X(pool, starts_and_exits_each_thread_once)                                                     \
    X(pool, names_its_threads)                                                                     \
    X(pool, gives_the_stack_asked_for)                                                             \
    X(pool, wakes_every_time)

#define POOL_INDEX_CHECKS(X)                                                                       \
    X(pool_index, is_none_outside)                                                                 \
    X(pool_index, belongs_to_the_pool_of_the_call)                                                 \
    X(pool_index, is_unique_and_constant)                                                          \
    X(pool_index, is_not_given_past_the_bound)

#define POOL_NEST_CHECKS(X)                                                                        \
    X(pool_nest, goes_to_another_and_back)                                                         \
    X(pool_nest, uses_all_threads_of_the_inner_one)                                                \
    X(pool_nest, crosses)                                                                          \
    X(pool_nest, plays_ping_pong)                                                                  \
    X(pool_nest, plays_ping_pong_from_loops)

POOL_CHECKS(CHECK_PROTOTYPE)
POOL_INDEX_CHECKS(CHECK_PROTOTYPE)
POOL_NEST_CHECKS(CHECK_PROTOTYPE)

#endif
