/* SPDX-License-Identifier: MIT */
/* program.h - runs the real program, as a process of its own in a folder of its own. */
#ifndef TESTS_MANDELBROT_PROGRAM_H
#define TESTS_MANDELBROT_PROGRAM_H

#include "mandelbrot/base/folder.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

/* One run. status is the exit status, or 1000 + the signal that ended it. */
typedef struct program {
    pid_t pid;
    FILE *out_file;
    FILE *err_file;
    int status;
    char *out; /* what it wrote, with a 0 after the end */
    size_t n_out;
    char *err;
    size_t n_err;
    size_t peak; /* bytes that it had in memory at most */
} program;

enum { PROGRAM_MOST_WORDS = 32, PROGRAM_SIGNALED = 1000 };

/* What happens in the process before the program starts, for example to its standard streams. */
typedef void program_setup_fn(void);

/* Starts it with arguments, NULL after the last one. `setup` may be NULL. */
program program_start(const folder *f, const char *const arguments[], program_setup_fn *setup);

/* Waits for its end and collects what it said. */
void program_finish(program *p);

/* Both, for arguments that are separated by single spaces. */
program program_run(const folder *f, const char *words);
program program_run_with(const folder *f, const char *words, program_setup_fn *setup);

void program_free(program *p);

/* Whether it said one line on stderr, which begins with its name. */
bool program_complained(const program *p);

#endif
