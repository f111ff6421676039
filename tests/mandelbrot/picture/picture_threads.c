/* SPDX-License-Identifier: MIT */
/* picture_threads.c - the checks of whole pictures, and of the steps they are made in, for the
 * plain main. */
#include "mandelbrot/picture/antialias_checks.h"
#include "mandelbrot/picture/picture_checks.h"
#include "mandelbrot/picture/subdivide_checks.h"

const check checks[] = {PICTURE_CHECKS(CHECK_ROW) SUBDIVIDE_CHECKS(CHECK_ROW)
                            ANTIALIAS_CHECKS(CHECK_ROW){NULL, NULL}};
