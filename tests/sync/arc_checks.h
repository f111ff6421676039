/* SPDX-License-Identifier: MIT */
/* arc_checks.h - what par_arc promises, as a list of checks. */
#ifndef TESTS_SYNC_ARC_CHECKS_H
#define TESTS_SYNC_ARC_CHECKS_H

#include "support.h"

#include <par/arc.h>

#define ARC_CHECKS(X)                                                                              \
    X(arc, makes_zeroed_aligned_objects)                                                           \
    X(arc, refuses_what_cannot_be)                                                                 \
    X(arc, ends_with_the_last_reference)                                                           \
    X(arc, keeps_memory_for_weak_references)                                                       \
    X(arc, is_written_when_alone)                                                                  \
    X(arc, is_unwrapped_when_alone)                                                                \
    X(arc, is_moved_out_by_the_last)                                                               \
    X(arc, is_copied_on_write)                                                                     \
    X(arc, is_moved_from_weak_references_on_write)                                                 \
    X(arc, stays_when_a_copy_fails)                                                                \
    X(arc, leaks_when_counts_overflow)                                                             \
    X(arc, has_typed_handles)                                                                      \
    X(arc_race, drops_once)                                                                        \
    X(arc_race, upgrades_or_is_gone)                                                               \
    X(arc_race, is_alone_or_not)                                                                   \
    X(arc_race, gives_the_inside_to_one)                                                           \
    X(arc_race, copies_on_write_alone)

ARC_CHECKS(CHECK_PROTOTYPE)

#endif
