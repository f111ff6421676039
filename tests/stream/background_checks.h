/* SPDX-License-Identifier: MIT */
/* background_checks.h - what par_background_... promises, as a list of checks. */
#ifndef TESTS_STREAM_BACKGROUND_CHECKS_H
#define TESTS_STREAM_BACKGROUND_CHECKS_H

#include "support.h"

#define BACKGROUND_CHECKS(X)                                                                       \
    X(background, is_called_again_and_again)                                                       \
    X(background, is_called_at_multiples_of_its_period)                                            \
    X(background, is_stopped_in_a_long_period)                                                     \
    X(background, runs_when_asked)                                                                 \
    X(background, ends_with_its_first_failure)                                                     \
    X(background, ends_with_a_panic)                                                               \
    X(background, waits_for_the_call_that_runs)                                                    \
    X(background, refuses_bad_arguments)

BACKGROUND_CHECKS(CHECK_PROTOTYPE)

#endif
