/* SPDX-License-Identifier: MIT */
/* options_colour_test.c - colours, palettes, smooth edges and dumps on the command line. */
#include "mandelbrot/base/folder.h"
#include "mandelbrot/program/words.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define PICTURE "a.png 10x10 0,0 1,1 "

Test(options_colour, every_colouring_has_a_name)
{
    static const struct {
        const char *words;
        mandel_colouring colouring;
        mandel_layout layout;
    } rows[] = {
        {PICTURE, MANDEL_COLOUR_GREY, MANDEL_LAYOUT_GREY},
        {PICTURE "--colour grey", MANDEL_COLOUR_GREY, MANDEL_LAYOUT_GREY},
        {PICTURE "--colour smooth", MANDEL_COLOUR_SMOOTH, MANDEL_LAYOUT_RGB},
        {PICTURE "--color smooth", MANDEL_COLOUR_SMOOTH, MANDEL_LAYOUT_RGB},
        {PICTURE "--colour=histogram", MANDEL_COLOUR_HISTOGRAM, MANDEL_LAYOUT_RGB},
        {PICTURE "--color=distance", MANDEL_COLOUR_DISTANCE, MANDEL_LAYOUT_RGB},
        {PICTURE "--palette fire", MANDEL_COLOUR_SMOOTH, MANDEL_LAYOUT_RGB},
        {PICTURE "--palette fire --colour distance", MANDEL_COLOUR_DISTANCE, MANDEL_LAYOUT_RGB},
        {PICTURE "--colour histogram --palette fire", MANDEL_COLOUR_HISTOGRAM, MANDEL_LAYOUT_RGB},
        {PICTURE "--colour smooth --color grey", MANDEL_COLOUR_GREY, MANDEL_LAYOUT_GREY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const mandel_options o = words_read(rows[i].words);
        cr_expect_eq(o.colouring, rows[i].colouring, "'%s'", rows[i].words);
        cr_expect_eq(o.layout, rows[i].layout, "'%s'", rows[i].words);
    }
}

static void expect_palette(const mandel_options *o, const mandel_palette *palette, const char *name)
{
    cr_expect_eq(o->palette.n, palette->n, "%s", name);
    cr_expect_eq(o->palette.colours, palette->colours, "%s", name);
    cr_expect_null(o->palette.owned, "%s", name);
}

Test(options_colour, every_palette_of_the_list_can_be_named)
{
    const mandel_palette_known *known;
    for (size_t i = 0; (known = mandel_palette_at(i)) != NULL; i++) {
        char words[100];
        snprintf(words, sizeof words, PICTURE "--palette %s", known->name);
        const mandel_options o = words_read(words);
        expect_palette(&o, &known->palette, known->name);
    }
    cr_assert_str_eq(mandel_palette_at(0)->name, "classic", "as the help says");
    const mandel_options o = words_read(PICTURE "--colour smooth");
    expect_palette(&o, &mandel_palette_at(0)->palette, "the usual one");
}

static char *palette_words(const folder *f, const char *text)
{
    static char words[700];
    folder_write(folder_path(f, "my.map"), text);
    snprintf(words, sizeof words, PICTURE "--palette %s", folder_path(f, "my.map"));
    return words;
}

Test(options_colour, a_palette_may_be_a_file)
{
    folder f = folder_make();
    const mandel_options o = words_read(palette_words(&f, "1 2 3 first\r\n#ff8000\ninside 9 8 7"));
    cr_assert_eq(o.colouring, MANDEL_COLOUR_SMOOTH);
    cr_assert_eq(o.palette.n, 2);
    cr_assert(o.palette.colours[0].red == 1 && o.palette.colours[0].blue == 3);
    cr_assert(o.palette.colours[1].red == 255 && o.palette.colours[1].green == 128);
    cr_assert(o.palette.inside.red == 9 && o.palette.inside.blue == 7);
    folder_remove(&f);
}

Test(options_colour, a_palette_that_cannot_be_read_is_refused)
{
    folder f = folder_make();
    words_expect_refused(PICTURE "--palette firr", "palette 'firr': No such file",
                         "--list-palettes");
    words_expect_refused(PICTURE "--palette=", "palette ''", "--list-palettes");
    words_expect_refused(PICTURE "--palette .", "palette '.': Is a directory", "--list-palettes");
    words_expect_refused(PICTURE "--palette Fire", "palette 'Fire'", "--list-palettes");
    words_expect_refused(palette_words(&f, "1 2 3\n\n1 2\n"), "my.map': line 3 '1 2'", "R G B");
    words_expect_refused(palette_words(&f, "1 2 256"), "line 1 '1 2 256'", "from 0 to 255");
    words_expect_refused(palette_words(&f, "#12345"), "line 1 '#12345'", "#rrggbb");
    words_expect_refused(palette_words(&f, "; empty\n"), "no colours", "at least one");
    words_expect_refused(palette_words(&f, "1 2 3\ninside 4"), "line 2 'inside 4'", "inside R G B");
    folder_remove(&f);
}

Test(options_colour, a_period_belongs_to_the_colouring)
{
    static const struct {
        const char *words;
        double period;
    } rows[] = {
        {PICTURE "--colour smooth", 64.0},
        {PICTURE "--palette ice", 64.0},
        {PICTURE "--colour distance", 8.0},
        {PICTURE "--colour smooth --period 10", 10.0},
        {PICTURE "--colour distance --period .5", 0.5},
        {PICTURE "--palette ice --period 1e3", 1000.0},
        {PICTURE "--palette ice --period 1e-300", 1e-300},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        cr_expect(words_read(rows[i].words).period == rows[i].period, "'%s'", rows[i].words);
}

Test(options_colour, smooth_edges_have_from_2_to_16_cells)
{
    for (unsigned side = 0; side <= 18; side++) {
        char words[100];
        snprintf(words, sizeof words, PICTURE "--antialias %u", side);
        if (side >= 2 && side <= 16)
            cr_expect_eq(words_read(words).antialias, side);
        else
            words_expect_refused(words, "--antialias '", "a whole number from 2 to 16");
    }
}

Test(options_colour, a_dump_is_recoloured_into_one_file)
{
    static const char *const lines[] = {"b.png --recolour a.dump --threads 3",
                                        "--recolor a.dump b.png --threads 3",
                                        "--recolour=a.dump --threads 3 -- b.png"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const mandel_options o = words_read(lines[i]);
        cr_assert_eq(o.mode, MANDEL_MODE_RECOLOUR);
        cr_assert_str_eq(o.file, "b.png");
        cr_assert_str_eq(o.recolour, "a.dump");
        cr_assert(o.threads == 3 && o.colouring == MANDEL_COLOUR_GREY);
    }
    const mandel_options o =
        words_read("- --recolour a.dump --palette fire --period 9 --stats --format ppm");
    cr_assert(o.colouring == MANDEL_COLOUR_SMOOTH && o.period == 9.0);
    cr_assert(o.format == MANDEL_FORMAT_PPM && o.layout == MANDEL_LAYOUT_RGB);
}

static const struct {
    const char *words;
    const char *named;
    const char *expected;
} refused[] = {
    {PICTURE "--colour blue", "--colour 'blue'", "grey, smooth, histogram or distance"},
    {PICTURE "--color Smooth", "--colour 'Smooth'", "grey, smooth, histogram or distance"},
    {PICTURE "--colour=", "--colour ''", "grey, smooth, histogram or distance"},
    {PICTURE "--palette fire --colour x", "--colour 'x'", "grey, smooth, histogram or distance"},
    {PICTURE "--colour smooth --period 0", "--period '0'", "a number above 0"},
    {PICTURE "--colour smooth --period -1", "--period '-1'", "a number above 0"},
    {PICTURE "--colour smooth --period nan", "--period 'nan'", "a number above 0"},
    {PICTURE "--colour smooth --period 1e400", "--period '1e400'", "a number above 0"},
    {PICTURE "--colour smooth --period 1e-400", "--period '1e-400'", "a number above 0"},
    {PICTURE "--antialias -2", "--antialias '-2'", "from 2 to 16"},
    {PICTURE "--antialias 2.5", "--antialias '2.5'", "from 2 to 16"},
    {PICTURE "--recolour a.dump", "4 arguments", "FILE alone with --recolour"},
    {"a.png 10x10 --recolour a.dump", "2 arguments", "FILE alone with --recolour"},
    {"--recolour a.dump", "0 arguments", "FILE alone with --recolour"},
    {"a.png --recolour", "'--recolour'", "a value"},
    {"a.png --recolor", "'--recolor'", "a value"},
};

Test(options_colour, what_is_wrong_is_named_with_what_was_expected)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        words_expect_refused(refused[i].words, refused[i].named, refused[i].expected);
}
