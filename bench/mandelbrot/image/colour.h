/* SPDX-License-Identifier: MIT */
/* colour.h - single colours. */
#ifndef MANDEL_COLOUR_H
#define MANDEL_COLOUR_H

#include <stddef.h>
#include <stdint.h>

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

#endif
