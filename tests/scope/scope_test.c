/* SPDX-License-Identifier: MIT */
/* scope_test.c - the checks of scope_checks.h under Criterion. */
#include "criterion_front.h"
#include "scope/scope_checks.h"

SCOPE_CHECKS(CHECK_TEST)
SCOPE_NEST_CHECKS(CHECK_TEST)
