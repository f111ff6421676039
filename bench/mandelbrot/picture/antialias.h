/* SPDX-License-Identifier: MIT */
/* antialias.h - smooth edges: pixels that differ from a neighbour are computed anew, as the average
 * light of several points around the pixel's own. The points are spread by a fixed rule, one at
 * random in each cell of a grid, so the picture is the same every time. */
#ifndef MANDEL_ANTIALIAS_H
#define MANDEL_ANTIALIAS_H

#include "mandelbrot/picture/render.h"

/* The most cells along a side of a pixel. */
enum { MANDEL_ANTIALIAS_MAX = 16 };

/* Works on the render's image of greys or colours, with side * side points for each pixel that
 * needs it. Returns 0, or an errno value with the image as it was. */
int mandel_antialias_run(const mandel_render *render, unsigned side);

#endif
