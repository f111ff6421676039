/* SPDX-License-Identifier: MIT */
/* iter_turn_test.c - the checks of iter_turn_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_turn_checks.h"

ITER_TURN_CHECKS(CHECK_TEST)
