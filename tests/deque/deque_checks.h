/* SPDX-License-Identifier: MIT */
/* deque_checks.h - what a deque promises while one owner and several thieves use it, as a list of
 * checks. */
#ifndef TESTS_DEQUE_DEQUE_CHECKS_H
#define TESTS_DEQUE_DEQUE_CHECKS_H

#include "support.h"

#define DEQUE_CHECKS(X)                                                                            \
    X(deque, gives_a_last_item_to_owner_or_one_thief)                                              \
    X(deque, gives_a_last_item_to_owner_or_two_thieves)                                            \
    X(deque, gives_a_last_item_to_owner_or_three_thieves)                                          \
    X(deque, gives_each_of_two_items_to_one)                                                       \
    X(deque, gives_each_item_once_to_owner_and_a_thief)                                            \
    X(deque, gives_each_item_once_to_owner_and_three_thieves)                                      \
    X(deque, gives_each_item_once_across_the_end_of_indices)                                       \
    X(deque, gives_thieves_only_what_they_may_take)                                                \
    X(deque, never_loses_its_end)

DEQUE_CHECKS(CHECK_PROTOTYPE)

#endif
