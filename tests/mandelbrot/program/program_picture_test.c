/* SPDX-License-Identifier: MIT */
/* program_picture_test.c - the pictures that the program makes, read back and compared. */
#include "mandelbrot/field/reference.h"
#include "mandelbrot/image/picture_file.h"
#include "mandelbrot/program/program.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define BOOK "1000x750 -1.20,0.35 -1,0.20"
#define SMALL "317x97 -2.25,1.125 0.75,-1.125"

static const reference_view small_view = {317, 97, -2.25, 1.125, 0.75, -1.125};

/* Runs the program, which must succeed and say nothing on stderr. */
static void make(const folder *f, const char *words)
{
    program p = program_run(f, words);
    cr_assert_eq(p.status, 0, "'%s': status %d: %s", words, p.status, p.err);
    cr_assert_str_eq(p.err, "");
    program_free(&p);
}

static picture read_picture(const folder *f, const char *name)
{
    size_t n;
    uint8_t *const bytes = folder_read(folder_path(f, name), &n);
    cr_assert_not_null(bytes, "no %s", name);
    const picture p = picture_read(bytes, n);
    cr_assert_neq(p.kind, 0, "%s cannot be read", name);
    free(bytes);
    return p;
}

static void expect_same_files(const folder *f, const char *a, const char *b)
{
    cr_assert(folder_same(f, a, b), "%s and %s differ", a, b);
}

/* The checksum is that of an independent program in another language. */
Test(program_picture, the_picture_of_the_book)
{
    const reference_view view = {1000, 750, -1.20, 0.35, -1.0, 0.20};
    folder f = folder_make();
    make(&f, "mandel.png " BOOK);
    uint8_t *const expected = reference_picture(&view);
    picture p = read_picture(&f, "mandel.png");
    cr_assert_eq(p.kind, 'g');
    cr_assert(p.width == 1000 && p.height == 750);
    cr_assert_eq(memcmp(p.pixels, expected, p.n_pixel_bytes), 0);
    cr_assert_eq(reference_checksum(p.pixels, p.n_pixel_bytes), UINT64_C(0x0f81364361423e04));
    cr_assert_not_null(strstr(p.texts, "Upper left=-1.2,0.35\nLower right=-1,0.2\nIterations=255"));
    cr_assert_eq(folder_files(&f), 1);
    free(expected);
    picture_free(&p);
    folder_remove(&f);
}

Test(program_picture, every_format_shows_the_same)
{
    folder f = folder_make();
    uint8_t *const expected = reference_picture(&small_view);
    static const char *const names[] = {"a.png", "a.ppm", "a.pgm", "a.pbm"};
    static const char kinds[] = "gcgb";
    for (size_t i = 0; i < 4; i++) {
        char words[100];
        snprintf(words, sizeof words, "%s " SMALL, names[i]);
        make(&f, words);
        picture p = read_picture(&f, names[i]);
        cr_assert_eq(p.kind, kinds[i]);
        const size_t channels = kinds[i] == 'c' ? 3 : 1;
        for (size_t k = 0; k < p.n_pixel_bytes; k++) {
            const uint8_t grey = expected[k / channels];
            cr_assert_eq(p.pixels[k], kinds[i] == 'b' ? grey == 0 : grey, "%s, %zu", names[i], k);
        }
        picture_free(&p);
    }
    free(expected);
    folder_remove(&f);
}

Test(program_picture, threads_do_not_change_a_byte)
{
    static const char *const endings[] = {"png", "ppm", "pbm"};
    static const int threads[] = {2, 3, 8};
    folder f = folder_make();
    for (size_t i = 0; i < 3; i++) {
        char words[120];
        char serial[20];
        snprintf(serial, sizeof serial, "1.%s", endings[i]);
        snprintf(words, sizeof words, "%s " SMALL " --threads 1 --iterations 700", serial);
        make(&f, words);
        for (size_t k = 0; k < 3; k++) {
            char name[20];
            snprintf(name, sizeof name, "%d.%s", threads[k], endings[i]);
            snprintf(words, sizeof words, "%s " SMALL " --threads %d --iterations 700", name,
                     threads[k]);
            make(&f, words);
            expect_same_files(&f, serial, name);
        }
        snprintf(words, sizeof words, "default.%s " SMALL " --iterations 700", endings[i]);
        make(&f, words);
        snprintf(words, sizeof words, "default.%s", endings[i]);
        expect_same_files(&f, serial, words);
    }
    folder_remove(&f);
}

Test(program_picture, options_stand_anywhere_and_corners_may_be_negative)
{
    static const char *const lines[] = {
        "--threads 2 --iterations 99 b.pgm 40x30 -.5,-.1 -.25,-0.3",
        "b.pgm --threads 2 40x30 --iterations 99 -.5,-.1 -.25,-0.3",
        "b.pgm 40x30 -.5,-.1 --iterations=99 -.25,-0.3 --threads 2",
        "b.pgm 40x30 -0.5,-1e-1 -25e-2,-.3 --thr=2 --iter=99",
        "--iterations 99 -- b.pgm 40x30 -.5,-.1 -.25,-0.3",
    };
    folder f = folder_make();
    make(&f, "a.pgm 40x30 -.5,-.1 -.25,-0.3 --iterations 99");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        make(&f, lines[i]);
        expect_same_files(&f, "a.pgm", "b.pgm");
    }
    folder_remove(&f);
}

Test(program_picture, other_limits_change_the_greys_but_not_the_set)
{
    folder f = folder_make();
    make(&f, "a.pgm " SMALL " --iterations 50");
    picture p = read_picture(&f, "a.pgm");
    for (size_t i = 0; i < p.n_pixel_bytes; i++) {
        const uint32_t count = reference_count(reference_re(&small_view, i % small_view.width),
                                               reference_im(&small_view, i / small_view.width), 50);
        cr_assert_eq(p.pixels[i], count == 50 ? 0 : 255 - 255 * count / 50, "pixel %zu", i);
    }
    picture_free(&p);
    folder_remove(&f);
}

Test(program_picture, standard_output)
{
    folder f = folder_make();
    static const char *const formats[] = {"png", "ppm", "pgm", "pbm"};
    for (size_t i = 0; i < 4; i++) {
        char words[100];
        char name[20];
        snprintf(name, sizeof name, "a.%s", formats[i]);
        snprintf(words, sizeof words, "%s " SMALL, name);
        make(&f, words);
        snprintf(words, sizeof words, "- " SMALL " --format %s", formats[i]);
        program p = program_run(&f, words);
        cr_assert_eq(p.status, 0);
        cr_assert_str_eq(p.err, "");
        size_t n;
        uint8_t *const bytes = folder_read(folder_path(&f, name), &n);
        cr_assert(p.n_out == n && memcmp(p.out, bytes, n) == 0, "%s", formats[i]);
        free(bytes);
        program_free(&p);
    }
    /* Without a format it is PNG, and nothing but the picture goes to standard output. */
    program p = program_run(&f, "- " SMALL " --compare --stats --progress");
    cr_assert_eq(p.status, 0);
    size_t n;
    uint8_t *const bytes = folder_read(folder_path(&f, "a.png"), &n);
    cr_assert(p.n_out == n && memcmp(p.out, bytes, n) == 0);
    cr_assert_not_null(strstr(p.err, "speed-up"));
    free(bytes);
    program_free(&p);
    cr_assert_eq(folder_files(&f), 4);
    folder_remove(&f);
}

/* A tint keeps the order of the greys: where the plain picture is black, so is the darkest shade.
 */
Test(program_picture, workers_can_be_seen)
{
    folder f = folder_make();
    make(&f, "a.png " SMALL " --show-workers --threads 3");
    make(&f, "b.ppm " SMALL " --show-workers --threads 1");
    uint8_t *const grey = reference_picture(&small_view);
    static const char *const names[] = {"a.png", "b.ppm"};
    for (size_t i = 0; i < 2; i++) {
        picture p = read_picture(&f, names[i]);
        cr_assert_eq(p.kind, 'c');
        for (size_t k = 0; k < p.width * p.height; k++) {
            const uint8_t *const rgb = p.pixels + 3 * k;
            const uint8_t most = rgb[0] > rgb[1] ? rgb[0] : rgb[1];
            const uint8_t top = most > rgb[2] ? most : rgb[2];
            const uint8_t shade = (uint8_t)(64 + grey[k] * 191 / 255);
            cr_assert_eq(top, shade, "%s, pixel %zu: %u, grey %u", names[i], k, top, grey[k]);
        }
        picture_free(&p);
    }
    free(grey);
    folder_remove(&f);
}

Test(program_picture, an_old_file_is_replaced)
{
    folder f = folder_make();
    folder_write(folder_path(&f, "a.pgm"), "something else that was here");
    make(&f, "a.pgm " SMALL);
    make(&f, "b.pgm " SMALL);
    expect_same_files(&f, "a.pgm", "b.pgm");
    cr_assert_eq(folder_files(&f), 2);
    folder_remove(&f);
}

Test(program_picture, a_picture_of_one_pixel_and_thin_ones)
{
    static const char *const sizes[] = {"1x1", "1x1000", "1000x1", "257x2", "8x1", "9x1"};
    folder f = folder_make();
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char words[100];
        snprintf(words, sizeof words, "a.png %s -2,1 1,-1 --compare", sizes[i]);
        make(&f, words);
        picture p = read_picture(&f, "a.png");
        snprintf(words, sizeof words, "%zux%zu", p.width, p.height);
        cr_assert_str_eq(words, sizes[i]);
        picture_free(&p);
    }
    folder_remove(&f);
}
