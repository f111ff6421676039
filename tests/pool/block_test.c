/* SPDX-License-Identifier: MIT */
/* block_test.c - the checks of calls that block for Criterion. */
#include "pool/block_checks.h"

#include "criterion_front.h"

BLOCK_CHECKS(CHECK_TEST)
