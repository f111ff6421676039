/* SPDX-License-Identifier: MIT */
/* tree_test.c - the checks of tree_checks.h under Criterion. */
#include "criterion_front.h"
#include "par_iter/walk/tree_checks.h"

TREE_CHECKS(CHECK_TEST)
