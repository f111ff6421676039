/* SPDX-License-Identifier: MIT */
/* subdivide_checks.h - the checks of subdividing; see support.h for their front ends. */
#ifndef TESTS_MANDELBROT_SUBDIVIDE_CHECKS_H
#define TESTS_MANDELBROT_SUBDIVIDE_CHECKS_H

#include "support.h"

#define SUBDIVIDE_CHECKS(X)                                                                        \
    X(subdivide, the_plain_field_where_nothing_is_thin)                                            \
    X(subdivide, never_misses_the_set)                                                             \
    X(subdivide, every_size)                                                                       \
    X(subdivide, views_without_extent)                                                             \
    X(subdivide, saves_work)

SUBDIVIDE_CHECKS(CHECK_PROTOTYPE)

#endif
