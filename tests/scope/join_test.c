/* SPDX-License-Identifier: MIT */
/* join_test.c - the checks of join_checks.h and join_wait_checks.h under Criterion. */
#include "criterion_front.h"
#include "scope/join_checks.h"
#include "scope/join_wait_checks.h"

JOIN_CHECKS(CHECK_TEST)
JOIN_WAIT_CHECKS(CHECK_TEST)
