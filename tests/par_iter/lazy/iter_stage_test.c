/* SPDX-License-Identifier: MIT */
/* iter_stage_test.c - the checks of iter_stage_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_stage_checks.h"

ITER_STAGE_CHECKS(CHECK_TEST)
