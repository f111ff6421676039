/* SPDX-License-Identifier: MIT */
/* colors.c - a pipeline over pixels in typed lines: in place, from one type to another, to one. */
#include <par/typed.h>
#include <stdint.h>
#include <stdio.h>

enum { N = 1000000 };

struct pixel {
    uint8_t red, green, blue;
};

static inline void invert(struct pixel *p)
{
    *p = (struct pixel){255 - p->red, 255 - p->green, 255 - p->blue};
}

static inline float brightness(struct pixel p)
{
    return 0.2126F * p.red + 0.7152F * p.green + 0.0722F * p.blue;
}

static inline float brighter(float a, float b)
{
    return a > b ? a : b;
}

PAR_DEFINE_FOR_EACH(invert_all, struct pixel, invert)
PAR_DEFINE_MAP(brightness_of_all, float, struct pixel, brightness)
PAR_DEFINE_REDUCE_WITH(brightest, float, brighter)

int main(void)
{
    static struct pixel pixels[N];
    static float levels[N];
    for (size_t i = 0; i < N; i++)
        pixels[i] = (struct pixel){(uint8_t)(i % 200 + 50), 100, 150};

    float top = 0;
    if (invert_all(pixels, N) != 0 || brightness_of_all(levels, pixels, N) != 0 ||
        brightest(&top, levels, N) != 0)
        return 1;
    printf("the brightest pixel has %.1f\n", top);
}
