/* SPDX-License-Identifier: MIT */
/* task_test.c - the checks of typed tasks for Criterion. */
#include "scope/task_checks.h"

#include "criterion_front.h"

TASK_CHECKS(CHECK_TEST)
