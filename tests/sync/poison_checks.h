/* SPDX-License-Identifier: MIT */
/* poison_checks.h - what a panic does to the locks it passes. */
#ifndef TESTS_SYNC_POISON_CHECKS_H
#define TESTS_SYNC_POISON_CHECKS_H

#include "support.h"

#include <par/mutex.h>
#include <par/rwlock.h>

#define POISON_CHECKS(X)                                                                           \
    X(poison, is_left_by_a_guard)                                                                  \
    X(poison, is_left_by_a_guard_without_unwind_tables)                                            \
    X(poison, is_left_by_a_block)                                                                  \
    X(poison, is_left_by_an_unlock_in_a_handler)                                                   \
    X(poison, is_not_left_by_locks_of_handlers)                                                    \
    X(poison, is_not_left_by_locks_after_it)                                                       \
    X(poison, is_left_by_writers_alone)                                                            \
    X(poison, is_left_in_stolen_tasks)

POISON_CHECKS(CHECK_PROTOTYPE)

/* poison_bare.c: a guard in code that nothing can unwind. */
void poison_bare(void *mutex);

#endif
