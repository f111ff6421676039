/* SPDX-License-Identifier: MIT */
/* picture_test.c - the checks of whole pictures for Criterion. */
#include "mandelbrot/picture/picture_checks.h"

#include "criterion_front.h"

PICTURE_CHECKS(CHECK_TEST)
