/* SPDX-License-Identifier: MIT */
/* bridge_test.c - the checks of bridge_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/walk/bridge_checks.h"

BRIDGE_CHECKS(CHECK_TEST)
