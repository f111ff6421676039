/* SPDX-License-Identifier: MIT */
/* view_test.c - sizes and corners as they are typed, and the points that pixels stand for. */
#include "mandelbrot/field/view.h"

#include "mandelbrot/field/reference.h"
#include "support.h"

#include <criterion/criterion.h>
#include <math.h>

Test(view, sizes_are_read)
{
    mandel_view view;
    cr_assert(mandel_view_parse_size("1000x750", &view));
    cr_assert(view.width == 1000 && view.height == 750);
    cr_assert(mandel_view_parse_size("1x2147483647", &view));
    cr_assert(view.width == 1 && view.height == 2147483647);
}

Test(view, what_is_not_a_size_is_refused)
{
    static const char *const bad[] = {
        "",          "x",    "10",     "10x",   "x10",    "10,20",         "10x20x30",
        "0x5",       "5x0",  "-5x5",   "5x-5",  "10x20 ", " 10x20",        "10X20",
        "10x20xy",   "1e2x", "10.5x5", "+5x5",  "axb",    "2147483648x10", "10x2147483648",
        "10x20\n",   "--",   "0x0",    "10 x5", "10x 5",  "0xffx2",        "99999999999999999999x1",
        "1000x750,1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        mandel_view view = {.width = 3, .height = 4};
        cr_expect_not(mandel_view_parse_size(bad[i], &view), "'%s'", bad[i]);
        cr_expect(view.width == 3 && view.height == 4, "'%s' changed the view", bad[i]);
    }
}

Test(view, points_are_read)
{
    mandel_point point;
    cr_assert(mandel_view_parse_point("-1.20,0.35", &point));
    cr_assert(point.re == -1.2 && point.im == 0.35);
    cr_assert(mandel_view_parse_point("-.5,-1", &point));
    cr_assert(point.re == -0.5 && point.im == -1.0);
    cr_assert(mandel_view_parse_point("1e-3,+2", &point));
    cr_assert(point.re == 0.001 && point.im == 2.0);
}

Test(view, what_is_not_a_point_is_refused)
{
    static const char *const bad[] = {"",         ",",     "10,",    ",10", "10",      "10,20xy",
                                      "10,20,30", "1 ,2",  "1, 2",   "1;2", "1x2",     "inf,0",
                                      "0,nan",    "0x5,1", "1,0x5",  "a,b", "1e999,0", "--1,2",
                                      "1,2\n",    "(1,2)", "1.5.2,1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        mandel_point point = {3.0, 4.0};
        cr_expect_not(mandel_view_parse_point(bad[i], &point), "'%s'", bad[i]);
        cr_expect(point.re == 3.0 && point.im == 4.0, "'%s' changed the point", bad[i]);
    }
}

Test(view, pixels_stand_for_the_points_of_the_book)
{
    const mandel_view view = {1000, 750, {-1.20, 0.35}, {-1.0, 0.20}};
    const reference_view same = {1000, 750, -1.20, 0.35, -1.0, 0.20};
    double re[1000];
    mandel_view_columns(&view, 0, 1000, re);
    for (size_t i = 0; i < 1000; i++)
        cr_assert(re[i] == reference_re(&same, i), "column %zu", i);
    for (size_t i = 0; i < 750; i++)
        cr_assert(mandel_view_row(&view, i) == reference_im(&same, i), "row %zu", i);
    cr_assert(re[0] == -1.20);
    cr_assert(mandel_view_row(&view, 0) == 0.35);
}

/* The book's own example: half-way across, and a quarter of the way down. */
Test(view, a_known_pixel)
{
    const mandel_view view = {100, 200, {-1.0, 1.0}, {1.0, -1.0}};
    double re;
    mandel_view_columns(&view, 25, 1, &re);
    cr_assert(re == -0.5);
    cr_assert(mandel_view_row(&view, 175) == -0.75);
}

Test(view, columns_do_not_depend_on_where_one_begins)
{
    const mandel_view view = {1013, 1, {-2.1, 0.0}, {0.7, -1.0}};
    double all[1013];
    mandel_view_columns(&view, 0, 1013, all);
    for (size_t first = 0; first < 1013; first += 97) {
        double some[97];
        const size_t n = 1013 - first < 97 ? 1013 - first : 97;
        mandel_view_columns(&view, first, n, some);
        for (size_t i = 0; i < n; i++)
            cr_assert(some[i] == all[first + i], "column %zu", first + i);
    }
}

Test(view, corners_may_be_in_any_order)
{
    const mandel_view mirrored = {10, 10, {1.0, -1.0}, {-1.0, 1.0}};
    cr_assert(mandel_view_is_finite(&mirrored));
    double re[10];
    mandel_view_columns(&mirrored, 0, 10, re);
    cr_assert(re[0] > re[9]);
    cr_assert(mandel_view_row(&mirrored, 0) < mandel_view_row(&mirrored, 9));
}

Test(view, corners_too_far_apart_are_noticed)
{
    const mandel_view apart = {10, 10, {-1e308, 0.0}, {1e308, 0.0}};
    const mandel_view steep = {10, 10, {0.0, 1e308}, {0.0, -1e308}};
    const mandel_view wide = {1000, 1, {0.0, 0.0}, {1e306, 0.0}};
    const mandel_view fits = {10, 10, {-1e300, 1e300}, {1e300, -1e300}};
    cr_assert_not(mandel_view_is_finite(&apart));
    cr_assert_not(mandel_view_is_finite(&steep));
    cr_assert_not(mandel_view_is_finite(&wide));
    cr_assert(mandel_view_is_finite(&fits));
}

/* ---- centre and zoom ------------------------------------------------------------------------ */

static double extent_re(const mandel_view *view)
{
    return view->lower_right.re - view->upper_left.re;
}

static double extent_im(const mandel_view *view)
{
    return view->upper_left.im - view->lower_right.im;
}

/* The whole set fits, just, in one direction or the other; and pixels are squares. */
Test(view, zoom_1_is_the_whole_set)
{
    static const uint32_t sizes[][2] = {{4, 3},       {400, 300},      {1000, 1000},
                                        {3, 1000},    {1000, 3},       {1, 1},
                                        {1920, 1080}, {1, 2147483647}, {2147483647, 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        mandel_view view = {.width = sizes[i][0], .height = sizes[i][1]};
        const mandel_point centre = {-0.75, 0.0};
        mandel_view_centre(&view, &centre, 1.0);
        const double wide = extent_re(&view) / 3.0;
        const double high = extent_im(&view) / 2.25;
        cr_assert(wide > 1.0 - 1e-12 && high > 1.0 - 1e-12, "%zu: %g, %g", i, wide, high);
        cr_assert(fmin(wide, high) < 1.0 + 1e-12, "%zu: %g, %g", i, wide, high);
        const double pixel = mandel_view_pixel(&view);
        cr_assert(fabs(pixel * view.height / extent_im(&view) - 1.0) < 1e-9, "%zu: %g", i, pixel);
        cr_assert(view.upper_left.im == -view.lower_right.im);
        cr_assert(fabs(view.upper_left.re + view.lower_right.re + 1.5) < 1e-12 * wide);
    }
}

Test(view, zoom_is_how_much_larger_it_looks)
{
    const mandel_point centre = {0.25, -0.125};
    mandel_view one = {.width = 400, .height = 300};
    mandel_view_centre(&one, &centre, 1.0);
    for (double zoom = 0.125; zoom < 1e9; zoom *= 2.0) {
        mandel_view view = one;
        mandel_view_centre(&view, &centre, zoom);
        cr_assert(fabs(extent_re(&view) * zoom / 3.0 - 1.0) < 1e-6, "zoom %g", zoom);
        cr_assert(fabs(extent_im(&view) * zoom / 2.25 - 1.0) < 1e-6, "zoom %g", zoom);
        cr_assert(fabs(mandel_view_pixel(&view) * zoom / mandel_view_pixel(&one) - 1.0) < 1e-6);
        cr_assert(view.upper_left.re < 0.25 && view.lower_right.re > 0.25);
        cr_assert(view.upper_left.im > -0.125 && view.lower_right.im < -0.125);
    }
}

Test(view, pixels_have_a_width)
{
    const mandel_view view = {200, 5, {-2.0, 1.0}, {1.0, -1.0}};
    const mandel_view mirrored = {200, 5, {1.0, 1.0}, {-2.0, -1.0}};
    const mandel_view nothing = {200, 5, {1.0, 1.0}, {1.0, 1.0}};
    cr_assert(mandel_view_pixel(&view) == 0.015);
    cr_assert(mandel_view_pixel(&mirrored) == 0.015);
    cr_assert(mandel_view_pixel(&nothing) == 0.0);
}

/* Whether two neighbours in a view are the same number. */
static bool has_equal_neighbours(const mandel_view *view, bool is_float)
{
    for (uint32_t i = 1; i < view->width; i++) {
        double re[2];
        mandel_view_columns(view, i - 1, 2, re);
        if (is_float ? (float)re[0] == (float)re[1] : re[0] == re[1])
            return true;
    }
    for (uint32_t i = 1; i < view->height; i++) {
        const double above = mandel_view_row(view, i - 1);
        const double im = mandel_view_row(view, i);
        if (is_float ? (float)above == (float)im : above == im)
            return true;
    }
    return false;
}

Test(view, up_to_the_highest_zoom_neighbours_differ)
{
    uint64_t seed = 1;
    for (size_t round = 0; round < scaled(2000); round++) {
        const double size = ldexp(1.0, -(int)random_below(&seed, 40));
        const mandel_point centre = {size * ((double)random_below(&seed, 4000001) / 1e6 - 2.0),
                                     size * ((double)random_below(&seed, 4000001) / 1e6 - 2.0)};
        mandel_view view = {.width = 1 + (uint32_t)random_below(&seed, 2000),
                            .height = 1 + (uint32_t)random_below(&seed, 2000)};
        for (int is_float = 0; is_float < 2; is_float++) {
            const double most = mandel_view_max_zoom(&view, &centre, is_float != 0);
            mandel_view_centre(&view, &centre, most);
            cr_assert_not(has_equal_neighbours(&view, is_float != 0), "%ux%u at %.17g,%.17g",
                          view.width, view.height, centre.re, centre.im);
            if (view.width < 3 || view.height < 3)
                continue;
            mandel_view_centre(&view, &centre, 4.0 * most);
            cr_assert(has_equal_neighbours(&view, is_float != 0), "%ux%u at %.17g,%.17g",
                      view.width, view.height, centre.re, centre.im);
        }
    }
}

/* Around 0 numbers are dense, but not without end. */
Test(view, the_highest_zoom_around_0)
{
    const mandel_point zero = {0.0, -0.0};
    mandel_view view = {.width = 400, .height = 300};
    cr_assert_gt(mandel_view_max_zoom(&view, &zero, false), 1e300);
    const double most = mandel_view_max_zoom(&view, &zero, true);
    cr_assert(most > 1e40 && most < 1e43, "%g", most);
    mandel_view_centre(&view, &zero, most);
    cr_assert_not(has_equal_neighbours(&view, true));
}

/* ---- mirrors -------------------------------------------------------------------------------- */

/* Every mirror is exact and goes both ways. Returns how many rows have one that is another row. */
static size_t check_mirrors(const mandel_view *view)
{
    size_t mirrored = 0;
    for (size_t row = 0; row < view->height; row++) {
        const size_t mirror = mandel_view_mirror(view, row);
        cr_assert_lt(mirror, view->height);
        if (mirror == row)
            continue;
        mirrored++;
        cr_assert(mandel_view_row(view, mirror) == -mandel_view_row(view, row),
                  "%u rows from %.17g to %.17g: %zu and %zu", view->height, view->upper_left.im,
                  view->lower_right.im, row, mirror);
        cr_assert_eq(mandel_view_mirror(view, mirror), row,
                     "%u rows from %.17g to %.17g: %zu to %zu to %zu", view->height,
                     view->upper_left.im, view->lower_right.im, row, mirror,
                     mandel_view_mirror(view, mirror));
    }
    return mirrored;
}

static size_t mirrors_of(uint32_t height, double top, double bottom)
{
    const mandel_view view = {4, height, {-2.0, top}, {1.0, bottom}};
    return check_mirrors(&view);
}

/* Row 0 of a picture around the real axis has none: the lower corner is just outside. */
Test(view, rows_around_the_real_axis_have_mirrors)
{
    cr_assert_eq(mirrors_of(8, 1.0, -1.0), 6);
    cr_assert_eq(mirrors_of(9, 1.125, -1.125), 8);
    cr_assert_eq(mirrors_of(10, 0.5, -0.75), 8);
    cr_assert_eq(mirrors_of(10, 0.75, -0.5), 6);
    const mandel_view view = {4, 8, {-2.0, 1.0}, {1.0, -1.0}};
    cr_assert_eq(mandel_view_mirror(&view, 0), 0);
    cr_assert_eq(mandel_view_mirror(&view, 1), 7);
    cr_assert_eq(mandel_view_mirror(&view, 4), 4);
}

Test(view, an_upside_down_view_has_the_same_mirrors)
{
    cr_assert_eq(mirrors_of(8, -1.0, 1.0), 6);
    cr_assert_eq(mirrors_of(10, -0.5, 0.75), 8);
    const mandel_view view = {4, 8, {-2.0, -1.0}, {1.0, 1.0}};
    cr_assert_eq(mandel_view_mirror(&view, 0), 0);
    cr_assert_eq(mandel_view_mirror(&view, 1), 7);
}

/* Rows that meet no row, rows that nearly meet one, and rows on one side of the axis. */
Test(view, other_rows_have_no_mirrors)
{
    cr_assert_eq(mirrors_of(8, 1.0, 0.25), 0);
    cr_assert_eq(mirrors_of(8, -0.25, -1.0), 0);
    cr_assert_eq(mirrors_of(8, 1.0, 0.0), 0);
    cr_assert_eq(mirrors_of(8, 0.0, -1.0), 0);
    cr_assert_eq(mirrors_of(8, 1.0625, -0.9375), 0);
    cr_assert_eq(mirrors_of(8, nextafter(1.0, 2.0), -1.0), 0);
    cr_assert_eq(mirrors_of(1, 1.0, -1.0), 0);
}

/* Also if there is nothing between the corners, or next to nothing. */
Test(view, views_without_extent_have_no_mirrors)
{
    static const double tops[] = {0.0, -0.0, 0.5, -0.5, 5e-324, 1e308, -1e308};
    for (size_t i = 0; i < sizeof tops / sizeof tops[0]; i++) {
        cr_assert_eq(mirrors_of(100, tops[i], tops[i]), 0);
        (void)mirrors_of(100, tops[i], nextafter(tops[i], 2.0));
        (void)mirrors_of(100, tops[i], nextafter(tops[i], -2.0));
    }
}

Test(view, mirrors_go_both_ways)
{
    uint64_t seed = 9;
    size_t mirrored = 0;
    for (size_t round = 0; round < scaled(20000); round++) {
        const uint32_t height = 1 + (uint32_t)random_below(&seed, 300);
        const double top = (double)random_next(&seed) / 0x1p63 - 1.0;
        const double rows = 1.0 + (double)random_below(&seed, 2 * height); /* to the mirror of 0 */
        const double few = (double)random_below(&seed, 41) - 20.0;
        const double some = (double)random_below(&seed, 41) - 20.0;
        mirrored += mirrors_of(height, top, top - 2.0 * top * height / rows);
        mirrored += mirrors_of(height, few * 0.125, some * 0.125);
        (void)mirrors_of(height, few * 5e-324, some * 5e-324);
    }
    cr_assert_gt(mirrored, 0);
}
