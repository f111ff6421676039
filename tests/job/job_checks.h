/* SPDX-License-Identifier: MIT */
/* job_checks.h - what latches, jobs and groups promise between threads, as a list of checks. */
#ifndef TESTS_JOB_JOB_CHECKS_H
#define TESTS_JOB_JOB_CHECKS_H

#include "support.h"

#define JOB_CHECKS(X)                                                                              \
    X(job, tells_its_end_and_wakes_its_sleeper)                                                    \
    X(job, may_be_gone_once_it_is_done)                                                            \
    X(job, shows_the_mark_of_whoever_took_it)                                                      \
    X(job, shows_no_thief_before_its_mark)                                                         \
    X(job, keeps_one_of_many_codes)                                                                \
    X(job, stops_everything_inside)

JOB_CHECKS(CHECK_PROTOTYPE)

#endif
