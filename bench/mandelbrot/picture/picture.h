/* SPDX-License-Identifier: MIT */
/* picture.h - the order in which a picture is made: sampled, coloured, smoothed. What is asked for
 * decides which of the steps there are, and whether the samples are kept between them. */
#ifndef MANDEL_PICTURE_H
#define MANDEL_PICTURE_H

#include "mandelbrot/picture/render.h"

typedef struct mandel_picture {
    mandel_view view;
    mandel_sampler sampler;
    bool only_bits;     /* see mandel_render */
    bool show_workers;  /* likewise */
    bool subdivide;     /* see subdivide.h */
    unsigned antialias; /* cells along a side of a pixel; 0: none */
    mandel_shade *shade;
    mandel_image *image; /* NULL: only the samples are wanted */
    mandel_field *field; /* keeps the samples; NULL: nobody wants them afterwards */
    mandel_crew *crew;
    mandel_progress *progress; /* begun by whoever works; NULL: none */
} mandel_picture;

/* The field of the samples: whether they must be kept while the picture is made. */
bool mandel_picture_needs_field(const mandel_picture *picture);

/* Makes it on all threads of the crew, whose tallies begin anew. Returns 0, or an errno value. */
int mandel_picture_make(const mandel_picture *picture);

/* The same on the calling thread, without par: what to compare with. Stores what it did. */
int mandel_picture_make_serially(const mandel_picture *picture, mandel_tally *tally);

/* Colours the image anew from the picture's field. Returns 0, or an errno value. */
int mandel_picture_colour(const mandel_picture *picture);

#endif
