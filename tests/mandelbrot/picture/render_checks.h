/* SPDX-License-Identifier: MIT */
/* render_checks.h - the checks of rendering on threads; see support.h for their front ends. */
#ifndef TESTS_MANDELBROT_RENDER_CHECKS_H
#define TESTS_MANDELBROT_RENDER_CHECKS_H

#include "support.h"

#define RENDER_CHECKS(X)                                                                           \
    X(render, the_picture_of_the_book)                                                             \
    X(render, every_view_is_that_of_the_reference)                                                 \
    X(render, bits_are_what_is_inside)                                                             \
    X(render, the_same_for_every_layout_size_and_number_of_threads)                                \
    X(render, every_pixel_and_iteration_is_counted_once)                                           \
    X(render, shortcuts_change_nothing_but_the_work)                                               \
    X(render, progress_ends_at_all_tiles)                                                          \
    X(render, workers_tint_whole_tiles)                                                            \
    X(render, the_same_again)                                                                      \
    X(render, the_default_pool_renders_too)                                                        \
    X(render, tiles_are_as_many_as_it_takes)                                                       \
    X(render, pieces_are_small_but_never_empty)

RENDER_CHECKS(CHECK_PROTOTYPE)

#endif
