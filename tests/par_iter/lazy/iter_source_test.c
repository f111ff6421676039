/* SPDX-License-Identifier: MIT */
/* iter_source_test.c - the checks of iter_source_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_source_checks.h"

ITER_SOURCE_CHECKS(CHECK_TEST)
