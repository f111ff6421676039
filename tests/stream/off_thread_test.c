/* SPDX-License-Identifier: MIT */
/* off_thread_test.c - the checks of producers' threads for Criterion. */
#include "stream/off_thread_checks.h"

#include "criterion_front.h"

OFF_THREAD_CHECKS(CHECK_TEST)
