/* SPDX-License-Identifier: MIT */
/* clbg.h - the picture of the Computer Language Benchmarks Game, by its rules: N by N points from
 * -1.5 - i to 0.5 + i, each with the same 50 updates, without knowledge of the set's shape. */
#ifndef MANDEL_CLBG_H
#define MANDEL_CLBG_H

#include "mandelbrot/crew.h"
#include "mandelbrot/image.h"
#include "mandelbrot/kernels.h"

/* Renders into a square image of bits, on all threads of the crew. Returns 0, or an errno value. */
int mandel_clbg_render(mandel_image *image, const mandel_kernel *kernel, const mandel_crew *crew);

#endif
