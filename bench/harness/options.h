/* SPDX-License-Identifier: MIT */
/* options.h - the command line that all benchmark programs share. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bench_options {
    const char *json;   /* a file that the results are added to, "-" for stdout; NULL: none */
    const char *filter; /* only benchmarks whose name contains it; NULL: all */
    size_t repeat;      /* samples of each side; 0: as each benchmark has it */
    size_t size;        /* of the problem, as each benchmark means it; 0: its own */
    size_t threads;     /* 0: as many as the runtime chooses */
    bool quick;         /* small problems, few samples: to see that it works, not how fast */
    bool list;          /* names only */
} bench_options;

typedef enum bench_options_result {
    BENCH_OPTIONS_RUN,   /* go on */
    BENCH_OPTIONS_HELP,  /* help was printed */
    BENCH_OPTIONS_WRONG, /* what is wrong was printed */
} bench_options_result;

/* `about` is a sentence for --help on what the program measures, `size` one on what its --size
 * means; NULL: it has no sizes. */
bench_options_result bench_options_read(bench_options *options, const char *program,
                                        const char *about, const char *size, int argc, char **argv);

#endif
