/* SPDX-License-Identifier: MIT */
/* colour_test.c - the greys of counts, and the colours of workers. */
#include "mandelbrot/image/colour.h"

#include <criterion/criterion.h>
#include <string.h>

Test(colour, the_grey_of_the_book)
{
    for (uint32_t count = 0; count < 255; count++)
        cr_assert_eq(mandel_colour_grey(count, 255), 255 - count);
    cr_assert_eq(mandel_colour_grey(255, 255), 0);
}

/* Only what never escapes is black, whatever the limit; more iterations are never brighter. */
Test(colour, greys_of_other_limits_descend_and_end_above_black)
{
    static const uint32_t limits[] = {1, 2, 3, 50, 254, 256, 1000, 99999, 1000000000};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        const uint32_t limit = limits[i];
        const uint32_t step = limit / 1000 + 1;
        uint8_t last = 255;
        cr_assert_eq(mandel_colour_grey(0, limit), 255);
        for (uint32_t count = 0; count < limit; count += step) {
            const uint8_t grey = mandel_colour_grey(count, limit);
            cr_assert(grey > 0 && grey <= last, "count %u of %u is %u", count, limit, grey);
            last = grey;
        }
        cr_assert_gt(mandel_colour_grey(limit - 1, limit), 0);
        cr_assert_eq(mandel_colour_grey(limit, limit), 0);
    }
}

Test(colour, workers_differ)
{
    enum { WORKERS = 64 };
    mandel_rgb colours[WORKERS];
    for (size_t i = 0; i < WORKERS; i++) {
        colours[i] = mandel_colour_worker(i);
        for (size_t k = 0; k < i; k++)
            cr_assert_neq(memcmp(&colours[i], &colours[k], sizeof colours[i]), 0, "%zu and %zu", i,
                          k);
    }
}
