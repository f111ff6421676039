/* SPDX-License-Identifier: MIT */
/* render_threads.c - the checks of rendering for the plain main. */
#include "mandelbrot/picture/render_checks.h"

const check checks[] = {RENDER_CHECKS(CHECK_ROW){NULL, NULL}};
