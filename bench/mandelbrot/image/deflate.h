/* SPDX-License-Identifier: MIT */
/* deflate.h - an image as the zlib stream that a PNG has inside, compressed on all threads of a
 * crew. No other file knows zlib, and this one knows neither PNG's chunks nor files.
 *
 * 1. The stream is cut into bands by the number of its bytes alone, and each band is compressed
 *    from nothing but the image: the stream is the same for every number of threads, and for none.
 * 2. Bands are compressed in rounds and given out in their order. At most
 *    MANDEL_DEFLATE_ROUND of them are in memory, compressed; the image is not copied. */
#ifndef MANDEL_DEFLATE_H
#define MANDEL_DEFLATE_H

#include "mandelbrot/base/crew.h"
#include "mandelbrot/image/image.h"

/* Bytes of the stream, before compression, in a band; and bands in a round. */
enum { MANDEL_DEFLATE_BAND = 1 << 18, MANDEL_DEFLATE_ROUND = 256 };

/* A compressed band. */
typedef struct mandel_deflate_band {
    uint8_t *bytes; /* NULL: there is none */
    size_t n;
    uint32_t check; /* Adler-32 of what it was before */
} mandel_deflate_band;

typedef struct mandel_deflate {
    const mandel_image *image;
    const mandel_crew *crew;
    size_t bands;                           /* in the whole stream */
    size_t begin;                           /* bands of this round: begin <= band < end */
    size_t end;                             /* ... */
    size_t next;                            /* the band to give out; end if the round is over */
    uint32_t check;                         /* Adler-32 of all that was given out */
    int error;                              /* of this round */
    size_t places;                          /* bound of the workers' numbers */
    struct mandel_deflate_worker **workers; /* one for each place that had work, or NULL */
    mandel_deflate_band kept[MANDEL_DEFLATE_ROUND];
} mandel_deflate;

/* Begins the stream of a GREY or RGB image, which must stay as it is until the end. NULL for a
 * crew: all on the calling thread. Returns 0, or ENOMEM. */
int mandel_deflate_init(mandel_deflate *deflate, const mandel_image *image,
                        const mandel_crew *crew);

/* Gives the next part of the stream in *bytes and *n, valid until the next call; *n is 0 after the
 * last. Returns 0, or an errno value; then only mandel_deflate_fini may follow. */
int mandel_deflate_next(mandel_deflate *deflate, const uint8_t **bytes, size_t *n);

/* May be called at any time after mandel_deflate_init returned 0. */
void mandel_deflate_fini(mandel_deflate *deflate);

#endif
