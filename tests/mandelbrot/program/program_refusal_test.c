/* SPDX-License-Identifier: MIT */
/* program_refusal_test.c - wrong arguments, files that cannot be written, and a program that is
 * ended in the middle: one line, the right status, and no file. */
#include "mandelbrot/program/program.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define SMALL "64x48 -2.25,1.125 0.75,-1.125"

/* Status 2 with a line that has the two texts in it. */
static const struct {
    const char *words;
    const char *named;
    const char *expected;
} wrong_arguments[] = {
    {"", "0 arguments", "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT"},
    {"a.png 10x10 1,1", "3 arguments", "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT"},
    {"a.png 10x10 1,1 2,2 3,3", "'3,3'", "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT"},
    {"a.png 10 1,1 2,2", "size '10'", "WIDTHxHEIGHT"},
    {"--clbg 0", "--clbg '0'", "whole number"},
    {"--clbg 200 a.png", "'a.png'", "only options"},
    {"--clbg 200 --format png", "--format", "--clbg"},
    {"--clbg 200 --iterations 60", "--iterations", "--clbg"},
    {"--clbg 200 --show-workers", "--show-workers", "--clbg"},
    {"a.png 10x10 --zoom 0", "--zoom '0'", "a number above 0"},
    {"a.png 10x10 --zoom nan", "--zoom 'nan'", "a number above 0"},
    {"a.png 10x10 --zoom 1e20", "zoom 1e+20", "in double: expected at most"},
    {"a.png 10x10 --zoom 1e9 --precision float", "zoom 1e+09", "in float: expected at most"},
    {"a.png 10x10 --center 1", "--center '1'", "RE,IM"},
    {"a.png 10x10 1,1 2,2 --zoom 2", "4 arguments", "FILE WIDTHxHEIGHT with --center or --zoom"},
    {"a.png 10x10 1,1 2,2 --colour blue", "--colour 'blue'", "grey, smooth, histogram or distance"},
    {"a.png 10x10 1,1 2,2 --palette no", "palette 'no'", "--list-palettes"},
    {"a.png 10x10 1,1 2,2 --period 2", "--period", "--colour or --palette"},
    {"a.png 10x10 1,1 2,2 --antialias 1", "--antialias '1'", "from 2 to 16"},
    {"a.png 10x10 1,1 2,2 --precision half", "--precision 'half'", "double or float"},
    {"a.pgm 10x10 1,1 2,2 --colour smooth", "--colour", "png or ppm"},
    {"a.pbm 10x10 1,1 2,2 --antialias 2", "--antialias", "png, ppm or pgm"},
    {"a.dump 10x10 1,1 2,2 --palette fire", "--palette", "dump"},
    {"a.dump 2147483647x2147483647 1,1 2,2", "size '2147483647x2147483647'", "memory"},
    {"a.png --recolour no.dump", "dump 'no.dump'", "No such file"},
    {"a.png 10x10 --recolour a.dump", "2 arguments", "FILE alone"},
    {"a.png 10x10 1,1 2,2 --kernel mmx", "--kernel 'mmx'", "expected scalar"},
    {"a.png 0x5 1,1 2,2", "size '0x5'", "WIDTHxHEIGHT"},
    {"a.png -5x5 1,1 2,2", "size '-5x5'", "WIDTHxHEIGHT"},
    {"a.png 10x20xy 1,1 2,2", "size '10x20xy'", "WIDTHxHEIGHT"},
    {"a.png 10,20 1,1 2,2", "size '10,20'", "WIDTHxHEIGHT"},
    {"a.png 10x10 10, 2,2", "corner '10,'", "RE,IM"},
    {"a.png 10x10 ,10 2,2", "corner ',10'", "RE,IM"},
    {"a.png 10x10 1,1 10,20xy", "corner '10,20xy'", "RE,IM"},
    {"a.png 10x10 -inf,0 2,2", "-inf", "--help"},
    {"a.png 10x10 1,inf 2,2", "corner '1,inf'", "RE,IM"},
    {"a.png 10x10 nan,1 2,2", "corner 'nan,1'", "RE,IM"},
    {"a.png 10x10 -1e308,1 1e308,2", "'-1e308,1'", "smaller view"},
    {"a.png 2147483647x2147483647 1,1 2,2", "size '2147483647x2147483647'", "memory"},
    {"a.ppm 2147483647x2147483647 1,1 2,2", "size '2147483647x2147483647'", "memory"},
    {"a.png 2147483648x1 1,1 2,2", "size '2147483648x1'", "2147483647"},
    {"a.gif 10x10 1,1 2,2", "file 'a.gif'", "png, ppm, pgm, pbm or dump"},
    {"a.png 10x10 1,1 2,2 --format gif", "'gif'", "png, ppm, pgm, pbm or dump"},
    {"a.png 10x10 1,1 2,2 --iterations 0", "--iterations '0'", "from 1 to"},
    {"a.png 10x10 1,1 2,2 --threads -2", "--threads '-2'", "from 1 to 4096"},
    {"a.png 10x10 1,1 2,2 --threads 9x", "--threads '9x'", "from 1 to 4096"},
    {"a.png 10x10 1,1 2,2 --nonsense", "'--nonsense'", "--help"},
    {"a.pgm 10x10 1,1 2,2 --show-workers", "--show-workers", "png or ppm"},
    {"a.png 10x10 1,1 2,2 --json", "--json", "--bench"},
    {"--bench 2147483647x2147483647 1,1 2,2", "size '2147483647x2147483647'", "memory"},
};

Test(program_refusal, wrong_arguments)
{
    folder f = folder_make();
    for (size_t i = 0; i < sizeof wrong_arguments / sizeof wrong_arguments[0]; i++) {
        const char *const words = wrong_arguments[i].words;
        program p = program_run(&f, words);
        cr_expect_eq(p.status, 2, "'%s': status %d", words, p.status);
        cr_expect(program_complained(&p), "'%s': %s", words, p.err);
        cr_expect_not_null(strstr(p.err, wrong_arguments[i].named), "'%s': %s", words, p.err);
        cr_expect_not_null(strstr(p.err, wrong_arguments[i].expected), "'%s': %s", words, p.err);
        cr_expect_str_eq(p.out, "");
        cr_expect_eq(folder_files(&f), 0, "'%s' left a file", words);
        program_free(&p);
    }
    folder_remove(&f);
}

/* The palette is looked at before anything is written. */
Test(program_refusal, a_palette_that_is_none)
{
    folder f = folder_make();
    folder_write(folder_path(&f, "bad.map"), "1 2 3\n1 2 300\n");
    program p = program_run(&f, "a.png " SMALL " --palette bad.map");
    cr_assert_eq(p.status, 2);
    cr_assert(program_complained(&p), "%s", p.err);
    cr_assert_not_null(strstr(p.err, "palette 'bad.map': line 2 '1 2 300': expected R G B"), "%s",
                       p.err);
    cr_assert_eq(folder_files(&f), 1);
    program_free(&p);
    folder_remove(&f);
}

static void choose_wrong_kernel(void)
{
    setenv("PAR_MANDELBROT_KERNEL", "mmx", 1);
}

Test(program_refusal, a_kernel_that_the_environment_names)
{
    folder f = folder_make();
    program p = program_run_with(&f, "a.png " SMALL, choose_wrong_kernel);
    cr_assert_eq(p.status, 2);
    cr_assert(program_complained(&p), "%s", p.err);
    cr_assert_not_null(strstr(p.err, "PAR_MANDELBROT_KERNEL 'mmx': expected scalar"), "%s", p.err);
    cr_assert_str_eq(p.out, "");
    cr_assert_eq(folder_files(&f), 0);
    program_free(&p);
    /* The command line comes first. */
    p = program_run_with(&f, "a.png " SMALL " --kernel scalar", choose_wrong_kernel);
    cr_assert_eq(p.status, 0, "%s", p.err);
    program_free(&p);
    folder_remove(&f);
}

Test(program_refusal, odd_texts_are_still_one_line)
{
    static char long_text[3000];
    memset(long_text, '7', sizeof long_text - 1);
    static const char *const texts[] = {"10x10\n\n\033[31m", "", " ", long_text};
    folder f = folder_make();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *const arguments[] = {"a.png", texts[i], "1,1", "2,2", NULL};
        program p = program_start(&f, arguments, NULL);
        program_finish(&p);
        cr_expect_eq(p.status, 2);
        cr_expect(program_complained(&p), "%s", p.err);
        cr_expect_null(strchr(p.err, '\033'));
        cr_expect_lt(p.n_err, 600);
        program_free(&p);
    }
    cr_assert_eq(folder_files(&f), 0);
    folder_remove(&f);
}

/* Runs what must fail with status 1 and one line that has a text in it. */
static void expect_failure(const folder *f, const char *words, program_setup_fn *setup,
                           const char *named)
{
    program p = program_run_with(f, words, setup);
    cr_expect_eq(p.status, 1, "'%s': status %d", words, p.status);
    cr_expect(program_complained(&p), "'%s': %s", words, p.err);
    cr_expect_not_null(strstr(p.err, named), "'%s': %s", words, p.err);
    program_free(&p);
}

Test(program_refusal, files_that_cannot_be_written)
{
    folder f = folder_make();
    expect_failure(&f, "no/a.png " SMALL, NULL, "'no/a.png': No such file or directory");
    expect_failure(&f, ". " SMALL " --format png", NULL, "'.': Is a directory");
    expect_failure(&f, "/dev/full " SMALL, NULL, "'/dev/full': No space left on device");
    cr_assert_eq(folder_files(&f), 0);
    folder_write(folder_path(&f, "file"), "old");
    expect_failure(&f, "file/a.png " SMALL, NULL, "'file/a.png': Not a directory");
    cr_assert_eq(folder_files(&f), 1);
    folder_remove(&f);
}

static void limit_file_size(void)
{
    const struct rlimit limit = {1000, 1000};
    setrlimit(RLIMIT_FSIZE, &limit);
}

Test(program_refusal, a_file_that_grows_too_large)
{
    folder f = folder_make();
    folder_write(folder_path(&f, "a.pgm"), "old");
    expect_failure(&f, "a.pgm 100x100 1,1 2,2", limit_file_size, "'a.pgm': File too large");
    expect_failure(&f, "b.ppm 100x100 1,1 2,2", limit_file_size, "'b.ppm': File too large");
    expect_failure(&f, "b.dump 100x100 1,1 2,2", limit_file_size, "'b.dump': File too large");
    size_t n;
    uint8_t *const bytes = folder_read(folder_path(&f, "a.pgm"), &n);
    cr_assert_str_eq((const char *)bytes, "old");
    free(bytes);
    cr_assert_eq(folder_files(&f), 1);
    folder_remove(&f);
}

static void full_stdout(void)
{
    dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO);
}

static void closed_stdout(void)
{
    close(STDOUT_FILENO);
}

/* A pipe that nobody reads. */
static void broken_stdout(void)
{
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
}

Test(program_refusal, standard_output_that_cannot_be_written)
{
    static const char *const formats[] = {"png", "ppm", "pgm", "pbm", "dump"};
    folder f = folder_make();
    for (size_t i = 0; i < 5; i++) {
        char words[100];
        snprintf(words, sizeof words, "- " SMALL " --format %s", formats[i]);
        expect_failure(&f, words, full_stdout, "standard output: No space left on device");
        expect_failure(&f, words, closed_stdout, "standard output: Bad file descriptor");
        expect_failure(&f, words, broken_stdout, "standard output: Broken pipe");
    }
    expect_failure(&f, "- 1000x1000 1,1 2,2 --format ppm", broken_stdout, "Broken pipe");
    expect_failure(&f, "--help", full_stdout, "standard output: No space left on device");
    expect_failure(&f, "--list-palettes", full_stdout, "No space left on device");
    expect_failure(&f, "--version", full_stdout, "standard output: No space left on device");
    expect_failure(&f, "--bench --json --runs 1 " SMALL, full_stdout, "No space left on device");
    cr_assert_eq(folder_files(&f), 0);
    folder_remove(&f);
}

static void expect_same_files(const folder *f, const char *a, const char *b)
{
    cr_assert(folder_same(f, a, b), "%s and %s differ", a, b);
}

/* par has something to say about its environment, and nowhere to say it. */
static void closed_stderr(void)
{
    setenv("PAR_NUM_THREADS", "abc", 1);
    close(STDERR_FILENO);
}

/* The picture's own file must not get the number of a stream that was closed: what the program or
 * par says would be in it. */
Test(program_refusal, closed_streams_do_not_harm_the_picture)
{
    folder f = folder_make();
    program p = program_run(&f, "a.pgm " SMALL);
    program_free(&p);
    expect_failure(&f, "b.pgm " SMALL " --compare", closed_stdout, "standard output");
    expect_same_files(&f, "a.pgm", "b.pgm");
    p = program_run_with(&f, "c.pgm " SMALL, closed_stderr);
    cr_assert_eq(p.status, 0);
    expect_same_files(&f, "a.pgm", "c.pgm");
    program_free(&p);
    folder_remove(&f);
}

static size_t threads_of(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/task", (long)pid);
    DIR *const dir = opendir(path);
    size_t n = 0;
    if (dir == NULL)
        return 0;
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir))
        n += entry->d_name[0] != '.';
    closedir(dir);
    return n;
}

static bool has_ended(pid_t pid)
{
    siginfo_t info = {.si_pid = 0};
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
}

/* Signals it in the middle of a picture that would take hours: when there is a temporary file
 * beside the old one, and so many threads. */
static void end_in_the_middle(const folder *f, const char *const arguments[], size_t threads,
                              int number)
{
    program p = program_start(f, arguments, NULL);
    while ((folder_files(f) < 2 || threads_of(p.pid) < threads) && !has_ended(p.pid))
        usleep(1000);
    cr_expect_eq(folder_files(f), 2, "the old file and the temporary one");
    kill(p.pid, number);
    program_finish(&p);
    cr_expect_eq(p.status, PROGRAM_SIGNALED + number, "status %d", p.status);
    cr_expect_str_eq(p.out, "");
    cr_expect_str_eq(p.err, "");
    program_free(&p);
    size_t n;
    uint8_t *const bytes = folder_read(folder_path(f, "a.png"), &n);
    cr_expect_str_eq((const char *)bytes, "old");
    free(bytes);
    cr_expect_eq(folder_files(f), 1, "signal %d left a file", number);
}

/* All points of it are inside, and nobody is allowed to know. */
#define SLOW                                                                                       \
    "a.png", "2000x2000", "-0.1,0.1", "0.1,-0.1", "--iterations", "1000000000", "--no-shortcuts",  \
        "--threads", "3"

Test(program_refusal, a_signal_in_the_middle_leaves_no_half_file)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    static const char *const arguments[] = {SLOW, NULL};
    folder f = folder_make();
    folder_write(folder_path(&f, "a.png"), "old");
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        signal(numbers[i], SIG_DFL);
        end_in_the_middle(&f, arguments, 3, numbers[i]);
        /* As soon as there is a file. */
        end_in_the_middle(&f, arguments, 1, numbers[i]);
    }
    folder_remove(&f);
}

Test(program_refusal, nor_does_one_in_the_middle_of_something_else)
{
    static const char *const lines[][20] = {
        {SLOW, "--format", "dump", "--colour", "distance", NULL},
        {SLOW, "--subdivide", "--colour", "smooth", NULL},
        {SLOW, "--colour", "histogram", "--antialias", "2", "--progress", NULL},
        {SLOW, "--fast", "--precision", "float", "--compare", NULL},
    };
    signal(SIGINT, SIG_DFL);
    folder f = folder_make();
    folder_write(folder_path(&f, "a.png"), "old");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        end_in_the_middle(&f, lines[i], 3, SIGINT);
    folder_remove(&f);
}
