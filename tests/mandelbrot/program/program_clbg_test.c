/* SPDX-License-Identifier: MIT */
/* program_clbg_test.c - the program's picture for the Benchmarks Game, and its kernels. */
#include "mandelbrot/field/kernels.h"
#include "mandelbrot/program/program.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

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
