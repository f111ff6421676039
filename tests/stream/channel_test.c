/* SPDX-License-Identifier: MIT */
/* channel_test.c - the checks of channels for Criterion. */
#include "stream/channel_checks.h"

#include "criterion_front.h"

CHANNEL_CHECKS(CHECK_TEST)
CHANNEL_WAIT_CHECKS(CHECK_TEST)
