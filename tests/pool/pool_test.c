/* SPDX-License-Identifier: MIT */
/* pool_test.c - the checks of pool_checks.h under Criterion. */
#include "criterion_front.h"
#include "pool/pool_checks.h"

POOL_CHECKS(CHECK_TEST)
POOL_INDEX_CHECKS(CHECK_TEST)
POOL_NEST_CHECKS(CHECK_TEST)
