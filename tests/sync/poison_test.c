/* SPDX-License-Identifier: MIT */
/* poison_test.c - the checks of poison_checks.h under Criterion. */
#include "criterion_front.h"
#include "sync/poison_checks.h"

POISON_CHECKS(CHECK_TEST)
