/* SPDX-License-Identifier: MIT */
/* program_report_test.c - what the program says about its work. */
#include "mandelbrot/field/reference.h"
#include "mandelbrot/program/json.h"
#include "mandelbrot/program/program.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <par/config.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SMALL "317x97 -2.25,1.125 0.75,-1.125"

/* Runs the program, which must succeed. For the caller to free. */
static program make(const folder *f, const char *words)
{
    const program p = program_run(f, words);
    cr_assert_eq(p.status, 0, "'%s': status %d: %s", words, p.status, p.err);
    return p;
}

static bool contains(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

Test(program_report, a_file_gets_one_line)
{
    folder f = folder_make();
    program p = make(&f, "a.pgm " SMALL " --threads 2");
    cr_assert(contains(p.out, "'a.pgm': 317x97 pgm, 30763 bytes; rendered in "), "%s", p.out);
    cr_assert_eq(strchr(p.out, '\n'), p.out + p.n_out - 1);
    cr_assert_str_eq(p.err, "");
    program_free(&p);
    folder_remove(&f);
}

Test(program_report, a_comparison_tells_the_speed_up)
{
    folder f = folder_make();
    program p = make(&f, "a.png " SMALL " --threads 2 --compare");
    const char *const second = strchr(p.out, '\n') + 1;
    double speed_up = 0.0;
    double parallel = 0.0;
    double serial = 0.0;
    cr_assert_eq(sscanf(second, "speed-up %lf on 2 threads: %lf s, serially %lf s", &speed_up,
                        &parallel, &serial),
                 3, "%s", p.out);
    cr_assert(speed_up > 0.0 && parallel >= 0.0 && serial >= 0.0);
    cr_assert(contains(second, "the same picture\n"));
    cr_assert_eq(folder_files(&f), 1);
    program_free(&p);
    folder_remove(&f);
}

Test(program_report, statistics_add_up)
{
    folder f = folder_make();
    program p = make(&f, "a.png " SMALL " --threads 3 --stats");
    uint64_t pixels = 0;
    const char *line = strchr(p.err, '\n');
    cr_assert(line != NULL && strncmp(p.err, "worker", 6) == 0, "%s", p.err);
    for (line++; *line == ' '; line = strchr(line, '\n') + 1) {
        unsigned long place;
        unsigned long some;
        cr_assert_eq(sscanf(line, "%lu %lu", &place, &some), 2, "%s", p.err);
        pixels += some;
    }
    cr_assert_eq(pixels, 317 * 97);
    cr_assert(contains(line, "stolen") && contains(line, "executed"));
    program_free(&p);
    folder_remove(&f);
}

Test(program_report, a_benchmark_writes_nothing_and_speaks_json)
{
    const reference_view view = {317, 97, -2.25, 1.125, 0.75, -1.125};
    uint64_t iterations = 0;
    for (size_t i = 0; i < 317 * 97; i++)
        iterations +=
            reference_count(reference_re(&view, i % 317), reference_im(&view, i / 317), 99);
    folder f = folder_make();
    folder_write(folder_path(&f, "a.png"), "old");
    program p = make(&f, "--bench --json a.png " SMALL " --threads 2 --runs 3 --iterations 99 "
                         "--stats --no-shortcuts");
    cr_assert(json_is_valid(p.out), "%s", p.out);
    cr_assert(json_number(p.out, "width") == 317 && json_number(p.out, "height") == 97);
    cr_assert(json_number(p.out, "limit") == 99);
    cr_assert(json_number(p.out, "runs") == 3);
    cr_assert(json_number(p.out, "pixels") == 317 * 97);
    cr_assert(json_number(p.out, "iterations") == (double)iterations);
    cr_assert(json_number(p.out, "serial.threads") == 1);
    cr_assert(json_number(p.out, "parallel.threads") == 2);
    static const char *const positive[] = {"serial.seconds.min",      "serial.seconds.median",
                                           "serial.mpixel_per_s",     "parallel.seconds.max",
                                           "parallel.seconds.median", "parallel.mpixel_per_s",
                                           "speed_up.median",         "speed_up.min",
                                           "serial.giteration_per_s", "parallel.seconds.min"};
    for (size_t i = 0; i < sizeof positive / sizeof positive[0]; i++)
        cr_assert(json_number(p.out, positive[i]) > 0.0, "%s in %s", positive[i], p.out);
    cr_assert_eq(strncmp(json_find(p.out, "same_picture"), "true", 4), 0);
    cr_assert_eq(strncmp(p.err, "worker", 6), 0);
    program_free(&p);
    size_t n;
    uint8_t *const bytes = folder_read(folder_path(&f, "a.png"), &n);
    cr_assert_str_eq((const char *)bytes, "old");
    free(bytes);
    cr_assert_eq(folder_files(&f), 1);
    folder_remove(&f);
}

/* Where the end is known, nothing is executed, and the report does not say otherwise. */
Test(program_report, a_benchmark_counts_what_was_executed)
{
    folder f = folder_make();
    program all = make(&f, "--bench --json --runs 1 " SMALL " --no-shortcuts");
    program less = make(&f, "--bench --json --runs 1 " SMALL);
    program filled = make(&f, "--bench --json --runs 1 " SMALL " --no-shortcuts --subdivide");
    cr_assert(json_number(filled.out, "pixels") == json_number(all.out, "pixels"));
    cr_assert(json_number(filled.out, "iterations") < json_number(all.out, "iterations"));
    cr_assert(json_number(less.out, "pixels") == json_number(all.out, "pixels"));
    cr_assert(json_number(less.out, "iterations") > 0.0);
    cr_assert(json_number(less.out, "iterations") < json_number(all.out, "iterations"));
    cr_assert_eq(strncmp(json_find(all.out, "shortcuts"), "false", 5), 0);
    cr_assert_eq(strncmp(json_find(less.out, "shortcuts"), "true", 4), 0);
    program_free(&all);
    program_free(&less);
    program_free(&filled);
    folder_remove(&f);
}

Test(program_report, a_benchmark_measures_colours_too)
{
    static const char *const more[] = {"--colour smooth", "--colour histogram", "--subdivide",
                                       "--colour distance --antialias 2", "--fast --zoom 3"};
    folder f = folder_make();
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        char words[120];
        snprintf(words, sizeof words, "--bench --json --runs 1 %s %s",
                 strstr(more[i], "zoom") != NULL ? "97x60" : SMALL, more[i]);
        program p = make(&f, words);
        cr_expect(json_is_valid(p.out), "%s", p.out);
        cr_expect_eq(strncmp(json_find(p.out, "same_picture"), "true", 4), 0, "'%s'", words);
        cr_expect_str_eq(p.err, "");
        program_free(&p);
    }
    cr_assert_eq(folder_files(&f), 0);
    folder_remove(&f);
}

Test(program_report, a_benchmark_speaks_to_people_too)
{
    folder f = folder_make();
    program p = make(&f, SMALL " --bench --runs 2");
    cr_assert(contains(p.out, "317x97, -2.25,1.125 to 0.75,-1.125, 255 iterations"), "%s", p.out);
    cr_assert(contains(p.out, "\nserial ") && contains(p.out, "\nparallel "));
    cr_assert(contains(p.out, "Mpixel/s") && contains(p.out, "Giterations/s"));
    cr_assert(contains(p.out, "\nspeed-up  ") && contains(p.out, "in 2 pairs of runs"));
    cr_assert_str_eq(p.err, "");
    program_free(&p);
    cr_assert_eq(folder_files(&f), 0);
    folder_remove(&f);
}

Test(program_report, help_and_version)
{
    folder f = folder_make();
    program p = make(&f, "--help");
    cr_assert(contains(p.out, "mandelbrot FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT"));
    cr_assert(contains(p.out, "--show-workers") && contains(p.out, "--recolour DUMP"));
    program_free(&p);
    p = make(&f, "--version");
    cr_assert_str_eq(p.out, "mandelbrot, par " PAR_VERSION "\n");
    program_free(&p);
    folder_remove(&f);
}

static int terminal;

static void stderr_is_the_terminal(void)
{
    const int fd = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    if (fd < 0 || dup2(fd, STDERR_FILENO) < 0)
        abort();
}

/* Whether a bar is drawn depends on the time; that it is removed at the end does not. */
Test(program_report, progress_is_for_terminals)
{
    folder f = folder_make();
    program p = make(&f, "a.png " SMALL " --progress");
    cr_assert_str_eq(p.err, "");
    program_free(&p);
    terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    cr_assert(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
    const int held = open(ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
    p = program_run_with(&f, "a.png " SMALL " --progress", stderr_is_the_terminal);
    cr_assert_eq(p.status, 0);
    char text[4096] = "";
    const ssize_t n = read(terminal, text, sizeof text - 1);
    cr_assert_geq(n, 4);
    cr_assert_str_eq(text + n - 4, "\r\033[K", "'%s'", text);
    close(held);
    close(terminal);
    program_free(&p);
    folder_remove(&f);
}

/* A picture is nothing for a terminal. */
static void stdout_is_the_terminal(void)
{
    const int fd = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0)
        abort();
}

Test(program_report, no_picture_goes_to_a_terminal)
{
    folder f = folder_make();
    terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    cr_assert(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
    program p = program_run_with(&f, "- " SMALL, stdout_is_the_terminal);
    cr_assert_eq(p.status, 2);
    cr_assert(program_complained(&p), "%s", p.err);
    close(terminal);
    program_free(&p);
    folder_remove(&f);
}
