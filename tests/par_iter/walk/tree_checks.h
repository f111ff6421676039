/* SPDX-License-Identifier: MIT */
/* tree_checks.h - what par/tree.h promises, as a list of checks. */
#ifndef TESTS_PAR_ITER_TREE_CHECKS_H
#define TESTS_PAR_ITER_TREE_CHECKS_H

#include "support.h"

#define TREE_CHECKS(X)                                                                             \
    X(tree, for_each_comes_to_each_node_once)                                                      \
    X(tree, for_each_comes_to_a_node_before_its_children)                                          \
    X(tree, reduce_is_in_prefix_order)                                                             \
    X(tree, reduce_is_in_postfix_order)                                                            \
    X(tree, reduce_has_the_same_bits_in_every_pool)                                                \
    X(tree, reduce_has_the_same_brackets_in_the_deep)                                              \
    X(tree, nodes_and_accumulators_may_be_large)                                                   \
    X(tree, returns_the_code_of_each_function)                                                     \
    X(tree, begins_little_after_a_failure)                                                         \
    X(tree, ends_inside_a_canceled_loop)                                                           \
    X(tree, runs_inside_its_functions)                                                             \
    X(tree, begins_nothing_without_memory)                                                         \
    X(tree, refuses_bad_arguments)

TREE_CHECKS(CHECK_PROTOTYPE)

#endif
