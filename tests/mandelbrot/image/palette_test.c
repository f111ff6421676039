/* SPDX-License-Identifier: MIT */
/* palette_test.c - the palettes of the program, and tables. Those that people write are in
 * palette_file_test.c. */
#include "mandelbrot/image/palette.h"

#include "mandelbrot/image/light.h"

#include <criterion/criterion.h>
#include <string.h>

static mandel_palette_table table;

static bool same(mandel_rgb a, mandel_rgb b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

Test(palette, the_program_has_some)
{
    size_t n = 0;
    for (const mandel_palette_known *known; (known = mandel_palette_at(n)) != NULL; n++) {
        cr_expect_eq(mandel_palette_named(known->name), known);
        cr_expect_gt(strlen(known->description), 0);
        cr_expect_null(strchr(known->description, '\n'));
        cr_expect_geq(known->palette.n, 2, "%s", known->name);
        cr_expect(same(known->palette.inside, (mandel_rgb){0, 0, 0}));
    }
    cr_expect(n >= 6 && n <= 8);
    cr_expect_null(mandel_palette_at(n + 1));
    cr_expect_str_eq(mandel_palette_at(0)->name, "classic");
}

Test(palette, no_other_name_is_known)
{
    static const char *const unknown[] = {"", "Classic", "classic ", "class", "none"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        cr_expect_null(mandel_palette_named(unknown[i]), "'%s'", unknown[i]);
}

Test(palette, a_copy_of_a_known_one_can_be_given_up)
{
    mandel_palette copy = mandel_palette_at(0)->palette;
    mandel_palette_fini(&copy);
    cr_expect_gt(mandel_palette_at(0)->palette.n, 0);
    cr_expect_gt(mandel_palette_at(0)->palette.colours[0].blue, 0);
}

static void check_table_is_sound(void)
{
    for (size_t i = 0; i < MANDEL_PALETTE_ENTRIES; i++) {
        const mandel_light light = table.light[i];
        const mandel_rgb srgb = {mandel_light_to_srgb(light.red), mandel_light_to_srgb(light.green),
                                 mandel_light_to_srgb(light.blue)};
        cr_assert(light.red >= 0.0f && light.red <= 1.0f);
        cr_assert(light.green >= 0.0f && light.green <= 1.0f);
        cr_assert(light.blue >= 0.0f && light.blue <= 1.0f);
        cr_assert(same(srgb, table.srgb[i]));
    }
}

Test(palette, a_cycle_has_its_colours_at_equal_distances)
{
    for (size_t i = 0; mandel_palette_at(i) != NULL; i++) {
        mandel_palette palette = mandel_palette_at(i)->palette;
        for (palette.n = 1; palette.n <= mandel_palette_at(i)->palette.n; palette.n++) {
            mandel_palette_cycle(&palette, &table);
            check_table_is_sound();
            for (size_t k = 0; k < palette.n; k++)
                if (k * MANDEL_PALETTE_ENTRIES % palette.n == 0)
                    cr_expect(same(table.srgb[k * MANDEL_PALETTE_ENTRIES / palette.n],
                                   palette.colours[k]));
        }
    }
}

Test(palette, a_stretch_begins_and_ends_with_its_colours)
{
    for (size_t i = 0; mandel_palette_at(i) != NULL; i++) {
        mandel_palette palette = mandel_palette_at(i)->palette;
        for (palette.n = 1; palette.n <= mandel_palette_at(i)->palette.n; palette.n++) {
            mandel_palette_stretch(&palette, &table);
            check_table_is_sound();
            cr_expect(same(table.srgb[0], palette.colours[0]));
            cr_expect(same(table.srgb[MANDEL_PALETTE_ENTRIES - 1], palette.colours[palette.n - 1]));
        }
    }
}

Test(palette, light_is_mixed_and_not_its_numbers)
{
    static const mandel_rgb colours[] = {{0, 255, 10}, {255, 0, 10}};
    const mandel_palette palette = {colours, 2, {0, 0, 0}, NULL};
    mandel_palette_cycle(&palette, &table);
    for (size_t i = 0; i < MANDEL_PALETTE_ENTRIES; i++) {
        const size_t half = MANDEL_PALETTE_ENTRIES / 2;
        const size_t way = i < half ? i : MANDEL_PALETTE_ENTRIES - i;
        const double part = (double)way / (double)half;
        cr_expect_float_eq((double)table.light[i].red, part, 1e-6);
        cr_expect_float_eq((double)table.light[i].green, 1.0 - part, 1e-6);
        cr_expect(table.light[i].blue == mandel_light_of(10));
    }
    cr_expect(same(table.srgb[MANDEL_PALETTE_ENTRIES / 4], (mandel_rgb){188, 188, 10}));
    mandel_palette_stretch(&palette, &table);
    for (size_t i = 0; i < MANDEL_PALETTE_ENTRIES; i++)
        cr_expect_float_eq((double)table.light[i].red, (double)i / (MANDEL_PALETTE_ENTRIES - 1),
                           1e-6);
}

/* Between two colours a table goes straight from one to the other, never beyond. */
Test(palette, a_way_between_two_colours_has_one_direction)
{
    for (unsigned a = 0; a < 256; a += 5) {
        for (unsigned b = 0; b < 256; b += 15) {
            const mandel_rgb colours[] = {{(uint8_t)a, 0, 0}, {(uint8_t)b, 0, 0}};
            const mandel_palette palette = {colours, 2, {0, 0, 0}, NULL};
            mandel_palette_stretch(&palette, &table);
            for (size_t i = 1; i < MANDEL_PALETTE_ENTRIES; i++) {
                const float step = table.light[i].red - table.light[i - 1].red;
                cr_assert(a <= b ? step >= 0.0f : step <= 0.0f, "%u to %u", a, b);
            }
        }
    }
}

/* One colour per entry, so that nothing is left to mix. */
Test(palette, a_palette_as_long_as_the_table_is_the_table)
{
    static mandel_rgb colours[MANDEL_PALETTE_ENTRIES];
    for (size_t i = 0; i < MANDEL_PALETTE_ENTRIES; i++)
        colours[i] = (mandel_rgb){(uint8_t)(i * 7), (uint8_t)(i / 16), (uint8_t)(255 - i * 3)};
    const mandel_palette palette = {colours, MANDEL_PALETTE_ENTRIES, {0, 0, 0}, NULL};
    mandel_palette_cycle(&palette, &table);
    for (size_t i = 0; i < MANDEL_PALETTE_ENTRIES; i++)
        cr_assert(same(table.srgb[i], colours[i]));
    mandel_palette_stretch(&palette, &table);
    for (size_t i = 0; i < MANDEL_PALETTE_ENTRIES; i++)
        cr_assert(same(table.srgb[i], colours[i]));
}

/* The most colours that are read: more than entries. */
Test(palette, a_palette_longer_than_the_table_is_sampled)
{
    static mandel_rgb colours[MANDEL_PALETTE_MAX_COLOURS];
    enum { EACH = MANDEL_PALETTE_MAX_COLOURS / MANDEL_PALETTE_ENTRIES };
    for (size_t i = 0; i < MANDEL_PALETTE_MAX_COLOURS; i++)
        colours[i] = (mandel_rgb){(uint8_t)i, (uint8_t)(i / 256), 1};
    const mandel_palette palette = {colours, MANDEL_PALETTE_MAX_COLOURS, {0, 0, 0}, NULL};
    mandel_palette_cycle(&palette, &table);
    for (size_t i = 0; i < MANDEL_PALETTE_ENTRIES; i++)
        cr_assert(same(table.srgb[i], colours[i * EACH]));
    mandel_palette_stretch(&palette, &table);
    cr_assert(same(table.srgb[0], colours[0]));
    cr_assert(
        same(table.srgb[MANDEL_PALETTE_ENTRIES - 1], colours[MANDEL_PALETTE_MAX_COLOURS - 1]));
}
