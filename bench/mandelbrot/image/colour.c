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
