/* SPDX-License-Identifier: MIT */
/* picture_file.h - reads pictures back, by means of its own: libpng for PNG, a few lines for the
 * others. */
#ifndef TESTS_MANDELBROT_PICTURE_FILE_H
#define TESTS_MANDELBROT_PICTURE_FILE_H

#include <stddef.h>
#include <stdint.h>

/* A picture as read. kind is 'b' (one byte per pixel, 1 is black), 'g' (grey) or 'c' (three
 * bytes); 0 if it could not be read. */
typedef struct picture {
    int kind;
    size_t width;
    size_t height;
    size_t n_pixel_bytes;
    uint8_t *pixels;
    char texts[512]; /* of a PNG: "keyword=text\n" for each */
} picture;

/* Reads a whole file that lies in memory: PNG, P4, P5 or P6. */
picture picture_read(const uint8_t *bytes, size_t n);

void picture_free(picture *p);

#endif
