/* SPDX-License-Identifier: MIT */
/* options_view_test.c - views that are given by a point and a zoom. */
#include "mandelbrot/program/words.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double extent_re(const mandel_view *view)
{
    return view->lower_right.re - view->upper_left.re;
}

static double extent_im(const mandel_view *view)
{
    return view->upper_left.im - view->lower_right.im;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fmax(1.0, fabs(b));
}

static void expect_view(const char *words, double left, double top, double right, double bottom)
{
    const mandel_options o = words_read(words);
    cr_expect(near(o.view.upper_left.re, left) && near(o.view.upper_left.im, top) &&
                  near(o.view.lower_right.re, right) && near(o.view.lower_right.im, bottom),
              "'%s': %.17g,%.17g %.17g,%.17g", words, o.view.upper_left.re, o.view.upper_left.im,
              o.view.lower_right.re, o.view.lower_right.im);
}

Test(options_view, a_point_and_a_zoom_make_a_view)
{
    expect_view("a.png 1000x750 --zoom 1", -2.25, 1.125, 0.75, -1.125);
    expect_view("a.png 1000x750 --center -0.75,0", -2.25, 1.125, 0.75, -1.125);
    expect_view("a.png 1000x750 --centre=-0.75,0", -2.25, 1.125, 0.75, -1.125);
    expect_view("a.png 1000x750 --zoom 2", -1.5, 0.5625, 0.0, -0.5625);
    expect_view("a.png 1000x750 --zoom .5", -3.75, 2.25, 2.25, -2.25);
    expect_view("--center .25,-.5 a.png --zoom 1e1 400x300", 0.1, -0.3875, 0.4, -0.6125);
    expect_view("--centre .25,-.5 --zoom=10 -- a.png 400x300", 0.1, -0.3875, 0.4, -0.6125);
    /* Of several, the last one counts. */
    expect_view("a.png 1000x750 --zoom 7 --center 5,5 --zoom 2 --centre -0.75,0", -1.5, 0.5625, 0.0,
                -0.5625);
}

Test(options_view, it_fits_into_every_size_with_square_pixels)
{
    static const char *const sizes[] = {"1000x750", "100x100", "300x30", "30x300",
                                        "1x1",      "7x5000",  "5000x7", "1000x751"};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char words[100];
        snprintf(words, sizeof words, "a.png %s --center -0.75,0.125", sizes[i]);
        const mandel_view view = words_read(words).view;
        const double re = extent_re(&view);
        const double im = extent_im(&view);
        cr_expect(re >= 3.0 - 1e-9 && im >= 2.25 - 1e-9, "%s: %g by %g", sizes[i], re, im);
        cr_expect(near(re, 3.0) || near(im, 2.25), "%s: %g by %g is too large", sizes[i], re, im);
        cr_expect(near(re / view.width / (im / view.height), 1.0), "%s: %g by %g", sizes[i], re,
                  im);
        cr_expect(near((view.upper_left.re + view.lower_right.re) / 2, -0.75), "%s", sizes[i]);
        cr_expect(near((view.upper_left.im + view.lower_right.im) / 2, 0.125), "%s", sizes[i]);
    }
}

Test(options_view, a_zoom_makes_it_so_many_times_smaller)
{
    for (int zoom = 1; zoom <= 1000000; zoom *= 10) {
        char words[100];
        snprintf(words, sizeof words, "a.png 640x480 --zoom %d", zoom);
        const mandel_view view = words_read(words).view;
        cr_expect(near(extent_re(&view) * zoom, 3.0) || zoom > 1000, "zoom %d", zoom);
        cr_expect(fabs(extent_im(&view) * zoom - 2.25) < 1e-8, "zoom %d", zoom);
    }
}

Test(options_view, a_benchmark_takes_one_too)
{
    expect_view("--bench --zoom 1", -2.25, 1.125, 0.75, -1.125);
    expect_view("--bench 100x75 --zoom 2", -1.5, 0.5625, 0.0, -0.5625);
    expect_view("--bench a.png 100x75 --zoom 2", -1.5, 0.5625, 0.0, -0.5625);
    mandel_options o = words_read("--bench --zoom 2");
    cr_assert(o.view.width == 4000 && o.view.height == 3000 && o.mode == MANDEL_MODE_BENCH);
    o = words_read("--bench 100x75 --center 0,0");
    cr_assert(o.view.width == 100 && o.view.height == 75);
}

static const char zoom_is_too_high[] = "neighbouring points would be the same in ";

/* The message says how much is allowed, and that is true. */
static void expect_limit(const char *rest, const char *precision)
{
    char words[200];
    char expected[100];
    snprintf(words, sizeof words, "a.png %s --precision %s --zoom 1e99", rest, precision);
    snprintf(expected, sizeof expected, "%s%s: expected at most ", zoom_is_too_high, precision);
    words_expect_refused(words, "zoom 1e+99: ", expected);
    const char *const most = strstr(words_message, expected);
    cr_assert_not_null(most);
    const double zoom = strtod(most + strlen(expected), NULL);
    snprintf(words, sizeof words, "a.png %s --precision %s --zoom %.17g", rest, precision, zoom);
    words_read(words);
    snprintf(words, sizeof words, "a.png %s --precision %s --zoom %.17g", rest, precision,
             1.2 * zoom);
    words_expect_refused(words, "zoom ", "for this center and size");
}

Test(options_view, a_zoom_that_numbers_cannot_follow_is_refused_with_the_highest_one)
{
    static const char *const views[] = {"1000x750",
                                        "1x1",
                                        "8000x6000 --center 0.25,0",
                                        "100x100 --center -1.99,1e-9",
                                        "77x33 --center 0,-1",
                                        "10x10 --center 1e-5,1e-7"};
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        expect_limit(views[i], "double");
        expect_limit(views[i], "float");
    }
    words_expect_refused("a.png 1000x750 --zoom 1e15", "zoom 1e+15: neighbouring",
                         "in double: expected at most 1.7e+13 for this center and size");
    words_expect_refused("a.png 1000x750 --zoom 1e6 --precision float", "zoom 1e+06: neighbouring",
                         "in float: expected at most 3.2e+04 for this center and size");
    /* A float follows a zoom around a small number further. */
    words_read("a.png 1000x750 --zoom 1e6 --precision float --center 1e-3,0");
}

/* Neighbours near the middle are different numbers at what the message allows. */
Test(options_view, at_the_highest_zoom_points_differ)
{
    const mandel_view view = words_read("a.png 1000x750 --zoom 1.7e13").view;
    double re[3];
    mandel_view_columns(&view, 500, 3, re);
    cr_assert(re[0] < re[1] && re[1] < re[2]);
    cr_assert(mandel_view_row(&view, 375) > mandel_view_row(&view, 376));
}

static const struct {
    const char *words;
    const char *named;
    const char *expected;
} refused[] = {
    {"a.png 10x10 --zoom 0", "--zoom '0'", "a number above 0"},
    {"a.png 10x10 --zoom -1", "--zoom '-1'", "a number above 0"},
    {"a.png 10x10 --zoom -0.0", "--zoom '-0.0'", "a number above 0"},
    {"a.png 10x10 --zoom nan", "--zoom 'nan'", "a number above 0"},
    {"a.png 10x10 --zoom inf", "--zoom 'inf'", "a number above 0"},
    {"a.png 10x10 --zoom 1e400", "--zoom '1e400'", "a number above 0"},
    {"a.png 10x10 --zoom 2x", "--zoom '2x'", "a number above 0"},
    {"a.png 10x10 --zoom=", "--zoom ''", "a number above 0"},
    {"a.png 10x10 --zoom 1e-310", "zoom 1e-310", "a smaller view"},
    {"a.png 10x10 --center 0", "--center '0'", "RE,IM"},
    {"a.png 10x10 --center 0,", "--center '0,'", "RE,IM"},
    {"a.png 10x10 --centre 1,2,3", "--center '1,2,3'", "RE,IM"},
    {"a.png 10x10 --center nan,0", "--center 'nan,0'", "RE,IM"},
    {"a.png 10x10 --center 1e308,0", "zoom 1", "at most"},
    {"a.png 10 --zoom 2", "size '10'", "WIDTHxHEIGHT"},
    {"a.png --zoom 2", "1 arguments", "FILE WIDTHxHEIGHT with --center or --zoom"},
    {"--zoom 2", "0 arguments", "FILE WIDTHxHEIGHT with --center or --zoom"},
    {"a.png 10x10 0,0 --zoom 2", "3 arguments", "FILE WIDTHxHEIGHT with --center or --zoom"},
    {"a.png 10x10 0,0 1,1 --zoom 2", "4 arguments", "FILE WIDTHxHEIGHT with --center or --zoom"},
    {"a.png 10x10 0,0 1,1 --center 0,0", "4 arguments", "with --center or --zoom"},
    {"--bench 10x10 0,0 1,1 --zoom 2", "3 arguments", "with --center or --zoom"},
    {"a.png 10x10", "2 arguments", "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT"},
};

Test(options_view, what_is_wrong_is_named_with_what_was_expected)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        words_expect_refused(refused[i].words, refused[i].named, refused[i].expected);
}
