/* SPDX-License-Identifier: MIT */
/* format_test.c - which kind of file a name means, and what an image must be for it. */
#include "mandelbrot/image/format.h"

#include <criterion/criterion.h>
#include <string.h>

static const mandel_format formats[] = {MANDEL_FORMAT_PNG, MANDEL_FORMAT_PPM, MANDEL_FORMAT_PGM,
                                        MANDEL_FORMAT_PBM};

Test(format, names_go_both_ways)
{
    for (size_t i = 0; i < 4; i++) {
        mandel_format format = MANDEL_FORMAT_PNG;
        cr_assert(mandel_format_from_name(mandel_format_name(formats[i]), &format));
        cr_assert_eq(format, formats[i]);
        cr_assert_not_null(strstr(MANDEL_FORMAT_NAMES, mandel_format_name(format)));
    }
}

Test(format, other_names_are_refused)
{
    static const char *const bad[] = {"", "PNG", "png ", ".png", "jpg", "pn", "pngs"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        mandel_format format;
        cr_expect_not(mandel_format_from_name(bad[i], &format), "'%s'", bad[i]);
    }
}

Test(format, files_tell_by_their_ending)
{
    static const struct {
        const char *file;
        mandel_format format;
    } rows[] = {{"a.png", MANDEL_FORMAT_PNG},       {"a.ppm", MANDEL_FORMAT_PPM},
                {"a.pgm", MANDEL_FORMAT_PGM},       {"dir.pgm/a.pbm", MANDEL_FORMAT_PBM},
                {"A.PPM", MANDEL_FORMAT_PPM},       {"a.b.c.pgm", MANDEL_FORMAT_PGM},
                {"mandel", MANDEL_FORMAT_PNG},      {"-", MANDEL_FORMAT_PNG},
                {"dir.jpg/a", MANDEL_FORMAT_PNG},   {"/dev/null", MANDEL_FORMAT_PNG},
                {".pgm", MANDEL_FORMAT_PNG},        {"", MANDEL_FORMAT_PNG},
                {"./-1.2,3.pbm", MANDEL_FORMAT_PBM}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mandel_format format;
        cr_assert(mandel_format_from_file(rows[i].file, &format), "'%s'", rows[i].file);
        cr_assert_eq(format, rows[i].format, "'%s'", rows[i].file);
    }
}

Test(format, other_endings_are_refused)
{
    static const char *const bad[] = {"a.jpg", "a.", "a.png.gz", "a.pnm", "a.png ", "x/y.tiff"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        mandel_format format;
        cr_expect_not(mandel_format_from_file(bad[i], &format), "'%s'", bad[i]);
    }
}

Test(format, layouts)
{
    static const mandel_layout plain[] = {MANDEL_LAYOUT_GREY, MANDEL_LAYOUT_RGB, MANDEL_LAYOUT_GREY,
                                          MANDEL_LAYOUT_BITS};
    for (size_t i = 0; i < 4; i++) {
        mandel_layout layout;
        cr_assert(mandel_format_layout(formats[i], false, &layout));
        cr_assert_eq(layout, plain[i]);
        const bool has_colour = i < 2;
        cr_assert_eq(mandel_format_layout(formats[i], true, &layout), has_colour);
        cr_assert(!has_colour || layout == MANDEL_LAYOUT_RGB);
    }
}
