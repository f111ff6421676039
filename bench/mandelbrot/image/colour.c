/* SPDX-License-Identifier: MIT */
/* colour.c - see colour.h. */
#include "mandelbrot/image/colour.h"

enum { WHITE = 255 };

uint8_t mandel_colour_grey(uint32_t count, uint32_t limit)
{
    if (count == limit)
        return 0;
    return (uint8_t)(WHITE - (uint64_t)WHITE * count / limit);
}

/* A hue from 0 to 1535, once around the colour circle, at full brightness but not full strength. */
static mandel_rgb from_hue(unsigned hue)
{
    enum { PALEST = 64 };
    const unsigned rise = PALEST + (hue % 256) * (WHITE - PALEST) / 255;
    const uint8_t up = (uint8_t)rise;
    const uint8_t down = (uint8_t)(WHITE + PALEST - rise);
    switch (hue / 256) {
    case 0:
        return (mandel_rgb){WHITE, up, PALEST};
    case 1:
        return (mandel_rgb){down, WHITE, PALEST};
    case 2:
        return (mandel_rgb){PALEST, WHITE, up};
    case 3:
        return (mandel_rgb){PALEST, down, WHITE};
    case 4:
        return (mandel_rgb){up, PALEST, WHITE};
    default:
        return (mandel_rgb){WHITE, PALEST, down};
    }
}

mandel_rgb mandel_colour_worker(size_t worker)
{
    /* Steps of the golden section of the circle come back near an old hue as late as possible. */
    enum { CIRCLE = 1536, STEP = 949, FIRST = 128 };
    return from_hue((unsigned)((FIRST + (worker % CIRCLE) * STEP) % CIRCLE));
}

static void put_bits(uint8_t *out, size_t n, const uint32_t *counts, uint32_t limit)
{
    for (size_t i = 0; i < n; i += 8) {
        const size_t bits = n - i < 8 ? n - i : 8;
        unsigned byte = 0;
        for (size_t k = 0; k < bits; k++)
            byte |= (unsigned)(counts[i + k] == limit) << (7 - k);
        out[i / 8] = (uint8_t)byte;
    }
}

static void put_grey(uint8_t *out, size_t n, const uint32_t *counts, uint32_t limit)
{
    for (size_t i = 0; i < n; i++)
        out[i] = mandel_colour_grey(counts[i], limit);
}

/* A shade of the tint, from a quarter of it (grey 0) to all of it (grey 255). */
static uint8_t shade(uint8_t tint, uint8_t grey)
{
    const unsigned strength = 64 + grey * 191u / WHITE;
    return (uint8_t)(tint * strength / WHITE);
}

static void put_rgb(uint8_t *out, size_t n, const uint32_t *counts, uint32_t limit,
                    const mandel_rgb *tint)
{
    for (size_t i = 0; i < n; i++) {
        const uint8_t grey = mandel_colour_grey(counts[i], limit);
        out[3 * i] = tint == NULL ? grey : shade(tint->red, grey);
        out[3 * i + 1] = tint == NULL ? grey : shade(tint->green, grey);
        out[3 * i + 2] = tint == NULL ? grey : shade(tint->blue, grey);
    }
}

void mandel_colour_span(const mandel_image *image, size_t row, size_t column, size_t n,
                        const uint32_t *counts, uint32_t limit, const mandel_rgb *tint)
{
    uint8_t *const out = image->pixels + row * image->stride;
    switch (image->layout) {
    case MANDEL_LAYOUT_BITS:
        put_bits(out + column / 8, n, counts, limit);
        break;
    case MANDEL_LAYOUT_GREY:
        put_grey(out + column, n, counts, limit);
        break;
    case MANDEL_LAYOUT_RGB:
        put_rgb(out + 3 * column, n, counts, limit, tint);
        break;
    }
}
