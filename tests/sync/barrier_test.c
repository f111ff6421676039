/* SPDX-License-Identifier: MIT */
/* barrier_test.c - the checks of barrier for Criterion. */
#include "sync/barrier_checks.h"

#include "criterion_front.h"

BARRIER_CHECKS(CHECK_TEST)
