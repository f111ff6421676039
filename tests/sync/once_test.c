/* SPDX-License-Identifier: MIT */
/* once_test.c - the checks of once for Criterion. */
#include "sync/once_checks.h"

#include "criterion_front.h"

ONCE_CHECKS(CHECK_TEST)
