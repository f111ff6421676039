/* SPDX-License-Identifier: MIT */
/* broadcast_test.c - the checks of broadcast_checks.h under Criterion. */
#include "criterion_front.h"
#include "scope/broadcast_checks.h"

BROADCAST_CHECKS(CHECK_TEST)
