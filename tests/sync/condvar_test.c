/* SPDX-License-Identifier: MIT */
/* condvar_test.c - the checks of condvar_checks.h under Criterion. */
#include "criterion_front.h"
#include "sync/condvar_checks.h"

CONDVAR_CHECKS(CHECK_TEST)
