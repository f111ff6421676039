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

typedef enum mandel_mode {
    MANDEL_MODE_PICTURE,
    MANDEL_MODE_BENCH,
    MANDEL_MODE_LIST_KERNELS,
    MANDEL_MODE_HELP,
    MANDEL_MODE_VERSION
} mandel_mode;

typedef struct mandel_options {
    mandel_mode mode;
    const char *file; /* points into argv; "-" is standard output */
    const char *size; /* as it was typed, for messages */
    mandel_view view;
    mandel_format format;
    mandel_layout layout;
    const mandel_kernel *kernel;
    uint32_t iterations;
    size_t threads; /* 0: par's default */
    size_t runs;    /* of the benchmark */
    bool clbg;      /* the picture is that of the Benchmarks Game */
    bool progress;
    bool show_workers;
    bool stats;
    bool compare;
    bool json;
} mandel_options;

/* The text that --help prints. */
extern const char mandel_options_help[];

/* Reads the arguments after argv[0], and the environment for what they leave open. True, or false
 * with a message of one line without its end. */
bool mandel_options_parse(mandel_options *options, int argc, char *const argv[],
                          char message[MANDEL_MESSAGE_SIZE]);

#endif
