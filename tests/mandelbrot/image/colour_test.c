/* SPDX-License-Identifier: MIT */
/* colour_test.c - from counts to pixels, in every layout. */
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

static mandel_image image_of(mandel_layout layout, uint32_t width, uint32_t height)
{
    mandel_image image;
    cr_assert_eq(mandel_image_init(&image, layout, width, height), 0);
    return image;
}

/* The picture is black inside the set, and 1 is black. */
Test(colour, bits_are_packed_from_the_left)
{
    mandel_image image = image_of(MANDEL_LAYOUT_BITS, 19, 2);
    uint32_t counts[19];
    for (size_t i = 0; i < 19; i++)
        counts[i] = i % 3 == 0 ? 50 : 3;
    mandel_colour_span(&image, 1, 0, 19, counts, 50, NULL);
    cr_assert_eq(image.stride, 3);
    cr_assert(image.pixels[0] == 0 && image.pixels[1] == 0 && image.pixels[2] == 0);
    for (size_t i = 0; i < 24; i++) {
        const bool is_black = (image.pixels[3 + i / 8] & 0x80 >> i % 8) != 0;
        cr_assert_eq(is_black, i < 19 && i % 3 == 0, "bit %zu", i);
    }
    mandel_image_fini(&image);
}

Test(colour, a_span_writes_only_its_own_pixels)
{
    static const mandel_layout layouts[] = {MANDEL_LAYOUT_BITS, MANDEL_LAYOUT_GREY,
                                            MANDEL_LAYOUT_RGB};
    static const size_t bits[] = {1, 8, 24};
    const uint32_t counts[8] = {9, 9, 9, 9, 9, 9, 9, 9};
    for (size_t k = 0; k < 3; k++) {
        mandel_image image = image_of(layouts[k], 24, 3);
        memset(image.pixels, 0xff, image.stride * 3);
        mandel_colour_span(&image, 1, 8, 8, counts, 10, NULL);
        const size_t first = image.stride + 8 * bits[k] / 8;
        for (size_t i = 0; i < image.stride * 3; i++) {
            const bool inside = i >= first && i < first + bits[k];
            cr_assert_eq(image.pixels[i] != 0xff, inside, "layout %zu byte %zu", k, i);
        }
        mandel_image_fini(&image);
    }
}

Test(colour, grey_and_colour_agree)
{
    mandel_image grey = image_of(MANDEL_LAYOUT_GREY, 256, 1);
    mandel_image rgb = image_of(MANDEL_LAYOUT_RGB, 256, 1);
    uint32_t counts[256];
    for (uint32_t i = 0; i < 256; i++)
        counts[i] = i;
    mandel_colour_span(&grey, 0, 0, 256, counts, 255, NULL);
    mandel_colour_span(&rgb, 0, 0, 256, counts, 255, NULL);
    for (size_t i = 0; i < 256; i++)
        for (size_t k = 0; k < 3; k++)
            cr_assert_eq(rgb.pixels[3 * i + k], grey.pixels[i]);
    mandel_image_fini(&grey);
    mandel_image_fini(&rgb);
}

/* The interior is most of the work: its tint must be seen too. */
Test(colour, a_tint_is_seen_in_black_and_in_white)
{
    const mandel_rgb tint = {200, 100, 40};
    const uint32_t counts[2] = {0, 255};
    mandel_image rgb = image_of(MANDEL_LAYOUT_RGB, 2, 1);
    mandel_colour_span(&rgb, 0, 0, 2, counts, 255, &tint);
    cr_assert(rgb.pixels[0] == 200 && rgb.pixels[1] == 100 && rgb.pixels[2] == 40);
    cr_assert(rgb.pixels[3] > rgb.pixels[4] && rgb.pixels[4] > rgb.pixels[5]);
    cr_assert_lt(rgb.pixels[3], 100);
    mandel_image_fini(&rgb);
}
