/* SPDX-License-Identifier: MIT */
/* gang_test.c - the checks of gangs for Criterion. */
#include "scope/gang_checks.h"

#include "criterion_front.h"

GANG_CHECKS(CHECK_TEST)
