/* SPDX-License-Identifier: MIT */
/* iter_consume_test.c - the checks of iter_consume_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_consume_checks.h"

ITER_CONSUME_CHECKS(CHECK_TEST)
