/* SPDX-License-Identifier: MIT */
/* field.c - see field.h. */
#include "mandelbrot/field/field.h"

#include "mandelbrot/base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int mandel_field_init(mandel_field *field, uint32_t width, uint32_t height, bool has_fractions,
                      bool has_distances)
{
    const size_t n = (size_t)width * height;
    const size_t parts = 1u + has_fractions + has_distances;
    *field = (mandel_field){.width = width, .height = height};
    /* One allocation, so that the machine's memory is asked for all of it. */
    char *const all = mandel_memory_zeros(n, parts * sizeof(uint32_t));
    if (all == NULL)
        return ENOMEM;
    _Static_assert(sizeof(float) == sizeof(uint32_t), "the parts are of one size");
    field->samples.count = (uint32_t *)(void *)all;
    if (has_fractions)
        field->samples.fraction = (float *)(void *)(all + n * sizeof(uint32_t));
    if (has_distances)
        field->samples.distance = (float *)(void *)(all + (parts - 1) * n * sizeof(uint32_t));
    return 0;
}

void mandel_field_fini(mandel_field *field)
{
    free(field->samples.count);
    *field = (mandel_field){0};
}

mandel_samples mandel_field_at(const mandel_field *field, size_t row, size_t column)
{
    return mandel_samples_from(&field->samples, row * field->width + column);
}

void mandel_field_put(const mandel_field *field, size_t row, size_t column, size_t n,
                      const mandel_samples *samples)
{
    const mandel_samples to = mandel_field_at(field, row, column);
    memcpy(to.count, samples->count, n * sizeof *to.count);
    if (to.fraction != NULL)
        memcpy(to.fraction, samples->fraction, n * sizeof *to.fraction);
    if (to.distance != NULL)
        memcpy(to.distance, samples->distance, n * sizeof *to.distance);
}
