/* SPDX-License-Identifier: MIT */
/* options.h - the command line, read and checked as a whole before anything is done.
 *
 * Options may stand anywhere. An argument that begins with '-' and a digit or a dot is a position,
 * as is "-" alone; what follows "--" is too. */
#ifndef MANDEL_OPTIONS_H
#define MANDEL_OPTIONS_H

#include "mandelbrot/base/message.h"
#include "mandelbrot/field/kernels.h"
#include "mandelbrot/field/view.h"
#include "mandelbrot/image/format.h"
#include "mandelbrot/image/shade.h"

typedef enum mandel_mode {
    MANDEL_MODE_PICTURE,
    MANDEL_MODE_BENCH,
    MANDEL_MODE_RECOLOUR,
    MANDEL_MODE_LIST_KERNELS,
    MANDEL_MODE_LIST_PALETTES,
    MANDEL_MODE_HELP,
    MANDEL_MODE_VERSION
} mandel_mode;

/* The options that have no short name, as --help lists them. */
typedef enum mandel_option {
    MANDEL_OPTION_CENTRE,
    MANDEL_OPTION_ZOOM,
    MANDEL_OPTION_ITERATIONS,
    MANDEL_OPTION_COLOUR,
    MANDEL_OPTION_PALETTE,
    MANDEL_OPTION_PERIOD,
    MANDEL_OPTION_LIST_PALETTES,
    MANDEL_OPTION_ANTIALIAS,
    MANDEL_OPTION_FORMAT,
    MANDEL_OPTION_RECOLOUR,
    MANDEL_OPTION_THREADS,
    MANDEL_OPTION_KERNEL,
    MANDEL_OPTION_LIST_KERNELS,
    MANDEL_OPTION_PRECISION,
    MANDEL_OPTION_FAST,
    MANDEL_OPTION_NO_SHORTCUTS,
    MANDEL_OPTION_SUBDIVIDE,
    MANDEL_OPTION_PROGRESS,
    MANDEL_OPTION_SHOW_WORKERS,
    MANDEL_OPTION_COMPARE,
    MANDEL_OPTION_STATS,
    MANDEL_OPTION_BENCH,
    MANDEL_OPTION_RUNS,
    MANDEL_OPTION_JSON,
    MANDEL_OPTION_CLBG,
    MANDEL_OPTIONS
} mandel_option;

typedef struct mandel_options {
    mandel_mode mode;
    uint32_t given;       /* bit i: option i was given */
    const char *file;     /* points into argv; "-" is standard output */
    const char *size;     /* as it was typed, for messages */
    const char *recolour; /* the dump; points into argv */
    mandel_view view;
    mandel_format format;
    mandel_layout layout;
    const mandel_kernel *kernel;
    mandel_precision precision;
    uint32_t iterations;
    size_t threads; /* 0: par's default */
    size_t runs;    /* of the benchmark */
    mandel_colouring colouring;
    mandel_palette palette;
    double period;
    unsigned antialias; /* 0: none */
} mandel_options;

/* The text that --help prints. */
extern const char mandel_options_help[];

/* The option's name, without the dashes. */
const char *mandel_option_name(mandel_option option);

bool mandel_options_given(const mandel_options *options, mandel_option option);

/* Reads the arguments after argv[0], and the environment for what they leave open. True, or false
 * with a message of one line without its end. */
bool mandel_options_parse(mandel_options *options, int argc, char *const argv[],
                          char message[MANDEL_MESSAGE_SIZE]);

/* After mandel_options_parse, whatever it said. */
void mandel_options_fini(mandel_options *options);

#endif
