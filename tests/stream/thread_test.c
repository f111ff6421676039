/* SPDX-License-Identifier: MIT */
/* thread_test.c - the checks of threads and scopes of threads for Criterion. */
#include "stream/thread_checks.h"

#include "criterion_front.h"

THREAD_CHECKS(CHECK_TEST)
