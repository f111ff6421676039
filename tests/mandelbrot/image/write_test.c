/* SPDX-License-Identifier: MIT */
/* write_test.c - what the writers write, read back; and errors of the stream. */
#include "mandelbrot/image/format.h"
#include "mandelbrot/image/write_png.h"
#include "mandelbrot/image/write_pnm.h"

#include "mandelbrot/image/picture_file.h"
#include "support.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static const mandel_view some_view = {7, 5, {-1.2, 0.35}, {0.1 + 0.2, -1e-300}};

static mandel_image noise(mandel_layout layout, uint32_t width, uint32_t height)
{
    mandel_image image;
    cr_assert_eq(mandel_image_init(&image, layout, width, height), 0);
    uint64_t seed = width * 31 + height;
    for (size_t i = 0; i < image.stride * height; i++)
        image.pixels[i] = (uint8_t)random_next(&seed);
    return image;
}

static picture write_and_read(mandel_format format, const mandel_image *image)
{
    char *bytes = NULL;
    size_t n = 0;
    FILE *const stream = open_memstream(&bytes, &n);
    cr_assert_eq(mandel_format_write(format, image, &some_view, 1234, NULL, stream), 0);
    fclose(stream);
    const picture p = picture_read((const uint8_t *)bytes, n);
    cr_assert_neq(p.kind, 0, "%s %ux%u cannot be read", mandel_format_name(format), image->width,
                  image->height);
    cr_assert(p.width == image->width && p.height == image->height);
    free(bytes);
    return p;
}

static void check_bytes(mandel_format format, mandel_layout layout, int kind)
{
    static const uint32_t sizes[][2] = {{1, 1}, {7, 5}, {257, 3}, {3, 257}, {1, 1000}, {2000, 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        mandel_image image = noise(layout, sizes[i][0], sizes[i][1]);
        picture p = write_and_read(format, &image);
        cr_assert_eq(p.kind, kind);
        cr_assert_eq(p.n_pixel_bytes, image.stride * image.height);
        cr_assert_eq(memcmp(p.pixels, image.pixels, p.n_pixel_bytes), 0);
        picture_free(&p);
        mandel_image_fini(&image);
    }
}

Test(write, png_keeps_every_grey)
{
    check_bytes(MANDEL_FORMAT_PNG, MANDEL_LAYOUT_GREY, 'g');
}

Test(write, png_keeps_every_colour)
{
    check_bytes(MANDEL_FORMAT_PNG, MANDEL_LAYOUT_RGB, 'c');
}

Test(write, pgm_keeps_every_grey)
{
    check_bytes(MANDEL_FORMAT_PGM, MANDEL_LAYOUT_GREY, 'g');
}

Test(write, ppm_keeps_every_colour)
{
    check_bytes(MANDEL_FORMAT_PPM, MANDEL_LAYOUT_RGB, 'c');
}

Test(write, pbm_keeps_every_bit)
{
    for (uint32_t width = 1; width < 40; width++) {
        mandel_image image = noise(MANDEL_LAYOUT_BITS, width, 9);
        picture p = write_and_read(MANDEL_FORMAT_PBM, &image);
        cr_assert_eq(p.kind, 'b');
        for (size_t i = 0; i < p.n_pixel_bytes; i++) {
            const uint8_t byte = image.pixels[i / width * image.stride + i % width / 8];
            cr_assert_eq(p.pixels[i], byte >> (7 - i % width % 8) & 1);
        }
        picture_free(&p);
        mandel_image_fini(&image);
    }
}

Test(write, png_tells_the_view)
{
    mandel_image image = noise(MANDEL_LAYOUT_GREY, 7, 5);
    picture p = write_and_read(MANDEL_FORMAT_PNG, &image);
    cr_assert_str_eq(p.texts, "Software=mandelbrot, par " PAR_VERSION "\n"
                              "Upper left=-1.2,0.35\n"
                              "Lower right=0.30000000000000004,-1e-300\n"
                              "Iterations=1234\n");
    picture_free(&p);
    mandel_image_fini(&image);
}

/* libpng's own limit for careful readers is a million. */
Test(write, png_may_be_wider_than_a_million)
{
    mandel_image image = noise(MANDEL_LAYOUT_GREY, 1000001, 1);
    char *bytes = NULL;
    size_t n = 0;
    FILE *const stream = open_memstream(&bytes, &n);
    cr_assert_eq(mandel_write_png(&image, &some_view, 255, NULL, stream), 0);
    fclose(stream);
    cr_assert_gt(n, 1000000);
    cr_assert_eq(memcmp(bytes + 16, "\0\x0f\x42\x41\0\0\0\1\x08\0", 10), 0);
    free(bytes);
    mandel_image_fini(&image);
}

/* A stream with too little room, and a device that is always full. */
Test(write, errors_of_the_stream_are_told)
{
    mandel_image image = noise(MANDEL_LAYOUT_GREY, 300, 300);
    for (int k = 0; k < 2; k++) {
        FILE *const full = fopen("/dev/full", "wb");
        cr_assert_not_null(full);
        setvbuf(full, NULL, _IONBF, 0);
        const int error = k == 0 ? mandel_write_png(&image, &some_view, 255, NULL, full)
                                 : mandel_write_pnm(&image, full);
        cr_assert_eq(error, ENOSPC, "%d: %s", k, strerror(error));
        fclose(full);
        FILE *const only_read = fopen("/dev/null", "rb");
        const int refused = k == 0 ? mandel_write_png(&image, &some_view, 255, NULL, only_read)
                                   : mandel_write_pnm(&image, only_read);
        cr_assert_eq(refused, EBADF, "%d: %s", k, strerror(refused));
        fclose(only_read);
    }
    mandel_image_fini(&image);
}
