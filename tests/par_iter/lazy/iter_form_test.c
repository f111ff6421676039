/* SPDX-License-Identifier: MIT */
/* iter_form_test.c - the checks of iter_form_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_form_checks.h"

ITER_FORM_CHECKS(CHECK_TEST)
