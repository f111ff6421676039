/* SPDX-License-Identifier: MIT */
/* arc_test.c - the checks of arc for Criterion. */
#include "sync/arc_checks.h"

#include "criterion_front.h"

ARC_CHECKS(CHECK_TEST)
