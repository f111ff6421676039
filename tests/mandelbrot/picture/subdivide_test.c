/* SPDX-License-Identifier: MIT */
/* subdivide_test.c - the checks of subdividing for Criterion. */
#include "mandelbrot/picture/subdivide_checks.h"

#include "criterion_front.h"

SUBDIVIDE_CHECKS(CHECK_TEST)
