/* SPDX-License-Identifier: MIT */
/* view.c - see view.h. The order of the operations is part of the picture: a step is multiplied
 * first and divided then, so that the last bit of each coordinate is the same everywhere. */
#include "mandelbrot/field/view.h"

#include "mandelbrot/base/number.h"

#include <float.h>
#include <math.h>
#include <string.h>

bool mandel_view_parse_size(const char *text, mandel_view *view)
{
    const char *const cross = strchr(text, 'x');
    unsigned long width;
    unsigned long height;
    if (cross == NULL || !mandel_number_whole(text, cross, 1, MANDEL_VIEW_MAX_SIDE, &width) ||
        !mandel_number_whole(cross + 1, NULL, 1, MANDEL_VIEW_MAX_SIDE, &height))
        return false;
    view->width = (uint32_t)width;
    view->height = (uint32_t)height;
    return true;
}

bool mandel_view_parse_point(const char *text, mandel_point *point)
{
    const char *const comma = strchr(text, ',');
    mandel_point parsed;
    if (comma == NULL || !mandel_number_decimal(text, comma, &parsed.re) ||
        !mandel_number_decimal(comma + 1, NULL, &parsed.im))
        return false;
    *point = parsed;
    return true;
}

bool mandel_view_is_finite(const mandel_view *view)
{
    const double re = view->lower_right.re - view->upper_left.re;
    const double im = view->upper_left.im - view->lower_right.im;
    return isfinite(re * view->width) && isfinite(im * view->height);
}

/* The side of a pixel at zoom 1. */
static double pixel_of(const mandel_view *view)
{
    return fmax(3.0 / view->width, 2.25 / view->height);
}

void mandel_view_centre(mandel_view *view, const mandel_point *centre, double zoom)
{
    const double half = 0.5 * pixel_of(view) / zoom;
    view->upper_left =
        (mandel_point){centre->re - half * view->width, centre->im + half * view->height};
    view->lower_right =
        (mandel_point){centre->re + half * view->width, centre->im - half * view->height};
}

double mandel_view_pixel(const mandel_view *view)
{
    return fabs(view->lower_right.re - view->upper_left.re) / view->width;
}

double mandel_view_max_zoom(const mandel_view *view, const mandel_point *centre, bool is_float)
{
    /* Of the largest numbers near the centre, the next one is at most so much larger. */
    const double largest = fmax(fabs(centre->re), fabs(centre->im));
    const double step = is_float ? fmax(largest, (double)FLT_MIN) * (double)FLT_EPSILON
                                 : fmax(largest, DBL_MIN) * DBL_EPSILON;
    return pixel_of(view) / step;
}

void mandel_view_columns(const mandel_view *view, size_t first, size_t n, double *re)
{
    const double left = view->upper_left.re;
    const double extent = view->lower_right.re - left;
    const double width = view->width;
    for (size_t i = 0; i < n; i++)
        re[i] = left + (double)(first + i) * extent / width;
}

double mandel_view_row(const mandel_view *view, size_t row)
{
    const double top = view->upper_left.im;
    const double extent = top - view->lower_right.im;
    return top - (double)row * extent / (double)view->height;
}

size_t mandel_view_mirror(const mandel_view *view, size_t row)
{
    const double top = view->upper_left.im;
    const double extent = top - view->lower_right.im;
    const double other = 2.0 * top * (double)view->height / extent - (double)row;
    /* Rounded, it may be a little below 0, and the mirror of a mirror must be the row itself. */
    if (!(other >= -0.5 && other < (double)view->height - 0.5))
        return row;
    const size_t mirror = (size_t)(other + 0.5);
    return mandel_view_row(view, mirror) == -mandel_view_row(view, row) ? mirror : row;
}
