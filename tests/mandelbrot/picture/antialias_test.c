/* SPDX-License-Identifier: MIT */
/* antialias_test.c - the checks of smooth edges for Criterion. */
#include "mandelbrot/picture/antialias_checks.h"

#include "criterion_front.h"

ANTIALIAS_CHECKS(CHECK_TEST)
