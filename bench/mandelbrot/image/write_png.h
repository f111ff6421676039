/* SPDX-License-Identifier: MIT */
/* write_png.h - PNG, through libpng. No other file knows libpng. */
#ifndef MANDEL_WRITE_PNG_H
#define MANDEL_WRITE_PNG_H

#include "mandelbrot/base/crew.h"
#include "mandelbrot/field/view.h"
#include "mandelbrot/image/image.h"

#include <stdio.h>

/* Writes a GREY or RGB image with text chunks that say how to make it again: Software, "Upper
 * left", "Lower right" and Iterations. The numbers read back as the same doubles. Filters and
 * compresses on the crew's threads, or, without a crew, on the calling thread alone; the bytes are
 * the same. Returns 0, or an errno value. */
int mandel_write_png(const mandel_image *image, const mandel_view *view, uint32_t limit,
                     const mandel_crew *crew, FILE *stream);

#endif
