/* SPDX-License-Identifier: MIT */
/* write_png.c - see write_png.h. */
#include "mandelbrot/image/write_png.h"

#include "mandelbrot/base/number.h"
#include "mandelbrot/image/deflate.h"

#include <errno.h>
#include <par/config.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>

/* libpng reports an error by a jump; what went wrong is kept here. */
typedef struct sink {
    FILE *stream;
    int error;
} sink;

static void put(png_structp png, png_bytep bytes, size_t n)
{
    sink *const s = png_get_io_ptr(png);
    errno = 0;
    if (fwrite(bytes, 1, n, s->stream) == n)
        return;
    s->error = errno != 0 ? errno : EIO;
    png_error(png, "write");
}

/* The stream is flushed by whoever closes it. */
static void flush(png_structp png)
{
    (void)png;
}

static _Noreturn void fail(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void format_point(const mandel_point *point, char *text, size_t size)
{
    snprintf(text, size, "%s,%s", mandel_number_shortest(point->re).text,
             mandel_number_shortest(point->im).text);
}

static void set_text(png_structp png, png_infop info, const mandel_view *view, uint32_t limit)
{
    char upper_left[64];
    char lower_right[64];
    char iterations[16];
    format_point(&view->upper_left, upper_left, sizeof upper_left);
    format_point(&view->lower_right, lower_right, sizeof lower_right);
    snprintf(iterations, sizeof iterations, "%lu", (unsigned long)limit);
    char software_key[] = "Software";
    char software[] = "mandelbrot, par " PAR_VERSION;
    char upper_left_key[] = "Upper left";
    char lower_right_key[] = "Lower right";
    char iterations_key[] = "Iterations";
    const png_text texts[] = {
        {.compression = PNG_TEXT_COMPRESSION_NONE, .key = software_key, .text = software},
        {.compression = PNG_TEXT_COMPRESSION_NONE, .key = upper_left_key, .text = upper_left},
        {.compression = PNG_TEXT_COMPRESSION_NONE, .key = lower_right_key, .text = lower_right},
        {.compression = PNG_TEXT_COMPRESSION_NONE, .key = iterations_key, .text = iterations},
    };
    png_set_text(png, info, texts, (int)(sizeof texts / sizeof texts[0]));
}

static void write_head(png_structp png, png_infop info, const mandel_image *image,
                       const mandel_view *view, uint32_t limit)
{
    const int colour =
        image->layout == MANDEL_LAYOUT_RGB ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY;
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(png, info, image->width, image->height, 8, colour, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    set_text(png, info, view, limit);
    png_write_info(png, info);
}

static int write_data(png_structp png, mandel_deflate *deflate)
{
    for (;;) {
        const uint8_t *bytes = NULL;
        size_t n = 0;
        const int error = mandel_deflate_next(deflate, &bytes, &n);
        if (error != 0 || n == 0)
            return error;
        png_write_chunk(png, (png_const_bytep) "IDAT", bytes, n);
    }
}

/* Libpng jumps back to here. It jumps only while it writes, never out of the threads' work. */
static int write_all(png_structp png, png_infop info, mandel_deflate *deflate,
                     const mandel_view *view, uint32_t limit)
{
    if (setjmp(png_jmpbuf(png)) != 0) {
        const sink *const s = png_get_io_ptr(png);
        return s->error != 0 ? s->error : ENOMEM; /* a correct image leaves no other reason */
    }
    write_head(png, info, deflate->image, view, limit);
    const int error = write_data(png, deflate);
    /* png_write_end would miss the rows, which it has not seen. */
    if (error == 0)
        png_write_chunk(png, (png_const_bytep) "IEND", NULL, 0);
    return error;
}

int mandel_write_png(const mandel_image *image, const mandel_view *view, uint32_t limit,
                     const mandel_crew *crew, FILE *stream)
{
    sink s = {stream, 0};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
    if (png == NULL)
        return ENOMEM;
    png_infop info = png_create_info_struct(png);
    mandel_deflate deflate;
    int error = info == NULL ? ENOMEM : mandel_deflate_init(&deflate, image, crew);
    if (error == 0) {
        png_set_write_fn(png, &s, put, flush);
        error = write_all(png, info, &deflate, view, limit);
        mandel_deflate_fini(&deflate);
    }
    png_destroy_write_struct(&png, &info);
    return error;
}
