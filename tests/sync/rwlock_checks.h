/* SPDX-License-Identifier: MIT */
/* rwlock_checks.h - what par_rwlock promises. */
#ifndef TESTS_SYNC_RWLOCK_CHECKS_H
#define TESTS_SYNC_RWLOCK_CHECKS_H

#include "support.h"

#define RWLOCK_CHECKS(X)                                                                           \
    X(rwlock, is_shared_by_readers)                                                                \
    X(rwlock, is_held_by_one_writer)                                                               \
    X(rwlock, excludes)                                                                            \
    X(rwlock, lets_no_reader_pass_a_writer)                                                        \
    X(rwlock, serves_in_order)                                                                     \
    X(rwlock, lets_readers_in_when_a_writer_gives_up)                                              \
    X(rwlock, times_out)                                                                           \
    X(rwlock, is_canceled)                                                                         \
    X(rwlock, is_downgraded)                                                                       \
    X(rwlock, is_upgraded_by_the_only_reader)                                                      \
    X(rwlock, refuses_its_writer)                                                                  \
    X(rwlock, is_poisoned_by_writers)                                                              \
    X(rwlock, is_guarded)

RWLOCK_CHECKS(CHECK_PROTOTYPE)

#endif
