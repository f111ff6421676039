/* SPDX-License-Identifier: MIT */
/* typed_test.c - the checks of typed_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/typed/typed_checks.h"

TYPED_CHECKS(CHECK_TEST)
