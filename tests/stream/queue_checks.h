/* SPDX-License-Identifier: MIT */
/* queue_checks.h - what par_queue_... promises, as a list of checks. */
#ifndef TESTS_STREAM_QUEUE_CHECKS_H
#define TESTS_STREAM_QUEUE_CHECKS_H

#include "support.h"

#define QUEUE_CHECKS(X)                                                                            \
    X(queue, runs_every_task_once)                                                                 \
    X(queue, runs_them_in_order)                                                                   \
    X(queue, holds_as_many_as_it_says)                                                             \
    X(queue, gives_up_waiting_for_room)                                                            \
    X(queue, drains)                                                                               \
    X(queue, counts_failures)                                                                      \
    X(queue, outlives_panics)                                                                      \
    X(queue, is_closed_while_others_wait)                                                          \
    X(queue, tells_its_own_tasks_of_deadlocks)                                                     \
    X(queue, is_pushed_to_from_a_pool_of_one)                                                      \
    X(queue, refuses_bad_arguments)

QUEUE_CHECKS(CHECK_PROTOTYPE)

#endif
