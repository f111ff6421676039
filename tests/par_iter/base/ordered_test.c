/* SPDX-License-Identifier: MIT */
/* ordered_test.c - the checks of ordered_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/base/ordered_checks.h"

ORDERED_CHECKS(CHECK_TEST)
