/* SPDX-License-Identifier: MIT */
/* block_checks.h - what a call that blocks inside a pool does to the others, as a list of checks.
 */
#ifndef TESTS_POOL_BLOCK_CHECKS_H
#define TESTS_POOL_BLOCK_CHECKS_H

#include "support.h"

#define BLOCK_CHECKS(X)                                                                            \
    X(block, returns_what_the_wait_returns)                                                        \
    X(block, lets_another_task_run)                                                                \
    X(block, lets_its_own_forks_run)                                                               \
    X(block, runs_nothing_itself)                                                                  \
    X(block, lets_a_consumer_wait_for_the_producer_it_forked)                                      \
    X(block, may_hold_a_lock)                                                                      \
    X(block, lends_in_every_pool_around)                                                           \
    X(block, lends_in_a_pool_that_was_gone_back_to)                                                \
    X(block, lends_without_a_seat)                                                                 \
    X(block, serves_more_waits_than_threads)                                                       \
    X(block, serves_guests)                                                                        \
    X(block, may_call_what_waits)                                                                  \
    X(block, gives_back_what_a_panic_leaves)                                                       \
    X(block, pairs_ten_thousand_tasks)                                                             \
    X(block_sleep, ends_at_its_deadline)                                                           \
    X(block_sleep, takes_turns)                                                                    \
    X(block_sleep, ends_when_canceled)

BLOCK_CHECKS(CHECK_PROTOTYPE)

#endif
