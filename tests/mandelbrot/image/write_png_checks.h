/* SPDX-License-Identifier: MIT */
/* write_png_checks.h - the checks of PNG on threads; see support.h for their front ends. */
#ifndef TESTS_MANDELBROT_WRITE_PNG_CHECKS_H
#define TESTS_MANDELBROT_WRITE_PNG_CHECKS_H

#include "support.h"

#define WRITE_PNG_CHECKS(X)                                                                        \
    X(write_png, the_same_bytes_for_every_size_and_number_of_threads)                              \
    X(write_png, the_default_pool_writes_too)                                                      \
    X(write_png, more_than_one_round_of_bands)                                                     \
    X(write_png, a_band_knows_what_was_before_it)                                                  \
    X(write_png, a_full_device_is_told_at_any_band)

WRITE_PNG_CHECKS(CHECK_PROTOTYPE)

#endif
