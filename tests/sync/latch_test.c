/* SPDX-License-Identifier: MIT */
/* latch_test.c - the checks of latch for Criterion. */
#include "sync/latch_checks.h"

#include "criterion_front.h"

LATCH_CHECKS(CHECK_TEST)
