/* SPDX-License-Identifier: MIT */
/* options_test.c - the command line: what stands where, and what is refused with which words. */
#include "mandelbrot/program/words.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOOK "1000x750 -1.20,0.35 -1,0.20"

static bool given(const mandel_options *o, mandel_option option)
{
    return mandel_options_given(o, option);
}

static void expect_book(const char *words)
{
    const mandel_options o = words_read(words);
    cr_assert_eq(o.mode, MANDEL_MODE_PICTURE);
    cr_assert_str_eq(o.file, "mandel.png");
    cr_assert_str_eq(o.size, "1000x750");
    cr_assert(o.view.width == 1000 && o.view.height == 750);
    cr_assert(o.view.upper_left.re == -1.2 && o.view.upper_left.im == 0.35);
    cr_assert(o.view.lower_right.re == -1.0 && o.view.lower_right.im == 0.2);
}

Test(options, the_command_of_the_book)
{
    expect_book("mandel.png " BOOK);
    const mandel_options o = words_read("mandel.png " BOOK);
    cr_assert(o.iterations == 255 && o.threads == 0 && o.format == MANDEL_FORMAT_PNG);
    cr_assert(o.layout == MANDEL_LAYOUT_GREY && o.colouring == MANDEL_COLOUR_GREY);
    cr_assert(o.precision == MANDEL_DOUBLE && o.antialias == 0 && o.recolour == NULL);
    cr_assert_eq(o.given, 0);
}

Test(options, a_kernel_is_named_or_the_best)
{
    static const char picture[] = "a.png 10x10 -1,1 1,-1";
    static const char named[] = "a.png 10x10 -1,1 1,-1 --kernel scalar";
    unsetenv("PAR_MANDELBROT_KERNEL");
    cr_assert_eq(words_read(picture).kernel, mandel_kernels_best());
    cr_assert_str_eq(words_read(named).kernel->name, "scalar");
    words_expect_refused("a.png 10x10 -1,1 1,-1 --kernel mmx", "--kernel 'mmx'", "expected scalar");
    words_expect_refused("a.png 10x10 -1,1 1,-1 --kernel=", "--kernel ''", "expected scalar");
    setenv("PAR_MANDELBROT_KERNEL", "scalar", 1);
    cr_assert_str_eq(words_read(picture).kernel->name, "scalar");
    setenv("PAR_MANDELBROT_KERNEL", "mmx", 1);
    words_expect_refused(picture, "PAR_MANDELBROT_KERNEL 'mmx'", "expected scalar");
    cr_assert_str_eq(words_read(named).kernel->name, "scalar", "the command line comes first");
    setenv("PAR_MANDELBROT_KERNEL", "", 1);
    cr_assert_eq(words_read(picture).kernel, mandel_kernels_best());
    unsetenv("PAR_MANDELBROT_KERNEL");
}

Test(options, every_kernel_that_runs_here_can_be_named)
{
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++) {
        char words[100];
        snprintf(words, sizeof words, "a.png 1x1 0,0 1,1 --kernel %s", kernel->name);
        if (kernel->runs_here())
            cr_expect_eq(words_read(words).kernel, kernel);
        else
            words_expect_refused(words, kernel->name, "--list-kernels");
    }
}

Test(options, the_benchmarks_game)
{
    const mandel_options o = words_read("--clbg 200 --threads 3");
    cr_assert(given(&o, MANDEL_OPTION_CLBG) && o.mode == MANDEL_MODE_PICTURE && o.threads == 3);
    cr_assert_str_eq(o.file, "-");
    cr_assert_str_eq(o.size, "200");
    cr_assert(o.view.width == 200 && o.view.height == 200 && o.iterations == 50);
    cr_assert(o.view.upper_left.re == -1.5 && o.view.upper_left.im == -1.0);
    cr_assert(o.view.lower_right.re == 0.5 && o.view.lower_right.im == 1.0);
    cr_assert(o.format == MANDEL_FORMAT_PBM && o.layout == MANDEL_LAYOUT_BITS);
    words_read("--clbg 1 --compare --stats --progress --kernel scalar --no-shortcuts");
    words_expect_refused("--clbg 0", "--clbg '0'", "a whole number from 1 to 2147483647");
    words_expect_refused("--clbg 200x200", "--clbg '200x200'", "a whole number");
    words_expect_refused("--clbg 2147483648", "--clbg '2147483648'", "to 2147483647");
    words_expect_refused("--clbg 200 a.png", "'a.png'", "only options");
    words_expect_refused("--clbg 200 -", "'-'", "only options");
}

Test(options, options_stand_anywhere)
{
    static const char *const lines[] = {
        "--threads 3 mandel.png 1000x750 -1.20,0.35 -1,0.20",
        "mandel.png --threads=3 1000x750 -1.20,0.35 -1,0.20",
        "mandel.png 1000x750 --threads 3 -1.20,0.35 -1,0.20",
        "mandel.png 1000x750 -1.20,0.35 --threads 3 -1,0.20",
        "mandel.png 1000x750 -1.20,0.35 -1,0.20 --threads 3",
        "--threads 4 mandel.png 1000x750 -1.20,0.35 -1,0.20 --threads 3",
        "--thr 3 -- mandel.png 1000x750 -1.20,0.35 -1,0.20",
        "mandel.png --threads 3 1000x750 -- -1.20,0.35 -1,0.20",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        expect_book(lines[i]);
        cr_assert_eq(words_read(lines[i]).threads, 3, "'%s'", lines[i]);
    }
}

Test(options, every_option_is_read)
{
    mandel_options o =
        words_read("--iterations 1000 --threads 4096 --format ppm --progress --show-workers "
                   "--stats a 1x1 0,0 1,1");
    cr_assert(o.iterations == 1000 && o.threads == 4096 && o.format == MANDEL_FORMAT_PPM);
    cr_assert(given(&o, MANDEL_OPTION_PROGRESS) && given(&o, MANDEL_OPTION_SHOW_WORKERS));
    cr_assert(given(&o, MANDEL_OPTION_STATS) && o.layout == MANDEL_LAYOUT_RGB);
    o = words_read("--compare --iterations=1000000000 a.pbm 1x1 0,0 1,1");
    cr_assert(given(&o, MANDEL_OPTION_COMPARE) && o.iterations == 1000000000);
    cr_assert_eq(o.layout, MANDEL_LAYOUT_BITS);
    o = words_read("--bench --json --runs 7 --stats");
    cr_assert(o.mode == MANDEL_MODE_BENCH && o.runs == 7);
    cr_assert(given(&o, MANDEL_OPTION_JSON) && given(&o, MANDEL_OPTION_STATS));
    o = words_read("a.png " BOOK " --fast --no-shortcuts --subdivide --precision float");
    cr_assert(given(&o, MANDEL_OPTION_FAST) && given(&o, MANDEL_OPTION_NO_SHORTCUTS));
    cr_assert(given(&o, MANDEL_OPTION_SUBDIVIDE) && o.precision == MANDEL_FLOAT);
    cr_assert_eq(words_read("a.png " BOOK " --precision double").precision, MANDEL_DOUBLE);
}

Test(options, names_may_be_short_as_long_as_they_are_unique)
{
    const mandel_options o =
        words_read("a.png 10x10 --iter 9 --cent 0,0 --col smooth --no --sub --pre double");
    cr_assert(o.iterations == 9 && o.colouring == MANDEL_COLOUR_SMOOTH);
    cr_assert(given(&o, MANDEL_OPTION_CENTRE) && given(&o, MANDEL_OPTION_NO_SHORTCUTS));
    words_expect_refused("a.png " BOOK " --pr float", "'--pr'", "--help");
    words_expect_refused("a.png " BOOK " --list", "'--list'", "--help");
}

Test(options, numbers_below_zero_are_positions)
{
    mandel_options o = words_read("-1.png 10x20 -.5,-.25 -0,-1e-3");
    cr_assert_str_eq(o.file, "-1.png");
    cr_assert(o.view.upper_left.re == -0.5 && o.view.upper_left.im == -0.25);
    cr_assert(o.view.lower_right.im == -0.001);
    o = words_read("-- --x.pgm 10x20 -.5,-.25 -0,-1e-3");
    cr_assert_str_eq(o.file, "--x.pgm");
    cr_assert_eq(o.format, MANDEL_FORMAT_PGM);
    o = words_read("- 10x20 1,1 2,2");
    cr_assert_str_eq(o.file, "-");
}

Test(options, the_format_is_given_or_taken_from_the_file)
{
    static const struct {
        const char *words;
        mandel_format format;
    } rows[] = {
        {"a.pgm 1x1 0,0 1,1", MANDEL_FORMAT_PGM},
        {"a.pgm 1x1 0,0 1,1 --format pbm", MANDEL_FORMAT_PBM},
        {"a.jpg 1x1 0,0 1,1 --format png", MANDEL_FORMAT_PNG},
        {"- 1x1 0,0 1,1 --format ppm", MANDEL_FORMAT_PPM},
        {"a.dump 1x1 0,0 1,1", MANDEL_FORMAT_DUMP},
        {"a 1x1 0,0 1,1 --format dump", MANDEL_FORMAT_DUMP},
        {"a.dump 1x1 0,0 1,1 --format png", MANDEL_FORMAT_PNG},
        {"a 1x1 0,0 1,1", MANDEL_FORMAT_PNG},
        {"a.PPM 1x1 --zoom 2", MANDEL_FORMAT_PPM},
        {"a.ppm --recolour a.dump", MANDEL_FORMAT_PPM},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        cr_expect_eq(words_read(rows[i].words).format, rows[i].format, "'%s'", rows[i].words);
}

Test(options, a_benchmark_needs_no_file_and_no_view)
{
    mandel_options o = words_read("--bench");
    cr_assert(o.view.width == 4000 && o.view.height == 3000 && o.runs == 5);
    cr_assert_str_eq(o.size, "4000x3000");
    o = words_read("100x50 --bench -1,1 1,-1");
    cr_assert(o.view.width == 100 && o.view.upper_left.re == -1.0);
    o = words_read("file.jpg 100x50 -1,1 1,-1 --bench");
    cr_assert(o.view.height == 50 && o.view.lower_right.im == -1.0);
    /* The file is not written, so its ending does not matter. */
    o = words_read("file.dump 100x50 -1,1 1,-1 --bench");
    cr_assert_eq(o.format, MANDEL_FORMAT_PNG);
    o = words_read("--bench --format pbm --antialias 2 --format pgm");
    cr_assert(o.layout == MANDEL_LAYOUT_GREY && o.antialias == 2);
}

Test(options, help_and_what_else_is_asked_wins)
{
    cr_assert_eq(words_read("--help").mode, MANDEL_MODE_HELP);
    cr_assert_eq(words_read("nonsense -h").mode, MANDEL_MODE_HELP);
    cr_assert_eq(words_read("--version --foo").mode, MANDEL_MODE_VERSION);
    cr_assert_eq(words_read("-V").mode, MANDEL_MODE_VERSION);
    cr_assert_eq(words_read("--list-kernels").mode, MANDEL_MODE_LIST_KERNELS);
    cr_assert_eq(words_read("--list-palettes").mode, MANDEL_MODE_LIST_PALETTES);
    cr_assert_eq(words_read("a.png --list-palettes --zoom x").mode, MANDEL_MODE_LIST_PALETTES);
}

/* What is wrong, and the words of the message that name it and say what was expected. */
static const struct {
    const char *words;
    const char *named;
    const char *expected;
} refused[] = {
    {"", "0 arguments", "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT"},
    {"a.png", "1 arguments", "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT"},
    {"a.png 1x1 0,0", "3 arguments", "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT"},
    {"a.png 1x1 0,0 1,1 more", "'more'", "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT"},
    {"a.png 10x 0,0 1,1", "size '10x'", "WIDTHxHEIGHT"},
    {"a.png 0x5 0,0 1,1", "size '0x5'", "WIDTHxHEIGHT"},
    {"a.png -5x5 0,0 1,1", "size '-5x5'", "WIDTHxHEIGHT"},
    {"a.png 10x20xy 0,0 1,1", "size '10x20xy'", "WIDTHxHEIGHT"},
    {"a.png 1x1 10, 1,1", "upper left corner '10,'", "RE,IM"},
    {"a.png 1x1 ,10 1,1", "upper left corner ',10'", "RE,IM"},
    {"a.png 1x1 0,0 10,20xy", "lower right corner '10,20xy'", "RE,IM"},
    {"a.png 1x1 0,0 inf,1", "lower right corner 'inf,1'", "RE,IM"},
    {"a.png 1x1 nan,0 1,1", "upper left corner 'nan,0'", "RE,IM"},
    {"a.png 10x10 -1e308,0 1e308,1", "'-1e308,0' and '1e308,1'", "smaller"},
    {"a.jpg 1x1 0,0 1,1", "file 'a.jpg'", "png, ppm, pgm, pbm or dump"},
    {"a.png 1x1 0,0 1,1 --format jpg", "--format 'jpg'", "png, ppm, pgm, pbm or dump"},
    {"--iterations 0 a.png 1x1 0,0 1,1", "--iterations '0'", "1 to 1000000000"},
    {"--iterations -5 a.png 1x1 0,0 1,1", "--iterations '-5'", "1 to 1000000000"},
    {"--iterations 1000000001", "--iterations '1000000001'", "1 to 1000000000"},
    {"--threads 0", "--threads '0'", "1 to 4096"},
    {"--threads 4097", "--threads '4097'", "1 to 4096"},
    {"--threads=2x", "--threads '2x'", "1 to 4096"},
    {"--threads=", "--threads ''", "1 to 4096"},
    {"--bench --runs 0", "--runs '0'", "1 to 1000"},
    {"--threads", "'--threads'", "a value"},
    {"--foo a.png 1x1 0,0 1,1", "'--foo'", "--help"},
    {"-x a.png 1x1 0,0 1,1", "'-x'", "--help"},
    {"--s a.png 1x1 0,0 1,1", "'--s'", "--help"},
    {"--bench=yes", "'--bench=yes'", "no value"},
    {"--bench a", "1 arguments", "FILE WIDTHxHEIGHT"},
    {"--bench 1x1 0,0", "2 arguments", "FILE WIDTHxHEIGHT"},
    {"a.png 1x1 0,0 1,1 --precision half", "--precision 'half'", "double or float"},
    {"a.png 1x1 0,0 1,1 --precision=", "--precision ''", "double or float"},
    {"a.png 1x1 0,0 1,1 --fast=1", "'--fast=1'", "no value"},
    {"a.png 1x1 0,0 1,1 --zoom", "'--zoom'", "a value"},
};

Test(options, what_is_wrong_is_named_with_what_was_expected)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        words_expect_refused(refused[i].words, refused[i].named, refused[i].expected);
}

Test(options, the_help_names_every_option)
{
    for (int i = 0; i < MANDEL_OPTIONS; i++) {
        char name[40];
        snprintf(name, sizeof name, " --%s ", mandel_option_name((mandel_option)i));
        cr_expect_not_null(strstr(mandel_options_help, name), "%s", name);
    }
    cr_expect_not_null(strstr(mandel_options_help, " --help "));
    cr_expect_not_null(strstr(mandel_options_help, " --version "));
}

/* A line of the help fits on a terminal. */
Test(options, the_help_s_lines_are_short)
{
    for (const char *line = mandel_options_help; *line != '\0';) {
        const char *const end = strchr(line, '\n');
        cr_assert_not_null(end, "the last line has no end");
        cr_expect_lt(end - line, 100, "%.*s", (int)(end - line), line);
        line = end + 1;
    }
}
