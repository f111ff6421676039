/* SPDX-License-Identifier: MIT */
/* ramp.h - a palette from black to white, along which light tells the place; and single samples
 * shaded. */
#ifndef TESTS_MANDELBROT_RAMP_H
#define TESTS_MANDELBROT_RAMP_H

#include "mandelbrot/image/shade.h"

/* The inside is neither black nor white. */
extern const mandel_palette ramp;

/* A shade, in any palette. Ends the program if there is an error. */
mandel_shade ramp_shade(mandel_colouring colouring, uint32_t limit, const mandel_palette *palette,
                        double period);

/* Makes a histogram of n samples. */
void ramp_take(mandel_shade *shade, const mandel_samples *samples, size_t n);

/* The red light of one sample: its place along the ramp, from 0 to 1. */
float ramp_red(const mandel_shade *shade, uint32_t count, float fraction, float distance);

/* The pixel of one sample. */
mandel_rgb ramp_pixel(const mandel_shade *shade, uint32_t count, float fraction, float distance);

bool ramp_same(mandel_rgb a, mandel_rgb b);

#endif
