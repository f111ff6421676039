/* SPDX-License-Identifier: MIT */
/* image.c - see image.h. */
#include "mandelbrot/image/image.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/sysinfo.h>

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

/* Systems that promise more memory than they have would end the program in the middle. */
static bool machine_has(size_t bytes)
{
    struct sysinfo info;
    if (sysinfo(&info) != 0)
        return true;
    return bytes / info.mem_unit < info.totalram + info.totalswap;
}

int mandel_image_init(mandel_image *image, mandel_layout layout, uint32_t width, uint32_t height)
{
    const size_t bytes = mandel_image_bytes(layout, width, height);
    if (bytes == SIZE_MAX || !machine_has(bytes))
        return ENOMEM;
    uint8_t *const pixels = calloc(bytes, 1);
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
