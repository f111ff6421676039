/* SPDX-License-Identifier: MIT */
/* select_test.c - the checks of select for Criterion. */
#include "stream/select_checks.h"

#include "criterion_front.h"

SELECT_CHECKS(CHECK_TEST)
