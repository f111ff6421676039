/* SPDX-License-Identifier: MIT */
/* for_each_test.c - the checks of for_each_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/eager/for_each_checks.h"

FOR_EACH_CHECKS(CHECK_TEST)
