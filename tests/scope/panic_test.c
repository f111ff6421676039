/* SPDX-License-Identifier: MIT */
/* panic_test.c - the checks of panic_checks.h under Criterion. */
#include "criterion_front.h"
#include "scope/panic_checks.h"

PANIC_CHECKS(CHECK_TEST)
PANIC_VERB_CHECKS(CHECK_TEST)
