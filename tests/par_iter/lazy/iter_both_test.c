/* SPDX-License-Identifier: MIT */
/* iter_both_test.c - the checks of iter_both_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_both_checks.h"

ITER_BOTH_CHECKS(CHECK_TEST)
