/* SPDX-License-Identifier: MIT */
/* palette.h - the colours of a picture: those that the program has, those that people write, and
 * the table that shading looks them up in. Knows nothing of counts.
 *
 * A palette is at least one colour, at equal distances around a cycle, and the colour of the points
 * inside the set.
 *
 * What people write is read line by line; a line ends with LF, CR LF or CR, and begins with
 *   R G B           a colour, as three whole numbers from 0 to 255
 *   #rrggbb         the same
 *   inside ...      before one of these: the colour of the inside, which is black if none is given
 *   ;               a comment
 * Empty lines are skipped, and so is what follows a colour behind a blank, so .map files of other
 * programs can be read. */
#ifndef MANDEL_PALETTE_H
#define MANDEL_PALETTE_H

#include "mandelbrot/base/message.h"
#include "mandelbrot/image/colour.h"

#include <stdbool.h>
#include <stddef.h>

/* More colours, or a file with more bytes, are refused. */
enum { MANDEL_PALETTE_MAX_COLOURS = 65536, MANDEL_PALETTE_MAX_BYTES = 1 << 20 };

typedef struct mandel_palette {
    const mandel_rgb *colours;
    size_t n; /* at least 1 */
    mandel_rgb inside;
    mandel_rgb *owned; /* `colours` if they were allocated, else NULL */
} mandel_palette;

/* A palette that the program has. mandel_palette_fini may be called for copies of it. */
typedef struct mandel_palette_known {
    const char *name;
    const char *description;
    mandel_palette palette;
} mandel_palette_known;

/* The i-th of them; NULL after the last one. The first is the usual one. */
const mandel_palette_known *mandel_palette_at(size_t i);

/* NULL if there is none of that name. */
const mandel_palette_known *mandel_palette_named(const char *name);

/* What a palette may be called, for messages. */
extern const char mandel_palette_expected[];

/* Reads a palette from `length` bytes. True and a palette for mandel_palette_fini, or false with
 * the palette untouched and one line that says what is wrong. */
bool mandel_palette_parse(mandel_palette *palette, const char *text, size_t length,
                          char message[MANDEL_MESSAGE_SIZE]);

/* The same from a file, which the message names. */
bool mandel_palette_load(mandel_palette *palette, const char *file,
                         char message[MANDEL_MESSAGE_SIZE]);

void mandel_palette_fini(mandel_palette *palette);

/* An amount of each light, from 0 to 1. */
typedef struct mandel_light {
    float red;
    float green;
    float blue;
} mandel_light;

enum { MANDEL_PALETTE_ENTRIES = 4096 };

/* A palette with light mixed between neighbouring colours. */
typedef struct mandel_palette_table {
    mandel_light light[MANDEL_PALETTE_ENTRIES];
    mandel_rgb srgb[MANDEL_PALETTE_ENTRIES]; /* the same colours */
} mandel_palette_table;

/* Once around: the first entry is the first colour, and after the last entry it begins anew. */
void mandel_palette_cycle(const mandel_palette *palette, mandel_palette_table *table);

/* From the first entry, which is the first colour, to the last one, which is the last colour. */
void mandel_palette_stretch(const mandel_palette *palette, mandel_palette_table *table);

#endif
