/* SPDX-License-Identifier: MIT */
/* iter_unzip_test.c - the checks of iter_unzip_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/iter_unzip_checks.h"

ITER_UNZIP_CHECKS(CHECK_TEST)
