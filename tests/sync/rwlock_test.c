/* SPDX-License-Identifier: MIT */
/* rwlock_test.c - the checks of rwlock_checks.h under Criterion. */
#include "criterion_front.h"
#include "sync/rwlock_checks.h"

RWLOCK_CHECKS(CHECK_TEST)
