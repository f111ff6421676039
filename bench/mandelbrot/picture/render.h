/* SPDX-License-Identifier: MIT */
/* render.h - a view sampled, into an image or into a field to be coloured later.
 *
 * R1  The work is a range of tiles of at most MANDEL_SAMPLES neighbouring pixels. Every pixel is in
 *     one tile.
 * R2  A tile writes only its own pixels, and those that mirror them, so tiles need no order and no
 *     locks. A row that mirrors one above it is left to that one's tile.
 * R3  What is written depends on the pixel alone, except for the tint that shows the workers: the
 *     image is the same for every number of threads, and for none. */
#ifndef MANDEL_RENDER_H
#define MANDEL_RENDER_H

#include "mandelbrot/base/crew.h"
#include "mandelbrot/base/progress.h"
#include "mandelbrot/field/field.h"
#include "mandelbrot/field/view.h"
#include "mandelbrot/image/shade.h"

/* A tile, at most: as many points as are sampled at once. */
enum { MANDEL_TILE_ROWS = MANDEL_STRIP, MANDEL_TILE_COLUMNS = MANDEL_SAMPLES / MANDEL_TILE_ROWS };

typedef struct mandel_render {
    const mandel_view *view;
    mandel_sampler sampler;
    bool only_bits;            /* find out who is inside, and nothing else; for an image of bits */
    bool show_workers;         /* tint an RGB image in grey */
    const mandel_shade *shade; /* colours the image */
    mandel_image *image;       /* as large as the view; left alone if there is a field */
    mandel_field *field;     /* likewise; NULL: samples are coloured at once. Not with only_bits */
    const mandel_crew *crew; /* NULL: the calling thread alone, without par */
    mandel_tally *tallies;   /* one for each place of the crew, or one */
    mandel_progress *progress; /* NULL: none */
} mandel_render;

/* How many tiles there are. */
size_t mandel_render_tiles(const mandel_render *render);

/* How many tiles make up a piece worth giving to a thread: so many that a piece takes a fraction of
 * a millisecond at most, even where no point escapes. At least 1. */
size_t mandel_render_grain(const mandel_render *render);

/* Returns 0, or an errno value with nothing rendered. */
int mandel_render_run(const mandel_render *render);

#endif
