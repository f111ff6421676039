/* SPDX-License-Identifier: MIT */
/* ramp.c - see ramp.h. */
#include "mandelbrot/image/ramp.h"

#include <stdlib.h>

static const mandel_rgb black_and_white[] = {{0, 0, 0}, {255, 255, 255}};
const mandel_palette ramp = {black_and_white, 2, {1, 2, 3}, NULL};

mandel_shade ramp_shade(mandel_colouring colouring, uint32_t limit, const mandel_palette *palette,
                        double period)
{
    mandel_shade shade;
    if (mandel_shade_init(&shade, colouring, limit, palette, period) != 0)
        abort();
    return shade;
}

void ramp_take(mandel_shade *shade, const mandel_samples *samples, size_t n)
{
    uint64_t *const bins = calloc(MANDEL_SHADE_BINS, sizeof *bins);
    if (bins == NULL)
        abort();
    mandel_shade_count(shade, samples, n, bins);
    if (mandel_shade_take(shade, bins) != 0)
        abort();
    free(bins);
}

float ramp_red(const mandel_shade *shade, uint32_t count, float fraction, float distance)
{
    const mandel_samples samples = {&count, &fraction, &distance};
    mandel_light light;
    mandel_shade_light(shade, &samples, 1, &light);
    return light.red;
}

mandel_rgb ramp_pixel(const mandel_shade *shade, uint32_t count, float fraction, float distance)
{
    uint8_t bytes[3];
    const mandel_image image = {MANDEL_LAYOUT_RGB, 1, 1, 3, bytes};
    const mandel_samples samples = {&count, &fraction, &distance};
    mandel_shade_span(shade, &image, 0, 0, 1, &samples, NULL);
    return (mandel_rgb){bytes[0], bytes[1], bytes[2]};
}

bool ramp_same(mandel_rgb a, mandel_rgb b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}
