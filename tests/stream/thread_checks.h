/* SPDX-License-Identifier: MIT */
/* thread_checks.h - what par_thread_... promises, as a list of checks. */
#ifndef TESTS_STREAM_THREAD_CHECKS_H
#define TESTS_STREAM_THREAD_CHECKS_H

#include "support.h"

#define THREAD_CHECKS(X)                                                                           \
    X(thread, returns_its_code)                                                                    \
    X(thread, refuses_bad_arguments)                                                               \
    X(thread, has_its_name_and_stack)                                                              \
    X(thread, cannot_join_itself)                                                                  \
    X(thread, is_joined_until_a_deadline)                                                          \
    X(thread, is_joined_until_a_group_is_canceled)                                                 \
    X(thread, is_joined_while_it_ends)                                                             \
    X(thread, tells_of_its_panic)                                                                  \
    X(thread, is_detached)                                                                         \
    X(thread, is_joined_in_a_pool_of_one)                                                          \
    X(thread, is_joined_by_another_after_a_deadline)                                               \
    X(thread_scope, joins_all)                                                                     \
    X(thread_scope, returns_the_first_failure)                                                     \
    X(thread_scope, lets_threads_spawn)                                                            \
    X(thread_scope, joins_all_before_a_panic_arrives)                                              \
    X(thread_scope, lends_its_core)

THREAD_CHECKS(CHECK_PROTOTYPE)

#endif
