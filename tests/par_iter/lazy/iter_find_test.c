/* SPDX-License-Identifier: MIT */
/* iter_find_test.c - the checks of iter_find_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_find_checks.h"

ITER_FIND_CHECKS(CHECK_TEST)
