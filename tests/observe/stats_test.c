/* SPDX-License-Identifier: MIT */
/* stats_test.c - the checks of stats_checks.h under Criterion. */
#include "criterion_front.h"
#include "observe/stats_checks.h"

STATS_CHECKS(CHECK_TEST)
