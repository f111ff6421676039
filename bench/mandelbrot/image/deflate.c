/* SPDX-License-Identifier: MIT */
/* deflate.c - see deflate.h.
 *
 * 1. A byte of the filtered stream follows from its position and two pixels' bytes, so every band
 *    computes its own, and the window before it, which belongs to the bands before.
 * 2. All bands but the last end with an empty block, at a whole byte: put one after the other they
 *    are one stream.
 * 3. A worker has a state of its own for all its bands, made when it has the first. */
#include "mandelbrot/image/deflate.h"

#include <errno.h>
#include <par/loop.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* PNG's number of the filter that takes from each byte the one above it. To choose a filter for
 * each row takes as long as compressing, and makes no smaller files of pictures like these. */
enum { UP = 2 };

enum { WINDOW_BITS = 15, WINDOW = 1 << WINDOW_BITS, MEMORY_LEVEL = 8 };

/* What is around the compressed bands: a header that says "window of 32 KiB, deflated fast", and
 * Adler-32. */
enum { HEADER = 2, TRAILER = 4 };
static const uint8_t header[HEADER] = {0x78, 0x5e};

typedef struct mandel_deflate_worker {
    z_stream zlib;
    uint8_t filtered[WINDOW + MANDEL_DEFLATE_BAND]; /* the band, and before it the window's part */
    uint8_t out[2 * MANDEL_DEFLATE_BAND]; /* noise grows by a few bytes for each block of it */
} mandel_deflate_worker;

/* No overflow: a row grows by one byte, to at most twice its length, and no object in memory has
 * more than half the bytes that a size_t can count. */
static size_t stream_bytes(const mandel_image *image)
{
    return (image->stride + 1) * image->height;
}

/* Filters n bytes of a row; byte 0 is the filter's number, which comes before the pixels. */
static void filter_row(const mandel_image *image, size_t row, size_t byte, size_t n, uint8_t *out)
{
    if (byte == 0)
        *out = UP;
    const size_t skip = byte == 0;
    const uint8_t *const pixels = image->pixels + row * image->stride + (byte + skip - 1);
    if (row == 0) {
        memcpy(out + skip, pixels, n - skip);
        return;
    }
    const uint8_t *const above = pixels - image->stride;
    for (size_t i = 0; i < n - skip; i++)
        out[skip + i] = (uint8_t)(pixels[i] - above[i]);
}

/* Filters the bytes begin <= i < end of the stream. */
static void filter(const mandel_image *image, size_t begin, size_t end, uint8_t *out)
{
    const size_t line = image->stride + 1;
    while (begin < end) {
        const size_t byte = begin % line;
        const size_t n = line - byte < end - begin ? line - byte : end - begin;
        filter_row(image, begin / line, byte, n, out);
        out += n;
        begin += n;
    }
}

/* Measured on pictures of both kinds. In greys, which are flat, runs of equal bytes are all there
 * is to find: searching for more takes more than twice as long and makes larger files. Colours
 * change from pixel to pixel and need a search; a longer one than this takes twice as long for
 * files that are smaller by a few hundredths. */
static bool start(z_stream *zlib, mandel_layout layout)
{
    const bool is_grey = layout == MANDEL_LAYOUT_GREY;
    return deflateInit2(zlib, is_grey ? 1 : 4, Z_DEFLATED, -WINDOW_BITS, MEMORY_LEVEL,
                        is_grey ? Z_RLE : Z_DEFAULT_STRATEGY) == Z_OK;
}

/* The calling worker's state; NULL without memory. */
static mandel_deflate_worker *worker_here(const mandel_deflate *deflate)
{
    const size_t place = deflate->crew == NULL ? 0 : mandel_crew_place();
    if (deflate->workers[place] != NULL)
        return deflate->workers[place];
    mandel_deflate_worker *const worker = malloc(sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->zlib = (z_stream){0};
    if (!start(&worker->zlib, deflate->image->layout)) {
        free(worker);
        return NULL;
    }
    deflate->workers[place] = worker;
    return worker;
}

/* Compresses into worker->out and returns the number of bytes; 0 if zlib refuses, for which no
 * reason is known. */
static size_t squeeze(mandel_deflate_worker *worker, size_t before, size_t n, bool is_last)
{
    z_stream *const zlib = &worker->zlib;
    if (deflateReset(zlib) != Z_OK ||
        (before > 0 && deflateSetDictionary(zlib, worker->filtered, (uInt)before) != Z_OK))
        return 0;
    zlib->next_in = worker->filtered + before;
    zlib->avail_in = (uInt)n;
    zlib->next_out = worker->out;
    zlib->avail_out = sizeof worker->out;
    const int end = deflate(zlib, is_last ? Z_FINISH : Z_SYNC_FLUSH);
    if (end != (is_last ? Z_STREAM_END : Z_OK) || zlib->avail_out == 0)
        return 0;
    return sizeof worker->out - zlib->avail_out;
}

static int compress_band(const mandel_deflate *deflate, mandel_deflate_worker *worker, size_t band,
                         mandel_deflate_band *result)
{
    const size_t begin = band * MANDEL_DEFLATE_BAND;
    const size_t left = stream_bytes(deflate->image) - begin;
    const size_t n = left < MANDEL_DEFLATE_BAND ? left : MANDEL_DEFLATE_BAND;
    const size_t before = begin < WINDOW ? begin : WINDOW;
    filter(deflate->image, begin - before, begin + n, worker->filtered);
    const size_t squeezed = squeeze(worker, before, n, left == n);
    if (squeezed == 0)
        return EIO;
    const size_t head = band == 0 ? HEADER : 0;
    const size_t bytes = head + squeezed + (left == n ? TRAILER : 0);
    result->bytes = malloc(bytes);
    if (result->bytes == NULL)
        return ENOMEM;
    memcpy(result->bytes, header, head);
    memcpy(result->bytes + head, worker->out, squeezed);
    result->n = bytes;
    result->check = (uint32_t)adler32(1, worker->filtered + before, (uInt)n);
    return 0;
}

static int compress_piece(size_t begin, size_t end, void *arg)
{
    mandel_deflate *const deflate = arg;
    mandel_deflate_worker *const worker = worker_here(deflate);
    int error = worker == NULL ? ENOMEM : 0;
    for (size_t band = begin; band < end && error == 0; band++)
        error = compress_band(deflate, worker, band, &deflate->kept[band - deflate->begin]);
    return error;
}

static void compress_round(void *arg)
{
    mandel_deflate *const deflate = arg;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = 1;
    deflate->error = par_try_for(deflate->begin, deflate->end, compress_piece, deflate, &options);
}

static int next_round(mandel_deflate *deflate)
{
    const size_t left = deflate->bands - deflate->end;
    deflate->begin = deflate->end;
    deflate->end += left < MANDEL_DEFLATE_ROUND ? left : MANDEL_DEFLATE_ROUND;
    if (deflate->crew == NULL)
        return compress_piece(deflate->begin, deflate->end, deflate);
    const int error = mandel_crew_run(deflate->crew, compress_round, deflate);
    return error != 0 ? error : deflate->error;
}

int mandel_deflate_init(mandel_deflate *deflate, const mandel_image *image, const mandel_crew *crew)
{
    *deflate = (mandel_deflate){
        .image = image,
        .crew = crew,
        .bands = (stream_bytes(image) - 1) / MANDEL_DEFLATE_BAND + 1,
        .check = 1,
        .places = crew == NULL ? 1 : crew->places,
    };
    deflate->workers = calloc(deflate->places, sizeof(mandel_deflate_worker *));
    return deflate->workers == NULL ? ENOMEM : 0;
}

static void drop(mandel_deflate_band *band)
{
    free(band->bytes);
    band->bytes = NULL;
}

/* Adds the band's check to the stream's, which the last one has at its end, highest byte first. */
static void add_check(mandel_deflate *deflate, const mandel_deflate_band *band)
{
    const bool is_last = deflate->next + 1 == deflate->bands;
    const size_t n = is_last ? (stream_bytes(deflate->image) - 1) % MANDEL_DEFLATE_BAND + 1
                             : MANDEL_DEFLATE_BAND;
    deflate->check = (uint32_t)adler32_combine(deflate->check, band->check, (z_off_t)n);
    for (size_t i = 0; is_last && i < TRAILER; i++)
        band->bytes[band->n - 1 - i] = (uint8_t)(deflate->check >> 8 * i);
}

int mandel_deflate_next(mandel_deflate *deflate, const uint8_t **bytes, size_t *n)
{
    if (deflate->next > deflate->begin)
        drop(&deflate->kept[deflate->next - 1 - deflate->begin]);
    *n = 0;
    if (deflate->next == deflate->bands)
        return 0;
    if (deflate->next == deflate->end) {
        const int error = next_round(deflate);
        if (error != 0)
            return error;
    }
    mandel_deflate_band *const band = &deflate->kept[deflate->next - deflate->begin];
    add_check(deflate, band);
    deflate->next++;
    *bytes = band->bytes;
    *n = band->n;
    return 0;
}

void mandel_deflate_fini(mandel_deflate *deflate)
{
    for (size_t i = 0; i < MANDEL_DEFLATE_ROUND; i++)
        drop(&deflate->kept[i]);
    for (size_t i = 0; i < deflate->places; i++) {
        if (deflate->workers[i] == NULL)
            continue;
        (void)deflateEnd(&deflate->workers[i]->zlib);
        free(deflate->workers[i]);
    }
    free(deflate->workers);
    *deflate = (mandel_deflate){0};
}
