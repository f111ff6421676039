/* SPDX-License-Identifier: MIT */
/* lot_test.c - the checks of lot for Criterion. */
#include "sync/lot_checks.h"

#include "criterion_front.h"

LOT_CHECKS(CHECK_TEST)
