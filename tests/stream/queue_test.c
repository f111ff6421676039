/* SPDX-License-Identifier: MIT */
/* queue_test.c - the checks of queues with threads for Criterion. */
#include "stream/queue_checks.h"

#include "criterion_front.h"

QUEUE_CHECKS(CHECK_TEST)
