/* SPDX-License-Identifier: MIT */
/* image.h - a picture in memory: rows of pixels, top row first, without gaps between them. Knows
 * nothing of where the pixels come from or in which file they end. */
#ifndef MANDEL_IMAGE_H
#define MANDEL_IMAGE_H

#include <stddef.h>
#include <stdint.h>

typedef enum mandel_layout {
    MANDEL_LAYOUT_BITS, /* one bit, 1 is black; the leftmost pixel is the highest bit of its byte,
                           and each row begins with a new byte */
    MANDEL_LAYOUT_GREY, /* one byte, 0 is black */
    MANDEL_LAYOUT_RGB   /* three bytes */
} mandel_layout;

typedef struct mandel_image {
    mandel_layout layout;
    uint32_t width;
    uint32_t height;
    size_t stride; /* bytes of a row */
    uint8_t *pixels;
} mandel_image;

/* Bytes of the pixels of such an image; SIZE_MAX if no size_t can hold their number. */
size_t mandel_image_bytes(mandel_layout layout, uint32_t width, uint32_t height);

/* Makes an image of zeros. Returns 0, or ENOMEM if the machine has less memory than that. */
int mandel_image_init(mandel_image *image, mandel_layout layout, uint32_t width, uint32_t height);

void mandel_image_fini(mandel_image *image);

#endif
