/* SPDX-License-Identifier: MIT */
/* colour.h - from counts to pixels. Knows neither the plane nor who counted; each pixel depends on
 * its own count alone. */
#ifndef MANDEL_COLOUR_H
#define MANDEL_COLOUR_H

#include "mandelbrot/image/image.h"

typedef struct mandel_rgb {
    uint8_t red;
    uint8_t green;
    uint8_t blue;
} mandel_rgb;

/* The grey of a count: black for `limit`, else from white (0) down to almost black, the darker the
 * higher. With the limit of 255 it is 255 - count. */
uint8_t mandel_colour_grey(uint32_t count, uint32_t limit);

/* The colour of a worker in pictures that show who rendered what: neighbours in number are far
 * apart in hue. */
mandel_rgb mandel_colour_worker(size_t worker);

/* Writes n pixels of a row, from `column` on, in the image's layout. A BITS image is black where
 * the count is `limit`; `column` must be a multiple of 8 there, as its bits share bytes.
 * `tint`, if not NULL, is what white becomes in an RGB image; black becomes a dark shade of it. */
void mandel_colour_span(const mandel_image *image, size_t row, size_t column, size_t n,
                        const uint32_t *counts, uint32_t limit, const mandel_rgb *tint);

#endif
