/* SPDX-License-Identifier: MIT */
/* format.h - the kinds of picture file: their names, what an image must look like for each, and
 * their writers. */
#ifndef MANDEL_FORMAT_H
#define MANDEL_FORMAT_H

#include "mandelbrot/base/crew.h"
#include "mandelbrot/field/view.h"
#include "mandelbrot/image/image.h"

#include <stdbool.h>
#include <stdio.h>

typedef enum mandel_format {
    MANDEL_FORMAT_PNG,
    MANDEL_FORMAT_PPM,
    MANDEL_FORMAT_PGM,
    MANDEL_FORMAT_PBM,
    MANDEL_FORMAT_DUMP /* samples, no pixels: see dump.h */
} mandel_format;

/* All names, as messages list them. */
#define MANDEL_FORMAT_NAMES "png, ppm, pgm, pbm or dump"

const char *mandel_format_name(mandel_format format);

/* True and *format for one of the names, in small letters; or false. */
bool mandel_format_from_name(const char *name, mandel_format *format);

/* The same by what follows the last dot of a file's name, in letters of either size. A file without
 * an ending, and "-", are PNG. */
bool mandel_format_from_file(const char *file, mandel_format *format);

/* The layout that an image needs to be written in the format, with colours or without. False if
 * the format has no colours to offer. A dump takes any, as it has no image. */
bool mandel_format_layout(mandel_format format, bool in_colour, mandel_layout *layout);

/* Writes an image with the format's layout, which is not that of a dump. The view and the limit of
 * iterations are stored with it where the format has a place for them. A format that takes work is
 * written by the crew's threads, or, if that is NULL, by the calling thread. Returns 0, or an errno
 * value. */
int mandel_format_write(mandel_format format, const mandel_image *image, const mandel_view *view,
                        uint32_t limit, const mandel_crew *crew, FILE *stream);

#endif
