/* SPDX-License-Identifier: MIT */
/* write_png_test.c - the checks of PNG on threads for Criterion. */
#include "mandelbrot/image/write_png_checks.h"

#include "criterion_front.h"

WRITE_PNG_CHECKS(CHECK_TEST)
