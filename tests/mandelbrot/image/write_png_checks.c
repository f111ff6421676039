/* SPDX-License-Identifier: MIT */
/* write_png_checks.c - see write_png_checks.h. */
#include "mandelbrot/image/write_png_checks.h"

#include "mandelbrot/image/deflate.h"
#include "mandelbrot/image/picture_file.h"
#include "mandelbrot/image/write_png.h"

#include <zlib.h>

enum { BAND = MANDEL_DEFLATE_BAND };

static const size_t thread_counts[] = {1, 2, 3, 5, 8};
enum { THREAD_COUNTS = sizeof thread_counts / sizeof thread_counts[0] };

static const mandel_view some_view = {7, 5, {-1.2, 0.35}, {0.1 + 0.2, -1e-300}};

static void need(int error, const char *what)
{
    if (error == 0)
        return;
    fprintf(stderr, "%s: %s\n", what, strerror(error));
    abort();
}

/* Noise, then the beginning over and over, then ramps, in turns of a length that does not fit the
 * bands: what cannot be compressed, what only a window can compress, and what a filter makes flat.
 */
static mandel_image image_of(mandel_layout layout, uint32_t width, uint32_t height)
{
    enum { TURN = 50000, PERIOD = 1000, RAMP = 7 };
    mandel_image image;
    need(mandel_image_init(&image, layout, width, height), "image");
    uint64_t seed = width * UINT64_C(31) + height;
    for (size_t i = 0; i < image.stride * height; i++) {
        const size_t kind = i / TURN % 3;
        if (kind == 0)
            image.pixels[i] = (uint8_t)random_next(&seed);
        else
            image.pixels[i] = kind == 1 ? image.pixels[i % PERIOD] : (uint8_t)(i / RAMP);
    }
    return image;
}

/* A file in memory. */
typedef struct file {
    char *bytes;
    size_t n;
} file;

static file write_on(const mandel_image *image, const mandel_crew *crew)
{
    file f = {NULL, 0};
    FILE *const stream = open_memstream(&f.bytes, &f.n);
    need(stream == NULL ? ENOMEM : 0, "stream");
    need(mandel_write_png(image, &some_view, 1234, crew, stream), "write");
    fclose(stream);
    return f;
}

static size_t number_at(const uint8_t *bytes)
{
    return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
}

/* Puts what is in the IDAT chunks one after the other and returns its length. */
static size_t gather_data(const file *f, uint8_t *data)
{
    enum { SIGNATURE = 8, AROUND = 12 };
    size_t n = 0;
    for (size_t at = SIGNATURE; at + AROUND <= f->n;) {
        const uint8_t *const chunk = (const uint8_t *)f->bytes + at;
        const size_t length = number_at(chunk);
        if (memcmp(chunk + 4, "IDAT", 4) == 0) {
            memcpy(data + n, chunk + 8, length);
            n += length;
        }
        at += AROUND + length;
    }
    return n;
}

/* The stream ends with the last chunk, and has no more than the picture. */
static const char *check_stream(const file *f, const mandel_image *image)
{
    const size_t expected = (image->stride + 1) * image->height;
    uint8_t *const data = malloc(f->n);
    uint8_t *const plain = malloc(expected + 1);
    need(data == NULL || plain == NULL ? ENOMEM : 0, "stream");
    uLong used = gather_data(f, data);
    const uLong n = used;
    uLong got = expected + 1;
    const int end = uncompress2(plain, &got, data, &used);
    free(data);
    free(plain);
    return end == Z_OK && got == expected && used == n
               ? NULL
               : wrong("%d: %lu of %lu bytes give %lu, not %zu", end, used, n, got, expected);
}

static const char *check_file(const file *f, const mandel_image *image)
{
    picture p = picture_read((const uint8_t *)f->bytes, f->n);
    const bool is_same = p.kind == (image->layout == MANDEL_LAYOUT_RGB ? 'c' : 'g') &&
                         p.width == image->width && p.height == image->height &&
                         memcmp(p.pixels, image->pixels, p.n_pixel_bytes) == 0;
    picture_free(&p);
    return is_same ? check_stream(f, image) : "the picture reads back as another";
}

/* Whether the crew writes the same as nobody. */
static const char *compare(const mandel_image *image, const file *alone, size_t threads)
{
    mandel_crew crew;
    need(mandel_crew_init(&crew, threads), "crew");
    const file f = write_on(image, &crew);
    mandel_crew_fini(&crew);
    const bool is_same = f.n == alone->n && memcmp(f.bytes, alone->bytes, f.n) == 0;
    free(f.bytes);
    return is_same ? NULL : wrong("%zu threads and none differ", threads);
}

static const char *check_image(const mandel_image *image, const size_t *threads, size_t n)
{
    const file alone = write_on(image, NULL);
    const char *problem = check_file(&alone, image);
    for (size_t i = 0; i < n && problem == NULL; i++)
        problem = compare(image, &alone, threads[i]);
    free(alone.bytes);
    return problem == NULL
               ? NULL
               : wrong("layout %d, %ux%u: %s", image->layout, image->width, image->height, problem);
}

/* The last pixels alone in a band, a band just full, rows longer than bands, many short rows. */
const char *write_png_the_same_bytes_for_every_size_and_number_of_threads(void)
{
    static const struct {
        mandel_layout layout;
        uint32_t width;
        uint32_t height;
    } rows[] = {{MANDEL_LAYOUT_GREY, 1, 1},           {MANDEL_LAYOUT_RGB, 1, 1},
                {MANDEL_LAYOUT_GREY, 1, 1000},        {MANDEL_LAYOUT_RGB, 1000, 1},
                {MANDEL_LAYOUT_GREY, 1, BAND},        {MANDEL_LAYOUT_RGB, 1, BAND},
                {MANDEL_LAYOUT_GREY, BAND - 1, 1},    {MANDEL_LAYOUT_GREY, BAND, 1},
                {MANDEL_LAYOUT_GREY, 1023, 256},      {MANDEL_LAYOUT_GREY, 1023, 512},
                {MANDEL_LAYOUT_GREY, 1023, 513},      {MANDEL_LAYOUT_GREY, 2 * BAND + 99, 3},
                {MANDEL_LAYOUT_RGB, 400003, 2},       {MANDEL_LAYOUT_RGB, 641, 479},
                {MANDEL_LAYOUT_GREY, BAND / 3 - 1, 7}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mandel_image image = image_of(rows[i].layout, rows[i].width, rows[i].height);
        const char *const problem = check_image(&image, thread_counts, THREAD_COUNTS);
        mandel_image_fini(&image);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *write_png_the_default_pool_writes_too(void)
{
    mandel_image image = image_of(MANDEL_LAYOUT_RGB, 500, 400);
    const char *const problem = check_image(&image, (const size_t[]){0}, 1);
    mandel_image_fini(&image);
    return problem;
}

/* Mostly black, which is soon done. */
const char *write_png_more_than_one_round_of_bands(void)
{
    enum { WIDTH = 1 << 13, HEIGHT = (MANDEL_DEFLATE_ROUND + 1) * (BAND / WIDTH), STEP = 99991 };
    mandel_image image;
    need(mandel_image_init(&image, MANDEL_LAYOUT_GREY, WIDTH, HEIGHT), "image");
    for (size_t i = 0; i < image.stride * HEIGHT; i += STEP)
        image.pixels[i] = (uint8_t)(i / STEP);
    const char *const problem = check_image(&image, (const size_t[]){3}, 1);
    mandel_image_fini(&image);
    return problem;
}

/* Each row is the one above and, once more, the same noise. Only a band that knows what was before
 * it need not tell the noise again. */
const char *write_png_a_band_knows_what_was_before_it(void)
{
    enum { WIDTH = 3000, HEIGHT = 400, NOISE = 3 * WIDTH };
    mandel_image image;
    need(mandel_image_init(&image, MANDEL_LAYOUT_RGB, WIDTH, HEIGHT), "image");
    uint64_t seed = 9;
    for (size_t i = 0; i < NOISE; i++)
        image.pixels[i] = (uint8_t)random_next(&seed);
    for (size_t i = NOISE; i < image.stride * HEIGHT; i++)
        image.pixels[i] = (uint8_t)(image.pixels[i - NOISE] + image.pixels[i % NOISE]);
    const file f = write_on(&image, NULL);
    const char *const problem = check_file(&f, &image);
    free(f.bytes);
    mandel_image_fini(&image);
    return problem != NULL || f.n < 6 * NOISE ? problem : wrong("%zu bytes", f.n);
}

/* How much the stream takes before it finds that the device is full. */
static const char *fill_device(const mandel_image *image, const mandel_crew *crew, size_t room)
{
    FILE *const full = fopen("/dev/full", "wb");
    char *const buffer = malloc(room);
    need(full == NULL || buffer == NULL ? ENOMEM : 0, "/dev/full");
    setvbuf(full, buffer, _IOFBF, room);
    const int error = mandel_write_png(image, &some_view, 255, crew, full);
    fclose(full);
    free(buffer);
    return error == ENOSPC ? NULL : wrong("%zu bytes of room: %s", room, strerror(error));
}

const char *write_png_a_full_device_is_told_at_any_band(void)
{
    static const size_t rooms[] = {1, 100, BAND / 2, BAND, 2 * BAND};
    mandel_image image;
    need(mandel_image_init(&image, MANDEL_LAYOUT_RGB, 1000, 400), "image");
    uint64_t seed = 5;
    for (size_t i = 0; i < image.stride * image.height; i++)
        image.pixels[i] = (uint8_t)random_next(&seed);
    mandel_crew crew;
    need(mandel_crew_init(&crew, 3), "crew");
    const char *problem = NULL;
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0] && problem == NULL; i++) {
        problem = fill_device(&image, &crew, rooms[i]);
        if (problem == NULL)
            problem = fill_device(&image, NULL, rooms[i]);
    }
    mandel_crew_fini(&crew);
    mandel_image_fini(&image);
    return problem;
}
