/* SPDX-License-Identifier: MIT */
/* iter_compare_test.c - the checks of iter_compare_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_compare_checks.h"

ITER_COMPARE_CHECKS(CHECK_TEST)
