/* SPDX-License-Identifier: MIT */
/* blocker_test.c - the checks of blockers for Criterion. */
#include "base/blocker_checks.h"

#include "criterion_front.h"

BLOCKER_CHECKS(CHECK_TEST)
