/* SPDX-License-Identifier: MIT */
/* mutex_test.c - the checks of mutex_checks.h under Criterion. */
#include "criterion_front.h"
#include "sync/mutex_checks.h"

MUTEX_CHECKS(CHECK_TEST)
