/* SPDX-License-Identifier: MIT */
/* write_pnm.h - the portable bitmap, graymap and pixmap in their binary forms. */
#ifndef MANDEL_WRITE_PNM_H
#define MANDEL_WRITE_PNM_H

#include "mandelbrot/image/image.h"

#include <stdio.h>

/* Writes P4, P5 or P6, as the image's layout is. Returns 0, or an errno value. */
int mandel_write_pnm(const mandel_image *image, FILE *stream);

#endif
