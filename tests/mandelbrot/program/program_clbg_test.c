/* SPDX-License-Identifier: MIT */
/* program_clbg_test.c - the program's picture for the Benchmarks Game, and its kernels. */
#include "mandelbrot/field/kernels.h"
#include "mandelbrot/program/program.h"

#include "support.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The checksum of what was written, by the tool that every system has. */
static void expect_sha256(const program *p, const char *expected)
{
    char name[] = "/tmp/par-clbg-XXXXXX";
    const int fd = mkstemp(name);
    cr_assert_geq(fd, 0);
    FILE *file = fdopen(fd, "wb");
    cr_assert_eq(fwrite(p->out, 1, p->n_out, file), p->n_out);
    fclose(file);
    char command[100];
    snprintf(command, sizeof command, "sha256sum %s", name);
    FILE *sum = popen(command, "r");
    char line[65] = "";
    cr_assert_eq(fread(line, 1, 64, sum), 64);
    pclose(sum);
    remove(name);
    cr_expect_str_eq(line, expected);
}

Test(program_clbg, the_picture_of_the_game_by_every_kernel)
{
    folder f = folder_make();
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++) {
        if (!kernel->runs_here())
            continue;
        char words[100];
        snprintf(words, sizeof words, "--clbg 200 --threads %zu --kernel %s", i + 1, kernel->name);
        program p = program_run(&f, words);
        cr_assert_eq(p.status, 0, "%s", p.err);
        cr_assert_str_eq(p.err, "");
        cr_assert_eq(p.n_out, 5011);
        expect_sha256(&p, "97610473750700638fc63d13cfa49d339b67c18e7f26b3f9c9acb61e746472d5");
        program_free(&p);
    }
    folder_remove(&f);
}

/* Sides that are no multiple of anything have the same rows' beginnings in every kernel. */
Test(program_clbg, odd_sides_are_the_same_by_every_kernel)
{
    static const unsigned sides[] = {1, 7, 8, 9, 41, 203};
    folder f = folder_make();
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        char words[100];
        snprintf(words, sizeof words, "--clbg %u --kernel scalar", sides[i]);
        program plain = program_run(&f, words);
        snprintf(words, sizeof words, "--clbg %u", sides[i]);
        program best = program_run(&f, words);
        cr_assert_eq(plain.status, 0, "%s", plain.err);
        cr_assert_eq(best.n_out, plain.n_out);
        cr_assert_eq(memcmp(best.out, plain.out, plain.n_out), 0, "side %u", sides[i]);
        program_free(&plain);
        program_free(&best);
    }
    folder_remove(&f);
}

/* How it is computed does not matter, and what is said is not mixed with it. */
Test(program_clbg, options_that_may_be_given_change_no_byte)
{
    static const char *const lines[] = {"--clbg 200 --no-shortcuts", "--clbg=200 --threads 7",
                                        "--clbg 200 --progress", "--stats --clbg 200",
                                        "--clbg 200 --compare --threads 2"};
    folder f = folder_make();
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        program p = program_run(&f, lines[i]);
        cr_assert_eq(p.status, 0, "'%s': %s", lines[i], p.err);
        cr_assert_eq(p.n_out, 5011);
        expect_sha256(&p, "97610473750700638fc63d13cfa49d339b67c18e7f26b3f9c9acb61e746472d5");
        program_free(&p);
    }
    cr_assert_eq(folder_files(&f), 0);
    folder_remove(&f);
}

Test(program_clbg, what_breaks_the_rules_is_refused)
{
    static const char *const breaches[][2] = {
        {"--iterations 50", "--iterations"},
        {"--format pbm", "--format"},
        {"--precision float", "--precision"},
        {"--precision double", "--precision"},
        {"--fast", "--fast"},
        {"--subdivide", "--subdivide"},
        {"--center 0,0", "--center"},
        {"--zoom 1", "--zoom"},
        {"--colour grey", "--colour"},
        {"--palette fire", "--palette"},
        {"--antialias 2", "--antialias"},
        {"--recolour a.dump", "--recolour"},
        {"--show-workers", "--show-workers"},
        {"--bench", "--bench"},
        {"--colour smooth --period 2", "--colour"},
    };
    folder f = folder_make();
    for (size_t i = 0; i < sizeof breaches / sizeof breaches[0]; i++) {
        char words[100];
        char expected[150];
        snprintf(words, sizeof words, "--clbg 200 %s", breaches[i][0]);
        snprintf(expected, sizeof expected,
                 "mandelbrot: %s makes no sense with --clbg, whose rules say what is written\n",
                 breaches[i][1]);
        program p = program_run(&f, words);
        cr_expect_eq(p.status, 2, "'%s': status %d", words, p.status);
        cr_expect_str_eq(p.err, expected, "'%s': %s", words, p.err);
        cr_expect_str_eq(p.out, "");
        program_free(&p);
    }
    cr_assert_eq(folder_files(&f), 0);
    folder_remove(&f);
}

static void null_stdout(void)
{
    const int fd = open("/dev/null", O_WRONLY);
    if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0)
        abort();
}

/* In bytes, of the program with two threads. */
static size_t peak_of(const folder *f, unsigned side)
{
    char words[60];
    snprintf(words, sizeof words, "--clbg %u --threads 2", side);
    program p = program_run_with(f, words, null_stdout);
    cr_assert_eq(p.status, 0, "%s", p.err);
    const size_t peak = p.peak;
    program_free(&p);
    return peak;
}

/* A large picture takes a bit for each pixel, and nothing else that grows with it. */
Test(program_clbg, memory_is_the_bitmap_and_little_more)
{
    enum { SIDE = 4000, LITTLE = 8 << 20 };
    if (SUPPORT_ASAN || SUPPORT_TSAN)
        cr_skip_test("sanitizers need memory of their own");
    folder f = folder_make();
    const size_t own = peak_of(&f, 8);
    const size_t all = peak_of(&f, SIDE);
    cr_assert_leq(all, own + (size_t)SIDE * SIDE / 8 + LITTLE, "%zu bytes, of which %zu own", all,
                  own);
    folder_remove(&f);
}

Test(program_clbg, kernels_are_listed)
{
    folder f = folder_make();
    program p = program_run(&f, "--list-kernels");
    cr_assert_eq(p.status, 0);
    cr_assert_not_null(strstr(p.out, "scalar"));
    cr_assert_not_null(strstr(p.out, "default"));
    program_free(&p);
    folder_remove(&f);
}
