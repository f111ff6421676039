/* SPDX-License-Identifier: MIT */
/* image.c - see image.h. */
#include "mandelbrot/image/image.h"

#include "mandelbrot/base/memory.h"

#include <errno.h>
#include <stdlib.h>

static size_t row_bytes(mandel_layout layout, uint32_t width)
{
    switch (layout) {
    case MANDEL_LAYOUT_BITS:
        return ((size_t)width + 7) / 8;
    case MANDEL_LAYOUT_RGB:
        return (size_t)width * 3;
    case MANDEL_LAYOUT_GREY:
        break;
    }
    return width;
}

size_t mandel_image_bytes(mandel_layout layout, uint32_t width, uint32_t height)
{
    const size_t stride = row_bytes(layout, width);
    return stride > SIZE_MAX / height ? SIZE_MAX : stride * height;
}

int mandel_image_init(mandel_image *image, mandel_layout layout, uint32_t width, uint32_t height)
{
    const size_t bytes = mandel_image_bytes(layout, width, height);
    uint8_t *const pixels = bytes == SIZE_MAX ? NULL : mandel_memory_zeros(bytes, 1);
    if (pixels == NULL)
        return ENOMEM;
    image->layout = layout;
    image->width = width;
    image->height = height;
    image->stride = row_bytes(layout, width);
    image->pixels = pixels;
    return 0;
}

void mandel_image_fini(mandel_image *image)
{
    free(image->pixels);
    image->pixels = NULL;
}
