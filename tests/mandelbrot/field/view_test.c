/* SPDX-License-Identifier: MIT */
/* view_test.c - sizes and corners as they are typed, and the points that pixels stand for. */
#include "mandelbrot/field/view.h"

#include "mandelbrot/field/reference.h"

#include <criterion/criterion.h>

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
