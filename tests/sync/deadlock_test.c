/* SPDX-License-Identifier: MIT */
/* deadlock_test.c - the checks of deadlock_checks.h under Criterion. */
#include "criterion_front.h"
#include "sync/deadlock_checks.h"

DEADLOCK_CHECKS(CHECK_TEST)
