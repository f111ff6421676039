/* SPDX-License-Identifier: MIT */
/* program_dump_test.c - dumps that the program writes, and pictures that it makes of them. */
#include "mandelbrot/program/program.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VIEW "131x77 --center -0.745,0.11 --zoom 40 --iterations 400"

static void make(const folder *f, const char *words)
{
    program p = program_run(f, words);
    cr_assert_eq(p.status, 0, "'%s': status %d: %s", words, p.status, p.err);
    cr_assert_str_eq(p.err, "", "'%s': %s", words, p.err);
    program_free(&p);
}

/* Dump, and picture of it, against the picture that is made directly. */
static void expect_as_direct(const folder *f, const char *dump, const char *ending,
                             const char *colours, const char *more)
{
    char words[200];
    char direct[20];
    char again[20];
    snprintf(direct, sizeof direct, "direct.%s", ending);
    snprintf(again, sizeof again, "again.%s", ending);
    snprintf(words, sizeof words, "%s " VIEW " %s", direct, colours);
    make(f, words);
    snprintf(words, sizeof words, "%s --recolour %s %s %s", again, dump, colours, more);
    make(f, words);
    cr_expect(folder_same(f, direct, again), "'%s' is another picture", words);
}

Test(program_dump, a_picture_of_a_dump_is_as_if_made_directly)
{
    static const char *const colours[] = {
        "",
        "--colour grey",
        "--colour smooth",
        "--color smooth --period 7.5",
        "--palette ice",
        "--colour histogram",
        "--colour histogram --palette rainbow",
    };
    static const char *const more[] = {"--threads 1", "--threads 2", "--threads 5"};
    folder f = folder_make();
    make(&f, "plain.dump " VIEW);
    make(&f, "all.dump " VIEW " --colour distance");
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        expect_as_direct(&f, "plain.dump", "png", colours[i], more[i % 3]);
        expect_as_direct(&f, "all.dump", "png", colours[i], more[(i + 1) % 3]);
    }
    expect_as_direct(&f, "all.dump", "png", "--colour distance", "");
    expect_as_direct(&f, "all.dump", "png", "--colour distance --period 2 --palette fire",
                     "--threads 3");
    expect_as_direct(&f, "all.dump", "ppm", "--colour distance", "");
    expect_as_direct(&f, "plain.dump", "ppm", "--palette ice", "");
    expect_as_direct(&f, "plain.dump", "ppm", "", "");
    expect_as_direct(&f, "plain.dump", "pgm", "", "");
    expect_as_direct(&f, "plain.dump", "pbm", "", "");
    folder_remove(&f);
}

Test(program_dump, its_bytes_do_not_depend_on_how_it_was_computed)
{
    static const char *const more[] = {"--threads 1",    "--threads 5",     "--kernel scalar",
                                       "--no-shortcuts", "--colour smooth", "--colour histogram"};
    folder f = folder_make();
    make(&f, "a.dump " VIEW);
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        char words[200];
        snprintf(words, sizeof words, "b.dump " VIEW " %s", more[i]);
        make(&f, words);
        cr_expect(folder_same(&f, "a.dump", "b.dump"), "'%s'", words);
    }
    folder_remove(&f);
}

Test(program_dump, standard_output_is_a_file_too)
{
    folder f = folder_make();
    make(&f, "a.dump " VIEW);
    make(&f, "a.ppm --recolour a.dump");
    program p = program_run(&f, "- --format dump " VIEW);
    size_t n;
    uint8_t *bytes = folder_read(folder_path(&f, "a.dump"), &n);
    cr_assert(p.status == 0 && p.n_out == n && memcmp(p.out, bytes, n) == 0);
    free(bytes);
    program_free(&p);
    p = program_run(&f, "- --format ppm --recolour a.dump");
    bytes = folder_read(folder_path(&f, "a.ppm"), &n);
    cr_assert(p.status == 0 && p.n_out == n && memcmp(p.out, bytes, n) == 0);
    free(bytes);
    program_free(&p);
    folder_remove(&f);
}

Test(program_dump, a_file_gets_one_line)
{
    folder f = folder_make();
    program p = program_run(&f, "a.dump 10x20 --zoom 2");
    cr_assert_eq(strncmp(p.out, "'a.dump': 10x20 dump, ", 22), 0, "%s", p.out);
    program_free(&p);
    /* The size is the dump's. */
    p = program_run(&f, "a.png --recolour a.dump --colour smooth --stats");
    cr_assert_eq(strncmp(p.out, "'a.png': 10x20 png, ", 20), 0, "%s", p.out);
    cr_assert_eq(strchr(p.out, '\n'), p.out + p.n_out - 1);
    program_free(&p);
    folder_remove(&f);
}

/* ---- what is no dump ------------------------------------------------------------------------ */

/* Status 2, one line that names the dump and has a text in it, and no new file. */
static void expect_refused(const folder *f, const char *words, const char *dump,
                           const char *expected)
{
    const size_t files = folder_files(f);
    char named[60];
    snprintf(named, sizeof named, "dump '%s': ", dump);
    program p = program_run(f, words);
    cr_expect_eq(p.status, 2, "'%s': status %d", words, p.status);
    cr_expect(program_complained(&p), "'%s': %s", words, p.err);
    cr_expect_not_null(strstr(p.err, named), "'%s': %s", words, p.err);
    cr_expect_not_null(strstr(p.err, expected), "'%s': %s", words, p.err);
    cr_expect_str_eq(p.out, "");
    cr_expect_eq(folder_files(f), files, "'%s' left a file", words);
    program_free(&p);
}

Test(program_dump, distances_that_are_not_there_are_missed)
{
    folder f = folder_make();
    make(&f, "a.dump 20x10 --zoom 2 --colour smooth");
    expect_refused(&f, "a.png --recolour a.dump --colour distance", "a.dump",
                   "has no distances: expected one that was made with --colour distance");
    folder_remove(&f);
}

Test(program_dump, what_was_cut_off_anywhere_is_refused)
{
    folder f = folder_make();
    make(&f, "a.dump 20x10 --zoom 2 --colour distance");
    size_t n;
    uint8_t *const bytes = folder_read(folder_path(&f, "a.dump"), &n);
    const size_t text = (size_t)(strstr((const char *)bytes, "\n\n") + 2 - (const char *)bytes);
    cr_assert_eq(n, text + 20 * 10 * 12);
    const size_t lengths[] = {
        n - 1, n - 20 * 10 * 4, n - 20 * 10 * 8, text + 3, text, text - 1, text / 2, 5, 0};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        cr_assert_eq(truncate(folder_path(&f, "a.dump"), (off_t)lengths[i]), 0);
        expect_refused(&f, "a.png --recolour a.dump", "a.dump",
                       lengths[i] >= text ? "ends too early: expected samples of 200 pixels"
                                          : "expected ");
    }
    free(bytes);
    folder_remove(&f);
}

#define TEXT                                                                                       \
    "mandelbrot dump 1\nsize 1x1\nupper left 0,0\nlower right 1,1\niterations 9\n"                 \
    "samples count fraction\n\n"

Test(program_dump, what_is_no_dump_is_refused)
{
    static const char *const rows[][2] = {
        {"P6\n1 1\n255\nabc", "expected a line that begins with 'mandelbrot dump 1'"},
        {"mandelbrot dump 2\n", "expected a line that begins with 'mandelbrot dump 1'"},
        {"mandelbrot dump 1\nsize 0x1\n", "size '0x1': expected WIDTHxHEIGHT"},
        {"mandelbrot dump 1\nsize 2147483647x2147483647\nupper left 0,0\nlower right 1,1\n"
         "iterations 9\nsamples count fraction\n\n",
         "size 2147483647x2147483647: expected a picture that fits into memory"},
        {TEXT "1234567", "ends too early"},
        {TEXT "123456789", "goes on too long"},
        {TEXT "12345678", "count "},
    };
    folder f = folder_make();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        folder_write(folder_path(&f, "a.dump"), rows[i][0]);
        expect_refused(&f, "a.png --recolour a.dump", "a.dump", rows[i][1]);
    }
    expect_refused(&f, "a.png --recolour no.dump", "no.dump", "No such file or directory");
    expect_refused(&f, "a.png --recolour .", ".", "Is a directory");
    folder_remove(&f);
}
