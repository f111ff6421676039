/* SPDX-License-Identifier: MIT */
/* options_test.c - the command line: what stands where, and what is refused with which words. */
#include "mandelbrot/program/options.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 24 };

static char message[MANDEL_MESSAGE_SIZE];

/* Parses words that are separated by single spaces. What the options point to stays until the next
 * call. */
static bool parse(const char *words, mandel_options *options)
{
    static char text[1000];
    char *argv[MOST_WORDS + 1] = {NULL};
    int argc = 0;
    snprintf(text, sizeof text, "mandelbrot %s", words);
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
        cr_assert_lt(argc, MOST_WORDS);
        argv[argc++] = word;
    }
    message[0] = '\0';
    return mandel_options_parse(options, argc, argv, message);
}

static void expect_book(const char *words)
{
    mandel_options o;
    cr_assert(parse(words, &o), "'%s': %s", words, message);
    cr_assert_eq(o.mode, MANDEL_MODE_PICTURE);
    cr_assert_str_eq(o.file, "mandel.png");
    cr_assert_str_eq(o.size, "1000x750");
    cr_assert(o.view.width == 1000 && o.view.height == 750);
    cr_assert(o.view.upper_left.re == -1.2 && o.view.upper_left.im == 0.35);
    cr_assert(o.view.lower_right.re == -1.0 && o.view.lower_right.im == 0.2);
}

Test(options, the_command_of_the_book)
{
    mandel_options o;
    expect_book("mandel.png 1000x750 -1.20,0.35 -1,0.20");
    cr_assert(parse("mandel.png 1000x750 -1.20,0.35 -1,0.20", &o));
    cr_assert(o.iterations == 255 && o.threads == 0 && o.format == MANDEL_FORMAT_PNG);
    cr_assert(o.layout == MANDEL_LAYOUT_GREY);
    cr_assert_not(o.progress || o.show_workers || o.stats || o.compare || o.json);
}

Test(options, a_kernel_is_named_or_the_best)
{
    mandel_options o;
    static const char picture[] = "a.png 10x10 -1,1 1,-1";
    char words[100];
    unsetenv("PAR_MANDELBROT_KERNEL");
    cr_assert(parse(picture, &o));
    cr_assert_eq(o.kernel, mandel_kernels_best());
    snprintf(words, sizeof words, "%s --kernel scalar", picture);
    cr_assert(parse(words, &o));
    cr_assert_str_eq(o.kernel->name, "scalar");
    setenv("PAR_MANDELBROT_KERNEL", "scalar", 1);
    cr_assert(parse(picture, &o));
    cr_assert_str_eq(o.kernel->name, "scalar");
    setenv("PAR_MANDELBROT_KERNEL", "mmx", 1);
    cr_assert_not(parse(picture, &o));
    cr_assert_not_null(strstr(message, "PAR_MANDELBROT_KERNEL 'mmx': expected scalar"), "%s",
                       message);
    cr_assert(parse(words, &o), "the command line comes first");
    setenv("PAR_MANDELBROT_KERNEL", "", 1);
    cr_assert(parse(picture, &o));
    unsetenv("PAR_MANDELBROT_KERNEL");
}

Test(options, the_benchmarks_game)
{
    mandel_options o;
    cr_assert(parse("--clbg 200 --threads 3", &o), "%s", message);
    cr_assert(o.clbg && o.mode == MANDEL_MODE_PICTURE && o.threads == 3);
    cr_assert(o.view.width == 200 && o.view.height == 200 && o.iterations == 50);
    cr_assert(o.format == MANDEL_FORMAT_PBM && o.layout == MANDEL_LAYOUT_BITS);
    cr_assert_not(parse("--clbg 200 --iterations 60", &o));
    cr_assert_not(parse("--clbg 200 --bench", &o));
    cr_assert(parse("--list-kernels", &o));
    cr_assert_eq(o.mode, MANDEL_MODE_LIST_KERNELS);
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
        mandel_options o;
        expect_book(lines[i]);
        cr_assert(parse(lines[i], &o));
        cr_assert_eq(o.threads, 3, "'%s'", lines[i]);
    }
}

Test(options, every_option_is_read)
{
    mandel_options o;
    cr_assert(parse("--iterations 1000 --threads 4096 --format ppm --progress --show-workers "
                    "--stats a 1x1 0,0 1,1",
                    &o),
              "%s", message);
    cr_assert(o.iterations == 1000 && o.threads == 4096 && o.format == MANDEL_FORMAT_PPM);
    cr_assert(o.progress && o.show_workers && o.stats && o.layout == MANDEL_LAYOUT_RGB);
    cr_assert(parse("--compare --iterations=1000000000 a.pbm 1x1 0,0 1,1", &o), "%s", message);
    cr_assert(o.compare && o.iterations == 1000000000 && o.layout == MANDEL_LAYOUT_BITS);
    cr_assert(parse("--bench --json --runs 7 --stats", &o), "%s", message);
    cr_assert(o.mode == MANDEL_MODE_BENCH && o.json && o.runs == 7 && o.stats);
}

Test(options, numbers_below_zero_are_positions)
{
    mandel_options o;
    cr_assert(parse("-1.png 10x20 -.5,-.25 -0,-1e-3", &o), "%s", message);
    cr_assert_str_eq(o.file, "-1.png");
    cr_assert(o.view.upper_left.re == -0.5 && o.view.upper_left.im == -0.25);
    cr_assert(o.view.lower_right.im == -0.001);
    cr_assert(parse("-- --x.pgm 10x20 -.5,-.25 -0,-1e-3", &o), "%s", message);
    cr_assert_str_eq(o.file, "--x.pgm");
    cr_assert_eq(o.format, MANDEL_FORMAT_PGM);
    cr_assert(parse("- 10x20 1,1 2,2", &o), "%s", message);
    cr_assert_str_eq(o.file, "-");
}

Test(options, the_format_is_given_or_taken_from_the_file)
{
    mandel_options o;
    cr_assert(parse("a.pgm 1x1 0,0 1,1", &o) && o.format == MANDEL_FORMAT_PGM);
    cr_assert(parse("a.pgm 1x1 0,0 1,1 --format pbm", &o) && o.format == MANDEL_FORMAT_PBM);
    cr_assert(parse("a.jpg 1x1 0,0 1,1 --format png", &o) && o.format == MANDEL_FORMAT_PNG);
    cr_assert(parse("- 1x1 0,0 1,1 --format ppm", &o) && o.format == MANDEL_FORMAT_PPM);
}

Test(options, a_benchmark_needs_no_file_and_no_view)
{
    mandel_options o;
    cr_assert(parse("--bench", &o), "%s", message);
    cr_assert(o.view.width == 4000 && o.view.height == 3000 && o.runs == 5);
    cr_assert(parse("100x50 --bench -1,1 1,-1", &o), "%s", message);
    cr_assert(o.view.width == 100 && o.view.upper_left.re == -1.0);
    cr_assert(parse("file.jpg 100x50 -1,1 1,-1 --bench", &o), "%s", message);
    cr_assert(o.view.height == 50 && o.view.lower_right.im == -1.0);
}

Test(options, help_and_version_win)
{
    mandel_options o;
    cr_assert(parse("--help", &o) && o.mode == MANDEL_MODE_HELP);
    cr_assert(parse("nonsense -h", &o) && o.mode == MANDEL_MODE_HELP);
    cr_assert(parse("--version --foo", &o) && o.mode == MANDEL_MODE_VERSION);
    cr_assert(parse("-V", &o) && o.mode == MANDEL_MODE_VERSION);
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
    {"a.jpg 1x1 0,0 1,1", "file 'a.jpg'", "png, ppm, pgm or pbm"},
    {"a.png 1x1 0,0 1,1 --format jpg", "--format 'jpg'", "png, ppm, pgm or pbm"},
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
    {"--bench --compare", "--compare", "--bench"},
    {"--bench --show-workers", "--show-workers", "--bench"},
    {"--bench --progress", "--progress", "--bench"},
    {"--json a.png 1x1 0,0 1,1", "--json", "--bench"},
    {"--runs 3 a.png 1x1 0,0 1,1", "--runs", "--bench"},
    {"--compare --show-workers a.png 1x1 0,0 1,1", "--compare", "--show-workers"},
    {"--show-workers a.pgm 1x1 0,0 1,1", "--show-workers", "png or ppm"},
    {"--show-workers a.png --format pbm 1x1 0,0 1,1", "--show-workers", "png or ppm"},
};

Test(options, what_is_wrong_is_named_with_what_was_expected)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        mandel_options o;
        cr_expect_not(parse(refused[i].words, &o), "'%s'", refused[i].words);
        cr_expect_not_null(strstr(message, refused[i].named), "'%s': %s", refused[i].words,
                           message);
        cr_expect_not_null(strstr(message, refused[i].expected), "'%s': %s", refused[i].words,
                           message);
        cr_expect_null(strchr(message, '\n'));
    }
}

Test(options, the_help_names_every_option)
{
    static const char *const names[] = {"--iterations", "--threads", "--format",  "--progress",
                                        "--compare",    "--stats",   "--bench",   "--runs",
                                        "--json",       "--help",    "--version", "--show-workers"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        cr_expect_not_null(strstr(mandel_options_help, names[i]), "%s", names[i]);
}
