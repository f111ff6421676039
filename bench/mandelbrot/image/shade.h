/* SPDX-License-Identifier: MIT */
/* shade.h - from samples to colours. Each pixel depends on its own sample alone; in a histogram,
 * also on how many pixels of the picture took less long. */
#ifndef MANDEL_SHADE_H
#define MANDEL_SHADE_H

#include "mandelbrot/field/sample.h"
#include "mandelbrot/image/image.h"
#include "mandelbrot/image/palette.h"

/* What a colour says of a point. */
typedef enum mandel_colouring {
    MANDEL_COLOUR_GREY,   /* the count, as a grey */
    MANDEL_COLOUR_SMOOTH, /* how long it takes, without steps: around the palette again and again */
    MANDEL_COLOUR_HISTOGRAM, /* which part of the points takes less long: along the palette once */
    MANDEL_COLOUR_DISTANCE   /* how far it is from the set: along the palette once */
} mandel_colouring;

#define MANDEL_COLOURING_NAMES "grey, smooth, histogram or distance"

/* True and *colouring for one of the names, or false. */
bool mandel_colouring_from_name(const char *name, mandel_colouring *colouring);

const char *mandel_colouring_name(mandel_colouring colouring);

/* Which parts of the samples it needs beside the counts. */
bool mandel_colouring_needs_fractions(mandel_colouring colouring);
bool mandel_colouring_needs_distances(mandel_colouring colouring);

typedef struct mandel_shade {
    mandel_colouring colouring;
    uint32_t limit; /* of the counts */
    double period;  /* updates once around the palette; pixels of distance */
    uint8_t *greys; /* of each count, or NULL: there are too many */
    mandel_palette_table *table;
    mandel_rgb inside;
    float *share; /* of the histogram, by bin, and one more; NULL: none yet */
} mandel_shade;

/* The palette, which grey needs none of, may be gone afterwards. Returns 0, or ENOMEM. */
int mandel_shade_init(mandel_shade *shade, mandel_colouring colouring, uint32_t limit,
                      const mandel_palette *palette, double period);

void mandel_shade_fini(mandel_shade *shade);

/* The light of n samples, all three colours of which are the same for grey. */
void mandel_shade_light(const mandel_shade *shade, const mandel_samples *samples, size_t n,
                        mandel_light *light);

/* Writes n pixels of a row, from `column` on, in the image's layout. GREY is for grey alone. BITS
 * are black inside; `column` must be a multiple of 8 there, as bits share bytes. `tint`, if not
 * NULL, is for grey in an RGB image: what white becomes; black becomes a dark shade of it. */
void mandel_shade_span(const mandel_shade *shade, const mandel_image *image, size_t row,
                       size_t column, size_t n, const mandel_samples *samples,
                       const mandel_rgb *tint);

/* ---- the histogram: made in two steps, of which the first may be done in parts ----------------
 */

/* Enough for 31 octaves of them. */
enum { MANDEL_SHADE_BINS = 1 << 15 };

/* Counts n samples into bins, those inside not. */
void mandel_shade_count(const mandel_shade *shade, const mandel_samples *samples, size_t n,
                        uint64_t bins[MANDEL_SHADE_BINS]);

/* Takes over the sums of all bins. Returns 0, or ENOMEM. */
int mandel_shade_take(mandel_shade *shade, const uint64_t bins[MANDEL_SHADE_BINS]);

#endif
