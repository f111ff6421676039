/* SPDX-License-Identifier: MIT */
/* picture_checks.h - the checks of whole pictures; see support.h for their front ends. */
#ifndef TESTS_MANDELBROT_PICTURE_CHECKS_H
#define TESTS_MANDELBROT_PICTURE_CHECKS_H

#include "support.h"

#define PICTURE_CHECKS(X)                                                                          \
    X(picture, the_same_in_every_way_and_on_any_number_of_threads)                                 \
    X(picture, the_default_pool_makes_it_too)                                                      \
    X(picture, a_field_is_needed_for_some)                                                         \
    X(picture, colours_come_from_a_kept_field_too)                                                 \
    X(picture, samples_alone_need_no_image)                                                        \
    X(picture, bits_alone)                                                                         \
    X(picture, views_without_extent)                                                               \
    X(picture, a_second_picture_begins_anew)                                                       \
    X(picture, progress_ends_at_all_steps)                                                         \
    X(picture, memory_that_is_not_there_is_told)

PICTURE_CHECKS(CHECK_PROTOTYPE)

#endif
