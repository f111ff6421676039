/* SPDX-License-Identifier: MIT */
/* write_png_threads.c - the checks of PNG on threads for the plain main. */
#include "mandelbrot/image/write_png_checks.h"

const check checks[] = {WRITE_PNG_CHECKS(CHECK_ROW){NULL, NULL}};
