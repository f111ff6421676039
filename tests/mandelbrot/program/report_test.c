/* SPDX-License-Identifier: MIT */
/* report_test.c - results as lines, tables and JSON. */
#include "mandelbrot/program/report.h"

#include "mandelbrot/program/json.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const mandel_kernel some_kernel = {.name = "scalar"};

static const mandel_options some_options = {
    .file = "a.pgm",
    .view = {2000, 1000, {-1.2, 0.35}, {-1.0, 0.2}},
    .format = MANDEL_FORMAT_PGM,
    .kernel = &some_kernel,
    .iterations = 300,
};

static const mandel_bench some_bench = {
    .runs = 5,
    .threads = 2,
    .pixels = 2000000,
    .iterations = 4000000000,
    .serial = {4.0, 3.5, 5.0},
    .parallel = {2.0, 1.9, 2.25},
    .speed_up = {2.0, 1.75, 2.125},
    .same = true,
};

static mandel_tally tallies[3] = {{1500000, 30}, {0, 0}, {500000, 10}};

static const mandel_crew some_crew = {.threads = 2, .places = 3, .tallies = tallies};

typedef struct page {
    char *text;
    size_t n;
    FILE *stream;
} page;

static page *page_open(void)
{
    static page p;
    p.stream = open_memstream(&p.text, &p.n);
    cr_assert_not_null(p.stream);
    return &p;
}

static const char *page_text(page *p)
{
    fclose(p->stream);
    return p->text;
}

Test(report, a_picture_is_one_line)
{
    page *const p = page_open();
    const mandel_times times = {.parallel = 0.5, .write = 0.125};
    mandel_report_picture(p->stream, &some_options, &some_options.view, &some_crew, &times,
                          2000016);
    cr_assert_str_eq(page_text(p), "'a.pgm': 2000x1000 pgm, 2000016 bytes; rendered in 0.500 s on "
                                   "2 threads (4.0 Mpixel/s), written in 0.125 s\n");
    free(p->text);
}

/* The view of a recoloured dump is not that of the options. */
Test(report, a_picture_s_size_is_that_of_its_view)
{
    page *const p = page_open();
    const mandel_view view = {10, 20, {0, 0}, {1, 1}};
    const mandel_times times = {.parallel = 0.0001, .write = 0.25};
    const mandel_crew one = {.threads = 1};
    mandel_report_picture(p->stream, &some_options, &view, &one, &times, 99);
    cr_assert_str_eq(page_text(p), "'a.pgm': 10x20 pgm, 99 bytes; rendered in 0.000 s on 1 thread "
                                   "(2.0 Mpixel/s), written in 0.250 s\n");
    free(p->text);
}

Test(report, a_comparison_is_one_line)
{
    page *const p = page_open();
    const mandel_times times = {.parallel = 0.5, .serial = 0.75, .write = 0.125};
    mandel_report_compare(p->stream, &some_crew, &times);
    cr_assert_str_eq(page_text(p),
                     "speed-up 1.50 on 2 threads: 0.500 s, serially 0.750 s; the same picture\n");
    free(p->text);
}

Test(report, workers_have_their_shares)
{
    page *const p = page_open();
    mandel_report_stats(p->stream, &some_crew);
    const char *const text = page_text(p);
    cr_assert_not_null(strstr(text, "     0     1500000  75.0 %             30  75.0 %\n"), "%s",
                       text);
    cr_assert_null(strstr(text, "\n     1 "), "who did nothing has no line: %s", text);
    cr_assert_not_null(strstr(text, "     2      500000  25.0 %             10  25.0 %\n"));
    cr_assert_not_null(strstr(text, "stolen"));
    free(p->text);
}

Test(report, a_benchmark_as_text)
{
    page *const p = page_open();
    mandel_report_bench(p->stream, &some_options, &some_bench);
    const char *const text = page_text(p);
    static const char *const parts[] = {
        "2000x1000, -1.2,0.35 to -1,0.2, 300 iterations",
        "kernel    scalar, double\n",
        "threads   2\n",
        "serial       4.0000    3.5000    5.0000        0.50         1.0000\n",
        "parallel     2.0000    1.9000    2.2500        1.00         2.0000\n",
        "speed-up  2.000 (1.750 to 2.125 in 5 pairs of runs)\n",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        cr_assert_not_null(strstr(text, parts[i]), "no '%s' in:\n%s", parts[i], text);
    free(p->text);
}

static void expect_number(const char *text, const char *path, double value)
{
    const double found = json_number(text, path);
    cr_assert(found == value, "%s is %g in:\n%s", path, found, text);
}

static void expect_start(const char *text, const char *path, const char *value)
{
    const char *const found = json_find(text, path);
    cr_assert_not_null(found, "no %s in:\n%s", path, text);
    cr_assert_eq(strncmp(found, value, strlen(value)), 0, "%s in:\n%s", path, text);
}

Test(report, a_benchmark_as_json)
{
    page *const p = page_open();
    mandel_report_json(p->stream, &some_options, &some_bench);
    const char *const text = page_text(p);
    cr_assert(json_is_valid(text), "%s", text);
    expect_number(text, "width", 2000);
    expect_number(text, "height", 1000);
    expect_number(text, "limit", 300);
    expect_number(text, "pixels", 2000000);
    expect_number(text, "iterations", 4e9);
    expect_number(text, "runs", 5);
    expect_number(text, "serial.threads", 1);
    expect_number(text, "serial.seconds.median", 4.0);
    expect_number(text, "serial.seconds.min", 3.5);
    expect_number(text, "serial.seconds.max", 5.0);
    expect_number(text, "serial.mpixel_per_s", 0.5);
    expect_number(text, "serial.giteration_per_s", 1.0);
    expect_number(text, "parallel.threads", 2);
    expect_number(text, "parallel.seconds.median", 2.0);
    expect_number(text, "parallel.mpixel_per_s", 1.0);
    expect_number(text, "parallel.giteration_per_s", 2.0);
    expect_number(text, "speed_up.median", 2.0);
    expect_number(text, "speed_up.min", 1.75);
    expect_number(text, "speed_up.max", 2.125);
    cr_assert_eq(strncmp(json_find(text, "upper_left"), "[-1.2, 0.35]", 12), 0);
    expect_start(text, "same_picture", "true");
    expect_start(text, "kernel", "\"scalar\"");
    expect_start(text, "precision", "\"double\"");
    expect_start(text, "fast", "false");
    expect_start(text, "shortcuts", "true");
    free(p->text);
}

/* How it was computed is told, as it makes a difference. */
Test(report, a_benchmark_tells_how_it_was_computed)
{
    mandel_options options = some_options;
    options.precision = MANDEL_FLOAT;
    options.given = UINT32_C(1) << MANDEL_OPTION_FAST | UINT32_C(1) << MANDEL_OPTION_NO_SHORTCUTS;
    mandel_bench bench = some_bench;
    bench.same = false;
    page *const p = page_open();
    mandel_report_bench(p->stream, &options, &bench);
    cr_assert_not_null(strstr(page_text(p), "kernel    scalar, float, fast\n"), "%s", p->text);
    free(p->text);
    page_open();
    mandel_report_json(p->stream, &options, &bench);
    const char *const text = page_text(p);
    cr_assert(json_is_valid(text), "%s", text);
    expect_start(text, "precision", "\"float\"");
    expect_start(text, "fast", "true");
    expect_start(text, "shortcuts", "false");
    expect_start(text, "same_picture", "false");
    free(p->text);
}

/* The reader that the tests trust must refuse something. */
Test(report, the_test_s_own_json_reader_is_strict)
{
    static const char *const bad[] = {"",        "{",        "{\"a\":1,}", "[1 2]", "{a:1}", "01",
                                      "1.",      "nan",      "inf",        "[1]]",  "-",     "\"a",
                                      "{\"a\"}", "{\"a\":}", "1e",         "tru",   "[,]",   ".5"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_expect_not(json_is_valid(bad[i]), "%s", bad[i]);
    static const char nested[] =
        " { \"ab\" : {\"a\": 1}, \"a\" : { \"b\" : -2.5e1, \"c\": [{}] } } ";
    cr_assert(json_is_valid(nested));
    cr_assert(json_number(nested, "a.b") == -25.0);
    cr_assert(json_number(nested, "ab.a") == 1.0);
    cr_assert_null(json_find(nested, "a.x"));
    cr_assert_null(json_find(nested, "x"));
}
