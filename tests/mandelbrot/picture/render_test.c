/* SPDX-License-Identifier: MIT */
/* render_test.c - the checks of rendering for Criterion. */
#include "mandelbrot/picture/render_checks.h"

#include "criterion_front.h"

RENDER_CHECKS(CHECK_TEST)
