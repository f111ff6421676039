/* SPDX-License-Identifier: MIT */
/* subdivide.h - a field sampled by the algorithm of Mariani and Silver: of a rectangle only the
 * border is sampled. If all of it takes equally long, so does what is within, because the set and
 * the bands around it have no holes; else the rectangle is cut in two, each with a border of its
 * own, and both are done in parallel.
 *
 * The border is a row of points and not a line, so something that is narrower than a pixel can
 * cross it unseen. The field is then not that of mandel_render_run, and looks the same.
 *
 * Where fractions or distances are wanted, only the set itself is filled. */
#ifndef MANDEL_SUBDIVIDE_H
#define MANDEL_SUBDIVIDE_H

#include "mandelbrot/picture/render.h"

/* As mandel_render_run for the render's field. */
int mandel_subdivide_run(const mandel_render *render);

#endif
