/* SPDX-License-Identifier: MIT */
/* dump.h - a field as a file, from which pictures in other colours can be made without counting
 * again.
 *
 * A line of text for each of these, in this order, and an empty line:
 *
 *   mandelbrot dump 1
 *   size 1000x750
 *   upper left -1.2,0.35
 *   lower right -1,0.2
 *   iterations 255
 *   samples count fraction        or: count fraction distance
 *
 * Then the samples, each kind as a whole, row by row: counts as unsigned, the others as IEEE
 * floating-point numbers, of 32 bits each with the lowest byte first. */
#ifndef MANDEL_DUMP_H
#define MANDEL_DUMP_H

#include "mandelbrot/base/message.h"
#include "mandelbrot/field/field.h"
#include "mandelbrot/field/view.h"

#include <stdio.h>

#define MANDEL_DUMP_MAX_LIMIT 1000000000ul

/* Writes a field, which has fractions. Returns 0, or an errno value. */
int mandel_dump_write(const mandel_field *field, const mandel_view *view, uint32_t limit,
                      FILE *stream);

/* What the text of a dump says. */
typedef struct mandel_dump {
    mandel_view view;
    uint32_t limit;
    bool has_distances;
} mandel_dump;

/* Reads a dump from a stream. True, and a field to be freed; or false with neither, and one line
 * that says what is wrong. */
bool mandel_dump_read(FILE *stream, mandel_dump *dump, mandel_field *field,
                      char message[MANDEL_MESSAGE_SIZE]);

/* The same from a file, which the message names. */
bool mandel_dump_load(const char *file, mandel_dump *dump, mandel_field *field,
                      char message[MANDEL_MESSAGE_SIZE]);

#endif
