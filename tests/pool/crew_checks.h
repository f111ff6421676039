/* SPDX-License-Identifier: MIT */
/* crew_checks.h - what must hold inside a pool with threads: what is counted, who sleeps, who was
 * hired, and whose mail is whose. As a list of checks. */
#ifndef TESTS_POOL_CREW_CHECKS_H
#define TESTS_POOL_CREW_CHECKS_H

#include "support.h"

#define CREW_CHECKS(X)                                                                             \
    X(crew, counts_nobody_when_it_is_quiet)                                                        \
    X(crew, never_counts_what_cannot_be)                                                           \
    X(crew, lends_a_core_a_thousand_times)                                                         \
    X(crew, hires_no_more_spares_than_it_may)                                                      \
    X(crew, hires_no_spares_if_it_may_not)                                                         \
    X(crew, lets_no_more_run_than_it_has_cores)                                                    \
    X(crew, delivers_mail_to_its_threads_in_order)                                                 \
    X(crew, runs_a_recursion_deeper_than_its_stacks_of_forks)

CREW_CHECKS(CHECK_PROTOTYPE)

#endif
