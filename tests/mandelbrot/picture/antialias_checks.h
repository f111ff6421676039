/* SPDX-License-Identifier: MIT */
/* antialias_checks.h - the checks of smooth edges; see support.h for their front ends. */
#ifndef TESTS_MANDELBROT_ANTIALIAS_CHECKS_H
#define TESTS_MANDELBROT_ANTIALIAS_CHECKS_H

#include "support.h"

#define ANTIALIAS_CHECKS(X)                                                                        \
    X(antialias, flat_areas_stay_and_edges_change)                                                 \
    X(antialias, exactly_the_edges_are_sampled)                                                    \
    X(antialias, points_are_around_that_of_the_pixel)                                              \
    X(antialias, the_same_every_time)                                                              \
    X(antialias, more_points_agree)                                                                \
    X(antialias, a_picture_without_edges_costs_nothing)                                            \
    X(antialias, every_size)

ANTIALIAS_CHECKS(CHECK_PROTOTYPE)

#endif
