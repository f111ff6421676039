/* SPDX-License-Identifier: MIT */
/* hpp_test.c - the checks of hpp_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/typed/hpp_checks.h"

HPP_CHECKS(CHECK_TEST)
