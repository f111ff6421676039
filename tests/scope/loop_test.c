/* SPDX-License-Identifier: MIT */
/* loop_test.c - the checks of loops under Criterion. */
#include "criterion_front.h"
#include "scope/loop_checks.h"
#include "scope/loop_schedule_checks.h"
#include "scope/loop_stop_checks.h"

LOOP_CHECKS(CHECK_TEST)
LOOP_SCHEDULE_CHECKS(CHECK_TEST)
LOOP_STOP_CHECKS(CHECK_TEST)
