/* SPDX-License-Identifier: MIT */
/* program_colour_test.c - the pictures that the program makes in colours: the same bytes however
 * they were computed. */
#include "mandelbrot/field/kernels.h"
#include "mandelbrot/field/reference.h"
#include "mandelbrot/image/picture_file.h"
#include "mandelbrot/program/program.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* The set's valley, with points of all kinds. */
#define VALLEY "131x77 --center -0.745,0.11 --zoom 40 --iterations 400"
#define SMALL "97x60 -2.25,1.125 0.75,-1.125"

static const char *const colourings[] = {"grey", "smooth", "histogram", "distance"};

enum { COLOURINGS = sizeof colourings / sizeof colourings[0] };

/* Runs the program, which must succeed and say nothing on stderr. */
static void make(const folder *f, const char *words)
{
    program p = program_run(f, words);
    cr_assert_eq(p.status, 0, "'%s': status %d: %s", words, p.status, p.err);
    cr_assert_str_eq(p.err, "", "'%s': %s", words, p.err);
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

/* Makes a file with some words and others with more, and expects the same bytes. `words` begin
 * with what follows the file. */
static void expect_no_difference(const folder *f, const char *ending, const char *words,
                                 const char *const more[], size_t n)
{
    char line[300];
    char first[40];
    char other[40];
    snprintf(first, sizeof first, "first.%s", ending);
    snprintf(other, sizeof other, "other.%s", ending);
    snprintf(line, sizeof line, "%s %s", first, words);
    make(f, line);
    for (size_t i = 0; i < n; i++) {
        snprintf(line, sizeof line, "%s %s %s", other, words, more[i]);
        make(f, line);
        cr_expect(folder_same(f, first, other), "'%s' is another picture", line);
    }
}

static const char *const threads[] = {"--threads 1", "--threads 2", "--threads 5"};
static const char *const threads_and_plain_kernel[] = {"--threads 1", "--threads 2", "--threads 5",
                                                       "--kernel scalar"};

Test(program_colour, threads_and_kernels_do_not_change_a_byte)
{
    folder f = folder_make();
    for (size_t i = 0; i < COLOURINGS; i++) {
        char words[200];
        snprintf(words, sizeof words, VALLEY " --colour %s", colourings[i]);
        expect_no_difference(&f, "png", words, threads_and_plain_kernel, 4);
    }
    expect_no_difference(&f, "ppm", VALLEY " --palette fire --period 9", threads_and_plain_kernel,
                         4);
    folder_remove(&f);
}

Test(program_colour, nor_do_they_where_more_is_done)
{
    folder f = folder_make();
    static const char *const lines[] = {
        VALLEY " --colour smooth --antialias 3",        VALLEY " --colour histogram --antialias 2",
        VALLEY " --colour distance --antialias 2",      SMALL " --antialias 5",
        VALLEY " --colour smooth --subdivide",          VALLEY " --subdivide --antialias 2",
        VALLEY " --colour histogram --precision float",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        expect_no_difference(&f, "png", lines[i], threads_and_plain_kernel, 4);
    folder_remove(&f);
}

Test(program_colour, every_kernel_gives_the_same)
{
    folder f = folder_make();
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++) {
        char more[40];
        snprintf(more, sizeof more, "--kernel %s", kernel->name);
        const char *const all[] = {more};
        if (!kernel->runs_here())
            continue;
        expect_no_difference(&f, "png", VALLEY " --colour smooth --precision float", all, 1);
        expect_no_difference(&f, "png", VALLEY " --colour histogram", all, 1);
        expect_no_difference(&f, "dump", VALLEY " --colour distance", all, 1);
    }
    folder_remove(&f);
}

Test(program_colour, shortcuts_do_not_change_a_byte)
{
    static const char *const more[] = {"--no-shortcuts"};
    folder f = folder_make();
    for (size_t i = 0; i < COLOURINGS; i++) {
        char words[200];
        snprintf(words, sizeof words, SMALL " --colour %s", colourings[i]);
        expect_no_difference(&f, "png", words, more, 1);
        snprintf(words, sizeof words, VALLEY " --precision float --colour %s", colourings[i]);
        expect_no_difference(&f, "png", words, more, 1);
    }
    expect_no_difference(&f, "pbm", SMALL, more, 1);
    expect_no_difference(&f, "dump", SMALL " --colour distance", more, 1);
    expect_no_difference(&f, "png", SMALL " --colour smooth --subdivide", more, 1);
    expect_no_difference(&f, "png", SMALL " --antialias 2", more, 1);
    folder_remove(&f);
}

Test(program_colour, fused_operations_are_the_same_for_every_number_of_threads)
{
    folder f = folder_make();
    for (size_t i = 0; i < COLOURINGS; i++) {
        char words[200];
        snprintf(words, sizeof words, VALLEY " --fast --colour %s", colourings[i]);
        expect_no_difference(&f, "png", words, threads, 3);
        picture p = read_picture(&f, "first.png");
        cr_expect(p.width == 131 && p.height == 77);
        picture_free(&p);
    }
    make(&f, "a.ppm " SMALL " --fast --precision float --kernel scalar --antialias 2");
    folder_remove(&f);
}

/* Kernels without fused operations have nothing to be fast with. */
Test(program_colour, other_arithmetic_has_other_last_bits)
{
    static const char *const fusing[] = {"avx2", "avx512", "neon"};
    folder f = folder_make();
    make(&f, "exact.dump " VALLEY);
    make(&f, "float.dump " VALLEY " --precision float");
    cr_expect_not(folder_same(&f, "exact.dump", "float.dump"));
    for (size_t i = 0; i < sizeof fusing / sizeof fusing[0]; i++) {
        const mandel_kernel *const kernel = mandel_kernels_named(fusing[i]);
        char words[200];
        if (kernel == NULL || !kernel->runs_here())
            continue;
        snprintf(words, sizeof words, "fast.dump " VALLEY " --fast --kernel %s", fusing[i]);
        make(&f, words);
        cr_expect_not(folder_same(&f, "exact.dump", "fast.dump"), "%s", fusing[i]);
    }
    folder_remove(&f);
}

/* Here, as almost everywhere, what is filled is what would have been computed. */
Test(program_colour, rectangles_do_not_change_a_byte_here)
{
    static const char *const more[] = {"--subdivide"};
    folder f = folder_make();
    for (size_t i = 0; i < COLOURINGS; i++) {
        char words[200];
        snprintf(words, sizeof words, SMALL " --colour %s", colourings[i]);
        expect_no_difference(&f, "png", words, more, 1);
    }
    expect_no_difference(&f, "pbm", SMALL, more, 1);
    expect_no_difference(&f, "dump", SMALL, more, 1);
    folder_remove(&f);
}

Test(program_colour, smooth_edges)
{
    static const char *const more[] = {"--antialias 4"};
    folder f = folder_make();
    make(&f, "a.png " SMALL " --antialias 4");
    make(&f, "b.png " SMALL " --antialias 4 --colour smooth");
    make(&f, "c.png " SMALL);
    picture grey = read_picture(&f, "a.png");
    picture colours = read_picture(&f, "b.png");
    cr_assert(grey.kind == 'g' && colours.kind == 'c');
    cr_assert_not(folder_same(&f, "a.png", "c.png"));
    /* Where there is no edge, nothing is changed. */
    expect_no_difference(&f, "png", "40x30 -0.1,0.1 0.1,-0.1", more, 1);
    expect_no_difference(&f, "png", "40x30 -0.1,0.1 0.1,-0.1 --colour distance", more, 1);
    picture_free(&grey);
    picture_free(&colours);
    folder_remove(&f);
}

/* With one colour, only what is inside tells. */
Test(program_colour, a_palette_from_a_file)
{
    static const reference_view view = {97, 60, -2.25, 1.125, 0.75, -1.125};
    folder f = folder_make();
    folder_write(folder_path(&f, "my.map"), "; mine\n10 20 30\ninside #c80af0\n");
    uint8_t *const grey = reference_picture(&view);
    static const char *const more[] = {"", "--colour histogram", "--colour distance --period 3",
                                       "--period 1e-3"};
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        char words[200];
        snprintf(words, sizeof words, "a.png " SMALL " --palette my.map %s", more[i]);
        make(&f, words);
        picture p = read_picture(&f, "a.png");
        cr_assert_eq(p.kind, 'c');
        for (size_t k = 0; k < p.width * p.height; k++) {
            const uint8_t *const rgb = p.pixels + 3 * k;
            const bool is_right = grey[k] == 0 ? rgb[0] == 200 && rgb[1] == 10 && rgb[2] == 240
                                               : rgb[0] == 10 && rgb[1] == 20 && rgb[2] == 30;
            cr_assert(is_right, "'%s', pixel %zu: %u %u %u", words, k, rgb[0], rgb[1], rgb[2]);
        }
        picture_free(&p);
    }
    free(grey);
    folder_remove(&f);
}

Test(program_colour, palettes_are_listed_and_differ)
{
    folder f = folder_make();
    program p = program_run(&f, "--list-palettes");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.err, "");
    size_t n = 0;
    for (const char *line = p.out; *line != '\0'; line = strchr(line, '\n') + 1, n++) {
        char name[40] = "";
        char words[200];
        cr_assert_eq(sscanf(line, "%39s", name), 1);
        snprintf(words, sizeof words, "%s.ppm " SMALL " --palette %s", name, name);
        make(&f, words);
        snprintf(words, sizeof words, "%s.ppm", name);
        cr_assert(n == 0 || !folder_same(&f, "classic.ppm", words), "%s", name);
    }
    cr_assert_geq(n, 2);
    make(&f, "usual.ppm " SMALL " --colour smooth");
    cr_assert(folder_same(&f, "classic.ppm", "usual.ppm"));
    program_free(&p);
    folder_remove(&f);
}

/* The largest and the smallest numbers are periods too. */
Test(program_colour, periods_of_any_size)
{
    static const char *const periods[] = {"4e-324", "1e-308", "1e-16", "1e20", "1.7e308"};
    folder f = folder_make();
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        char words[200];
        snprintf(words, sizeof words, "a.png " SMALL " --colour smooth --antialias 2 --period %s",
                 periods[i]);
        make(&f, words);
        snprintf(words, sizeof words, "a.png " SMALL " --colour distance --antialias 2 --period %s",
                 periods[i]);
        make(&f, words);
    }
    folder_remove(&f);
}

/* Views without extent, and such that no numbers are left in between. */
Test(program_colour, views_of_any_size)
{
    static const char *const views[] = {"1x1 1,1 1,1",
                                        "9x7 -1e200,1e200 1e200,-1e200",
                                        "9x7 -1e-300,1e-300 1e-300,-1e-300",
                                        "9x7 -2,0 -2,0",
                                        "9x7 1,-1 -2,1",
                                        "9x7 --center 0,0 --zoom 1e300",
                                        "9x7 --center -2,0 --zoom 1e14",
                                        "257x1 --zoom 1e-300"};
    folder f = folder_make();
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        for (size_t k = 0; k < COLOURINGS; k++) {
            char words[200];
            snprintf(words, sizeof words, "a.png %s --colour %s", views[i], colourings[k]);
            make(&f, words);
        }
        char words[200];
        snprintf(words, sizeof words, "a.dump %s --colour distance", views[i]);
        make(&f, words);
        make(&f, "b.png --recolour a.dump --colour distance");
        cr_expect(folder_same(&f, "a.png", "b.png"), "%s", views[i]);
    }
    folder_remove(&f);
}

Test(program_colour, a_comparison_finds_the_same_picture)
{
    folder f = folder_make();
    static const char *const more[] = {"", "--antialias 2", "--subdivide", "--fast"};
    for (size_t i = 0; i < COLOURINGS; i++) {
        for (size_t k = 0; k < sizeof more / sizeof more[0]; k++) {
            char words[200];
            snprintf(words, sizeof words, "a.png " VALLEY " --compare --threads 3 --colour %s %s",
                     colourings[i], more[k]);
            program p = program_run(&f, words);
            cr_expect_eq(p.status, 0, "'%s': %s", words, p.err);
            cr_expect_not_null(strstr(p.out, "; the same picture\n"), "'%s': %s", words, p.out);
            cr_expect_str_eq(p.err, "");
            program_free(&p);
        }
    }
    folder_remove(&f);
}

/* stderr is a file in all of these; make() expects it to be empty. */
Test(program_colour, a_bar_is_for_terminals)
{
    folder f = folder_make();
    make(&f, "a.png " VALLEY " --progress --colour histogram --antialias 2");
    make(&f, "a.png " VALLEY " --progress --subdivide");
    make(&f, "a.dump " VALLEY " --progress --colour distance");
    folder_remove(&f);
}
