/* SPDX-License-Identifier: MIT */
/* shade_test.c - from samples to pixels, in every layout, and what all colourings do alike. */
#include "mandelbrot/image/light.h"
#include "mandelbrot/image/ramp.h"

#include <criterion/criterion.h>
#include <string.h>

static const mandel_colouring colourings[] = {MANDEL_COLOUR_GREY, MANDEL_COLOUR_SMOOTH,
                                              MANDEL_COLOUR_HISTOGRAM, MANDEL_COLOUR_DISTANCE};
enum { COLOURINGS = sizeof colourings / sizeof colourings[0] };

static mandel_image image_of(mandel_layout layout, uint32_t width, uint32_t height)
{
    mandel_image image;
    cr_assert_eq(mandel_image_init(&image, layout, width, height), 0);
    return image;
}

static mandel_shade grey_of(uint32_t limit)
{
    return ramp_shade(MANDEL_COLOUR_GREY, limit, NULL, 0.0);
}

/* ---- names ---------------------------------------------------------------------------------- */

Test(shade, names_go_both_ways)
{
    for (size_t i = 0; i < COLOURINGS; i++) {
        const char *const name = mandel_colouring_name(colourings[i]);
        mandel_colouring colouring = colourings[(i + 1) % COLOURINGS];
        cr_assert(mandel_colouring_from_name(name, &colouring));
        cr_assert_eq(colouring, colourings[i]);
        cr_assert_not_null(strstr(MANDEL_COLOURING_NAMES, name));
    }
}

Test(shade, other_names_are_refused)
{
    static const char *const bad[] = {"", "Grey", "gray", "smooth ", "histo", "distances"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        mandel_colouring colouring = MANDEL_COLOUR_DISTANCE;
        cr_expect_not(mandel_colouring_from_name(bad[i], &colouring), "'%s'", bad[i]);
        cr_expect_eq(colouring, MANDEL_COLOUR_DISTANCE);
    }
}

Test(shade, nobody_needs_more_than_it_uses)
{
    cr_assert_not(mandel_colouring_needs_fractions(MANDEL_COLOUR_GREY));
    cr_assert(mandel_colouring_needs_fractions(MANDEL_COLOUR_SMOOTH));
    cr_assert(mandel_colouring_needs_fractions(MANDEL_COLOUR_HISTOGRAM));
    cr_assert_not(mandel_colouring_needs_fractions(MANDEL_COLOUR_DISTANCE));
    for (size_t i = 0; i < COLOURINGS; i++)
        cr_assert_eq(mandel_colouring_needs_distances(colourings[i]),
                     colourings[i] == MANDEL_COLOUR_DISTANCE);
}

/* ---- grey ----------------------------------------------------------------------------------- */

/* The picture is black inside the set, and 1 is black. */
Test(shade, bits_are_packed_from_the_left)
{
    mandel_image image = image_of(MANDEL_LAYOUT_BITS, 19, 2);
    mandel_shade shade = grey_of(50);
    uint32_t counts[19];
    for (size_t i = 0; i < 19; i++)
        counts[i] = i % 3 == 0 ? 50 : 3;
    mandel_shade_span(&shade, &image, 1, 0, 19, &(mandel_samples){.count = counts}, NULL);
    cr_assert_eq(image.stride, 3);
    cr_assert(image.pixels[0] == 0 && image.pixels[1] == 0 && image.pixels[2] == 0);
    for (size_t i = 0; i < 24; i++) {
        const bool is_black = (image.pixels[3 + i / 8] & 0x80 >> i % 8) != 0;
        cr_assert_eq(is_black, i < 19 && i % 3 == 0, "bit %zu", i);
    }
    mandel_shade_fini(&shade);
    mandel_image_fini(&image);
}

Test(shade, a_span_writes_only_its_own_pixels)
{
    static const mandel_layout layouts[] = {MANDEL_LAYOUT_BITS, MANDEL_LAYOUT_GREY,
                                            MANDEL_LAYOUT_RGB};
    static const size_t bits[] = {1, 8, 24};
    uint32_t counts[8] = {9, 9, 9, 9, 9, 9, 9, 9};
    mandel_shade shade = grey_of(10);
    for (size_t k = 0; k < 3; k++) {
        mandel_image image = image_of(layouts[k], 24, 3);
        memset(image.pixels, 0xff, image.stride * 3);
        mandel_shade_span(&shade, &image, 1, 8, 8, &(mandel_samples){.count = counts}, NULL);
        const size_t first = image.stride + 8 * bits[k] / 8;
        for (size_t i = 0; i < image.stride * 3; i++) {
            const bool inside = i >= first && i < first + bits[k];
            cr_assert_eq(image.pixels[i] != 0xff, inside, "layout %zu byte %zu", k, i);
        }
        mandel_image_fini(&image);
    }
    mandel_shade_fini(&shade);
}

Test(shade, a_span_of_colours_writes_only_its_own_pixels)
{
    static const mandel_rgb black[] = {{0, 0, 0}};
    const mandel_palette palette = {black, 1, {0, 0, 0}, NULL};
    uint32_t counts[5] = {0, 1, 2, 3, 10};
    float parts[5] = {0.5F, 0.25F, -0.5F, 1.0F, 0.0F};
    const mandel_samples samples = {counts, parts, parts};
    for (size_t k = 1; k < COLOURINGS; k++) {
        mandel_image image = image_of(MANDEL_LAYOUT_RGB, 11, 3);
        mandel_shade shade = ramp_shade(colourings[k], 10, &palette, 8.0);
        ramp_take(&shade, &samples, 5);
        memset(image.pixels, 0xff, image.stride * 3);
        mandel_shade_span(&shade, &image, 1, 3, 5, &samples, NULL);
        const size_t first = image.stride + 9;
        for (size_t i = 0; i < image.stride * 3; i++)
            cr_assert_eq(image.pixels[i] == 0, i >= first && i < first + 15, "byte %zu", i);
        mandel_shade_fini(&shade);
        mandel_image_fini(&image);
    }
}

Test(shade, grey_and_colour_agree)
{
    mandel_image grey = image_of(MANDEL_LAYOUT_GREY, 256, 1);
    mandel_image rgb = image_of(MANDEL_LAYOUT_RGB, 256, 1);
    mandel_shade shade = grey_of(255);
    uint32_t counts[256];
    for (uint32_t i = 0; i < 256; i++)
        counts[i] = i;
    mandel_shade_span(&shade, &grey, 0, 0, 256, &(mandel_samples){.count = counts}, NULL);
    mandel_shade_span(&shade, &rgb, 0, 0, 256, &(mandel_samples){.count = counts}, NULL);
    for (size_t i = 0; i < 256; i++) {
        cr_assert_eq(grey.pixels[i], 255 - i);
        for (size_t k = 0; k < 3; k++)
            cr_assert_eq(rgb.pixels[3 * i + k], grey.pixels[i]);
    }
    mandel_shade_fini(&shade);
    mandel_image_fini(&grey);
    mandel_image_fini(&rgb);
}

/* The interior is most of the work: its tint must be seen too. */
Test(shade, a_tint_is_seen_in_black_and_in_white)
{
    const mandel_rgb tint = {200, 100, 40};
    uint32_t counts[2] = {0, 255};
    mandel_image rgb = image_of(MANDEL_LAYOUT_RGB, 2, 1);
    mandel_shade shade = grey_of(255);
    mandel_shade_span(&shade, &rgb, 0, 0, 2, &(mandel_samples){.count = counts}, &tint);
    cr_assert(rgb.pixels[0] == 200 && rgb.pixels[1] == 100 && rgb.pixels[2] == 40);
    cr_assert(rgb.pixels[3] > rgb.pixels[4] && rgb.pixels[4] > rgb.pixels[5]);
    cr_assert_lt(rgb.pixels[3], 100);
    mandel_shade_fini(&shade);
    mandel_image_fini(&rgb);
}

/* Above some limit there is no table, and nobody sees it. */
Test(shade, greys_are_the_same_with_a_table_and_without)
{
    static const uint32_t limits[] = {1, 2, 255, 65535, 65536, 70000, 1000000000};
    for (size_t k = 0; k < sizeof limits / sizeof limits[0]; k++) {
        const uint32_t limit = limits[k];
        mandel_shade shade = grey_of(limit);
        cr_assert_eq(shade.greys != NULL, limit <= 65535, "%u", limit);
        mandel_image image = image_of(MANDEL_LAYOUT_GREY, 1001, 1);
        uint32_t counts[1001];
        for (uint32_t i = 0; i <= 1000; i++)
            counts[i] = (uint32_t)((uint64_t)limit * i / 1000);
        mandel_shade_span(&shade, &image, 0, 0, 1001, &(mandel_samples){.count = counts}, NULL);
        for (size_t i = 0; i <= 1000; i++)
            cr_assert_eq(image.pixels[i], mandel_colour_grey(counts[i], limit));
        mandel_image_fini(&image);
        mandel_shade_fini(&shade);
    }
}

/* ---- all of them ---------------------------------------------------------------------------- */

Test(shade, the_inside_has_a_colour_of_its_own)
{
    for (size_t k = 0; k < COLOURINGS; k++) {
        mandel_shade shade = ramp_shade(colourings[k], 100, &ramp, 8.0);
        uint32_t count = 9;
        float part = 0.0F;
        ramp_take(&shade, &(mandel_samples){&count, &part, &part}, 1);
        const mandel_rgb expected = k == 0 ? (mandel_rgb){0, 0, 0} : ramp.inside;
        cr_assert(ramp_same(ramp_pixel(&shade, 100, 0.0F, 0.0F), expected), "colouring %zu", k);
        cr_assert_not(ramp_same(ramp_pixel(&shade, 99, 0.0F, 0.0F), expected), "colouring %zu", k);
        mandel_shade_fini(&shade);
    }
}

Test(shade, the_palette_may_be_gone_afterwards)
{
    for (size_t k = 1; k < COLOURINGS; k++) {
        mandel_rgb colours[2] = {{10, 20, 30}, {40, 50, 60}};
        mandel_palette palette = {colours, 2, {7, 8, 9}, NULL};
        mandel_shade shade = ramp_shade(colourings[k], 100, &palette, 8.0);
        memset(colours, 0xff, sizeof colours);
        memset(&palette, 0, sizeof palette);
        uint32_t count = 99;
        float part = 0.0F;
        ramp_take(&shade, &(mandel_samples){&count, &part, &part}, 1);
        cr_assert(ramp_same(ramp_pixel(&shade, 0, 0.0F, 0.0F), (mandel_rgb){10, 20, 30}));
        cr_assert(ramp_same(ramp_pixel(&shade, 100, 0.0F, 0.0F), (mandel_rgb){7, 8, 9}));
        mandel_shade_fini(&shade);
    }
}

/* Samples of any kind, in several pieces and a rest. */
enum { PIXELS = 3 * 256 + 77 };

static void compare_light_and_bytes(mandel_colouring colouring, uint32_t limit)
{
    static uint32_t counts[PIXELS];
    static float fractions[PIXELS];
    static float distances[PIXELS];
    static mandel_light light[PIXELS];
    uint32_t seed = limit;
    for (size_t i = 0; i < PIXELS; i++) {
        seed = seed * 1664525u + 1013904223u;
        counts[i] = seed >> 28 == 0 ? limit : (uint32_t)((uint64_t)limit * (seed >> 16) >> 16);
        fractions[i] = counts[i] == limit ? 0.0F : (float)(seed & 0xff) / 256.0F - 0.25F;
        distances[i] = counts[i] == limit ? 0.0F : (float)(seed >> 8 & 0xffff) / 256.0F;
    }
    const mandel_samples samples = {counts, fractions, distances};
    mandel_palette palette = mandel_palette_at(0)->palette;
    palette.inside = ramp.inside;
    mandel_shade shade = ramp_shade(colouring, limit, &palette, 8.0);
    mandel_image image = image_of(MANDEL_LAYOUT_RGB, PIXELS, 1);
    ramp_take(&shade, &samples, PIXELS);
    mandel_shade_span(&shade, &image, 0, 0, PIXELS, &samples, NULL);
    mandel_shade_light(&shade, &samples, PIXELS, light);
    for (size_t i = 0; i < PIXELS; i++) {
        const mandel_rgb bytes = {image.pixels[3 * i], image.pixels[3 * i + 1],
                                  image.pixels[3 * i + 2]};
        const mandel_rgb mixed = {mandel_light_to_srgb(light[i].red),
                                  mandel_light_to_srgb(light[i].green),
                                  mandel_light_to_srgb(light[i].blue)};
        cr_assert(ramp_same(bytes, mixed), "colouring %d, pixel %zu", colouring, i);
    }
    mandel_image_fini(&image);
    mandel_shade_fini(&shade);
}

Test(shade, light_is_that_of_the_bytes)
{
    static const uint32_t limits[] = {1, 50, 255, 100000};
    for (size_t k = 0; k < COLOURINGS; k++)
        for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
            compare_light_and_bytes(colourings[k], limits[i]);
}

Test(shade, nothing_is_left_behind)
{
    for (size_t k = 0; k < COLOURINGS; k++) {
        mandel_shade shade = ramp_shade(colourings[k], 100, &ramp, 8.0);
        mandel_shade_fini(&shade);
        cr_assert(shade.greys == NULL && shade.table == NULL && shade.share == NULL);
        mandel_shade_fini(&shade);
    }
}
