/* SPDX-License-Identifier: MIT */
/* reduce_test.c - the checks of reduce_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/eager/reduce_checks.h"

REDUCE_CHECKS(CHECK_TEST)
