/* SPDX-License-Identifier: MIT */
/* iter_random_test.c - the checks of iter_random_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_random_checks.h"

ITER_RANDOM_CHECKS(CHECK_TEST)
