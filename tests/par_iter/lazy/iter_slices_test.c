/* SPDX-License-Identifier: MIT */
/* iter_slices_test.c - the checks of iter_slices_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_slices_checks.h"

ITER_SLICES_CHECKS(CHECK_TEST)
