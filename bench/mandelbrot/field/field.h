/* SPDX-License-Identifier: MIT */
/* field.h - the samples of all pixels of a view, kept. Row 0 is the top, and rows follow each other
 * without gaps. */
#ifndef MANDEL_FIELD_H
#define MANDEL_FIELD_H

#include "mandelbrot/field/sample.h"

typedef struct mandel_field {
    uint32_t width;
    uint32_t height;
    mandel_samples samples;
} mandel_field;

/* Makes a field of zeros. Returns 0, or ENOMEM. */
int mandel_field_init(mandel_field *field, uint32_t width, uint32_t height, bool has_fractions,
                      bool has_distances);

void mandel_field_fini(mandel_field *field);

/* The samples of a row from a column on. */
mandel_samples mandel_field_at(const mandel_field *field, size_t row, size_t column);

/* Copies n samples into a row. What the field has, the samples must have too. */
void mandel_field_put(const mandel_field *field, size_t row, size_t column, size_t n,
                      const mandel_samples *samples);

#endif
