/* SPDX-License-Identifier: MIT */
/* format.h - the kinds of picture file: their names, what an image must look like for each, and
 * their writers. */
#ifndef MANDEL_FORMAT_H
#define MANDEL_FORMAT_H

#include "mandelbrot/field/view.h"
#include "mandelbrot/image/image.h"

#include <stdbool.h>
#include <stdio.h>

typedef enum mandel_format {
    MANDEL_FORMAT_PNG,
    MANDEL_FORMAT_PPM,
    MANDEL_FORMAT_PGM,
    MANDEL_FORMAT_PBM
} mandel_format;

/* All names, as messages list them. */
#define MANDEL_FORMAT_NAMES "png, ppm, pgm or pbm"

const char *mandel_format_name(mandel_format format);

/* True and *format for one of the names, in small letters; or false. */
bool mandel_format_from_name(const char *name, mandel_format *format);

/* The same by what follows the last dot of a file's name, in letters of either size. A file without
 * an ending, and "-", are PNG. */
bool mandel_format_from_file(const char *file, mandel_format *format);

/* The layout that an image needs to be written in the format, with colours or without. False if
 * the format has no colours to offer. */
bool mandel_format_layout(mandel_format format, bool in_colour, mandel_layout *layout);

/* Writes an image with the format's layout. The view and the limit of iterations are stored with it
 * where the format has a place for them. Returns 0, or an errno value. */
int mandel_format_write(mandel_format format, const mandel_image *image, const mandel_view *view,
                        uint32_t limit, FILE *stream);

#endif
