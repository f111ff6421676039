/* SPDX-License-Identifier: MIT */
/* crew_test.c - the checks of crew_checks.h under Criterion. */
#include "criterion_front.h"
#include "pool/crew_checks.h"

CREW_CHECKS(CHECK_TEST)
