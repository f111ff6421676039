/* SPDX-License-Identifier: MIT */
/* text_test.c - the checks of text_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/lazy/text_checks.h"

TEXT_CHECKS(CHECK_TEST)
