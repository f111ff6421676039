/* SPDX-License-Identifier: MIT */
/* join_wait_checks.h - what a waiting join may do: nothing but what it forked. */
#ifndef TESTS_SCOPE_JOIN_WAIT_CHECKS_H
#define TESTS_SCOPE_JOIN_WAIT_CHECKS_H

#include "support.h"

#define JOIN_WAIT_CHECKS(X)                                                                        \
    X(join_wait, runs_no_queued_stranger)                                                          \
    X(join_wait, runs_no_forked_stranger)                                                          \
    X(join_wait, runs_no_stranger_in_random_trees)                                                 \
    X(join_wait, keeps_a_lock_safe)                                                                \
    X(join_wait, keeps_locks_of_many_threads_safe)                                                 \
    X(join_wait, lends_its_core)

JOIN_WAIT_CHECKS(CHECK_PROTOTYPE)

#endif
