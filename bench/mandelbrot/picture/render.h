/* SPDX-License-Identifier: MIT */
/* render.h - a view computed into an image: the only place where the work is split.
 *
 * R1  The work is a range of spans: runs of at most MANDEL_RENDER_SPAN neighbouring pixels of one
 *     row, counted from left to right and from top to bottom. Every pixel is in one span.
 * R2  A span writes only its own bytes of the image, so spans need no order and no locks.
 * R3  What is written depends on the span alone, except for the tint that shows the workers: the
 *     image is the same for every number of threads, and for none. */
#ifndef MANDEL_RENDER_H
#define MANDEL_RENDER_H

#include "mandelbrot/base/crew.h"
#include "mandelbrot/base/progress.h"
#include "mandelbrot/field/kernel.h"
#include "mandelbrot/field/view.h"
#include "mandelbrot/image/image.h"

/* A multiple of what each kernel has under way. */
enum { MANDEL_RENDER_SPAN = 320 };

typedef struct mandel_render {
    const mandel_view *view;
    uint32_t limit; /* of iterations */
    bool show_workers;
    mandel_kernel_fn *kernel;
    mandel_inside_fn *inside;  /* writes an image of bits itself; NULL: colours by the kernel */
    mandel_image *image;       /* as large as the view */
    mandel_crew *crew;         /* does it, and counts in its tallies */
    mandel_progress *progress; /* NULL: none */
} mandel_render;

/* How many spans there are. */
size_t mandel_render_spans(const mandel_render *render);

/* How many spans make up a piece worth giving to a thread: so many that a piece takes a fraction of
 * a millisecond at most, even where no point escapes. At least 1. */
size_t mandel_render_grain(const mandel_render *render);

/* On all threads of the crew, whose tallies begin anew. Returns 0, or an errno value with nothing
 * rendered. */
int mandel_render_parallel(const mandel_render *render);

/* On the calling thread, by a plain loop that does without par: what to compare with. Returns what
 * it did. */
mandel_tally mandel_render_serial(const mandel_render *render);

#endif
