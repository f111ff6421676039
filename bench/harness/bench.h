/* SPDX-License-Identifier: MIT */
/* bench.h - measures, and prints what it measured as text and as JSON. Every benchmark program uses
 * it. It never judges: no number fails anything, only a wrong answer does. It knows no runtime; the
 * program says which one it measures.
 *
 * B1  The sides of a case are measured in turns, one sample each, again and again. Which one begins
 *     moves on by one each time. So what disturbs the machine for a while disturbs all sides.
 * B2  A ratio is that of two samples of the same turn; its spread is that of these quotients.
 * B3  Answers are looked at after every run, warm-up included, outside the measured time. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "harness/machine.h"
#include "harness/options.h"
#include "harness/spread.h"

#include <stdio.h>

/* What samples are counted in. Times are measured in nanoseconds and divided by `ns`. */
typedef struct bench_unit {
    const char *name;
    double ns;
} bench_unit;

extern const bench_unit bench_unit_s;
extern const bench_unit bench_unit_ms;
extern const bench_unit bench_unit_us;
extern const bench_unit bench_unit_ns;
extern const bench_unit bench_unit_count; /* not a time: for sides that count */

/* One of the things that are compared. Either `run` is timed, or `measure` measures itself and
 * returns a sample in nanoseconds (of bench_unit_count: a number), or NaN when it got none. */
typedef struct bench_side {
    const char *name;
    void (*run)(void *ctx);
    double (*measure)(void *ctx);
    bool (*is_right)(void *ctx); /* NULL: nothing to check */
    void *ctx;
} bench_side;

/* The samples of side `over` divided by those of side `under`. */
typedef struct bench_ratio {
    const char *name;
    size_t over;
    size_t under;
} bench_ratio;

typedef struct bench_parameter {
    const char *name;
    double value;
} bench_parameter;

typedef struct bench_case {
    const char *name; /* the noun, or noun/kind */
    bench_unit unit;
    double items;   /* that a sample is divided by; 0: 1 */
    size_t repeat;  /* samples of each side, without --repeat and --quick */
    size_t warm_up; /* runs of each side before the first sample */
    const bench_side *sides;
    size_t n_sides;
    const bench_ratio *ratios;
    size_t n_ratios;
    const bench_parameter *parameters;
    size_t n_parameters;
} bench_case;

/* The length of an array that is not a pointer. */
#define BENCH_COUNT(array) (sizeof(array) / sizeof *(array))

/* An option of the runtime, as it is in force. */
typedef struct bench_setting {
    char name[32];
    char value[64];
} bench_setting;

typedef struct bench {
    const char *program;
    bench_options options;
    bench_machine machine;
    const char *runtime; /* what is measured, and its version */
    const char *version;
    size_t threads;
    bench_setting settings[32];
    size_t n_settings;
    FILE *json;
    bool failed;
} bench;

/* Reads the command line. BENCH_OPTIONS_RUN: go on, up to bench_end. */
bench_options_result bench_begin(bench *b, const char *program, const char *about, const char *size,
                                 int argc, char **argv);

/* Says which runtime the following cases measure, on how many threads. The texts must last. */
void bench_runtime(bench *b, const char *runtime, const char *version, size_t threads);

/* Adds to what the results say of the runtime. Past the room there is, nothing is added. */
void bench_setting_add(bench *b, const char *name, const char *value);

/* Whether --filter lets a case of this name through; with --list it prints the name instead. Ask
 * before anything costly is prepared. */
bool bench_wants(bench *b, const char *name);

/* Measures a case, if it is wanted. */
void bench_run(bench *b, const bench_case *c);

/* Reports an answer that is wrong, or a thing that a benchmark could not do. */
void bench_fail(bench *b, const char *name, const char *reason);

/* The program's exit status: 1 if anything failed. */
int bench_end(bench *b);

#endif
