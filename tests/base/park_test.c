/* SPDX-License-Identifier: MIT */
/* park_test.c - the checks of park_checks.h under Criterion. */
#include "base/park_checks.h"
#include "criterion_front.h"

PARK_CHECKS(CHECK_TEST)
