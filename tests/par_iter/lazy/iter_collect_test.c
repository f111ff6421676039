/* SPDX-License-Identifier: MIT */
/* iter_collect_test.c - the checks of iter_collect_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_collect_checks.h"

ITER_COLLECT_CHECKS(CHECK_TEST)
