/* SPDX-License-Identifier: MIT */
/* iter_any_test.c - the checks of iter_any_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_any_checks.h"

ITER_ANY_CHECKS(CHECK_TEST)
