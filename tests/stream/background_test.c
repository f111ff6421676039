/* SPDX-License-Identifier: MIT */
/* background_test.c - the checks of background threads for Criterion. */
#include "stream/background_checks.h"

#include "criterion_front.h"

BACKGROUND_CHECKS(CHECK_TEST)
