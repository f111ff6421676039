/* SPDX-License-Identifier: MIT */
/* view.h - the piece of the complex plane that a picture shows, and which point a pixel stands for.
 * Knows nothing of what is computed there.
 *
 * Row 0 is the top. A pixel stands for the point at its upper left corner, so the lower right
 * corner of the view is just outside the picture. Corners may be in any order: a view may be
 * mirrored, or have no extent. */
#ifndef MANDEL_VIEW_H
#define MANDEL_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest width and height: what PNG can say. */
#define MANDEL_VIEW_MAX_SIDE 2147483647ul

typedef struct mandel_point {
    double re;
    double im;
} mandel_point;

typedef struct mandel_view {
    uint32_t width; /* in pixels */
    uint32_t height;
    mandel_point upper_left;
    mandel_point lower_right;
} mandel_view;

/* Reads "1000x750" into the view's width and height. True, or false with the view untouched. */
bool mandel_view_parse_size(const char *text, mandel_view *view);

/* Reads "-1.20,0.35", real part first. True and *point, or false. */
bool mandel_view_parse_point(const char *text, mandel_point *point);

/* Whether all points of the view can be computed: corners can be too far apart for a double. */
bool mandel_view_is_finite(const mandel_view *view);

/* The corners of a view around a point, from its width and height: at zoom 1 it is just large
 * enough for 3 by 2.25, which the whole set fits into, and at zoom 2 half as wide and high. A pixel
 * is as wide as it is high. */
void mandel_view_centre(mandel_view *view, const mandel_point *centre, double zoom);

/* The distance of two neighbouring columns. */
double mandel_view_pixel(const mandel_view *view);

/* The highest zoom at which neighbouring points around the centre are still different numbers. */
double mandel_view_max_zoom(const mandel_view *view, const mandel_point *centre, bool is_float);

/* The real parts of the columns first .. first + n - 1. */
void mandel_view_columns(const mandel_view *view, size_t first, size_t n, double *re);

/* The imaginary part of a row. */
double mandel_view_row(const mandel_view *view, size_t row);

/* The row whose imaginary parts are exactly those of this one with the other sign, so that its
 * points escape alike; the row itself if there is none. */
size_t mandel_view_mirror(const mandel_view *view, size_t row);

#endif
