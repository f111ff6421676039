/* SPDX-License-Identifier: MIT */
/* options.c - see options.h. */
#include "mandelbrot/program/options.h"

#include "mandelbrot/base/number.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ITERATIONS 1000000000ul
#define MAX_THREADS 4096ul
#define MAX_RUNS 1000ul

static const char positions_expected[] = "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT";

const char mandel_options_help[] =
    "Usage: mandelbrot FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT [OPTION]...\n"
    "       mandelbrot --bench [[FILE] WIDTHxHEIGHT UPPERLEFT LOWERRIGHT] [OPTION]...\n"
    "       mandelbrot --clbg N [OPTION]...\n"
    "Renders a view of the Mandelbrot set on all cores. The corners are points RE,IM.\n"
    "\n"
    "  mandelbrot mandel.png 1000x750 -1.20,0.35 -1,0.20\n"
    "\n"
    "FILE is written when it is complete, or not at all; - is standard output.\n"
    "\n"
    "      --iterations N     limit of iterations of a pixel (default 255)\n"
    "      --threads N        threads to render on (default: one per core, see PAR_NUM_THREADS)\n"
    "      --format FORMAT    png, ppm, pgm or pbm (default: by FILE's ending, else png)\n"
    "      --progress         show a bar if standard error is a terminal\n"
    "      --show-workers     tint each piece in the colour of the worker that rendered it\n"
    "      --compare          render on one thread too, check that the picture is the same and\n"
    "                         print the speed-up\n"
    "      --stats            print what each worker did to standard error\n"
    "      --bench            write no file: measure serial and parallel rendering in turns\n"
    "                         (default view: 4000x3000 -2.25,1.125 0.75,-1.125)\n"
    "      --runs N           runs of each kind for --bench (default 5)\n"
    "      --json             print the results of --bench as JSON\n"
    "      --clbg N           write the N by N bitmap of the Computer Language Benchmarks Game\n"
    "                         to standard output, by its rules\n"
    "      --kernel NAME      instructions to compute with (default: the fastest that this\n"
    "                         processor has, or PAR_MANDELBROT_KERNEL); the picture is the same\n"
    "      --list-kernels     print the kernels, and which of them this processor can run\n"
    "  -h, --help             print this\n"
    "  -V, --version          print the version\n"
    "\n"
    "Options may stand anywhere. An argument such as -1.2,.5 or -.5,0 is no option.\n"
    "Exit status: 0 done, 1 the picture could not be made or written, 2 wrong arguments.\n";

/* The options without a short name. */
enum {
    OPTION_ITERATIONS = 256,
    OPTION_THREADS,
    OPTION_FORMAT,
    OPTION_PROGRESS,
    OPTION_SHOW_WORKERS,
    OPTION_COMPARE,
    OPTION_STATS,
    OPTION_BENCH,
    OPTION_RUNS,
    OPTION_JSON,
    OPTION_CLBG,
    OPTION_KERNEL,
    OPTION_LIST_KERNELS
};

static const struct option long_options[] = {
    {"iterations", required_argument, NULL, OPTION_ITERATIONS},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"progress", no_argument, NULL, OPTION_PROGRESS},
    {"show-workers", no_argument, NULL, OPTION_SHOW_WORKERS},
    {"compare", no_argument, NULL, OPTION_COMPARE},
    {"stats", no_argument, NULL, OPTION_STATS},
    {"bench", no_argument, NULL, OPTION_BENCH},
    {"runs", required_argument, NULL, OPTION_RUNS},
    {"json", no_argument, NULL, OPTION_JSON},
    {"clbg", required_argument, NULL, OPTION_CLBG},
    {"kernel", required_argument, NULL, OPTION_KERNEL},
    {"list-kernels", no_argument, NULL, OPTION_LIST_KERNELS},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

/* What is known while reading. */
typedef struct reading {
    mandel_options *options;
    const char *positions[4];
    size_t n_positions;
    const char *format; /* NULL: not given */
    const char *kernel; /* likewise */
    bool runs_given;
    bool iterations_given;
    char *message;
} reading;

static bool complain(const reading *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool complain(const reading *r, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(r->message, MANDEL_MESSAGE_SIZE, format, arguments);
    va_end(arguments);
    return false;
}

static bool read_whole(const reading *r, const char *option, unsigned long max,
                       unsigned long *value)
{
    if (mandel_number_whole(optarg, NULL, 1, max, value))
        return true;
    return complain(r, "%s %s: expected a whole number from 1 to %lu", option,
                    mandel_message_quote(optarg).text, max);
}

/* `argument` is the one that getopt_long could not understand. */
static bool refuse_option(const reading *r, const char *argument)
{
    const char *const equals = strchr(argument, '=');
    if (optopt != 0 && equals != NULL)
        return complain(r, "option %s: expected no value", mandel_message_quote(argument).text);
    return complain(r, "option %s is unknown or not unique: expected one that --help lists",
                    mandel_message_quote(argument).text);
}

/* N by N points from -1.5 - i to 0.5 + i, whose rows begin at the lower edge; 50 updates. */
static void take_clbg(mandel_options *o, uint32_t side, const char *size)
{
    o->clbg = true;
    o->file = "-";
    o->size = size;
    o->view = (mandel_view){side, side, {-1.5, -1.0}, {0.5, 1.0}};
    o->format = MANDEL_FORMAT_PBM;
    o->iterations = 50;
}

static bool take_option(reading *r, int option, const char *argument)
{
    mandel_options *const o = r->options;
    unsigned long value;
    switch (option) {
    case OPTION_ITERATIONS:
        if (!read_whole(r, "--iterations", MAX_ITERATIONS, &value))
            return false;
        o->iterations = (uint32_t)value;
        r->iterations_given = true;
        return true;
    case OPTION_THREADS:
        if (!read_whole(r, "--threads", MAX_THREADS, &value))
            return false;
        o->threads = value;
        return true;
    case OPTION_RUNS:
        if (!read_whole(r, "--runs", MAX_RUNS, &value))
            return false;
        o->runs = value;
        r->runs_given = true;
        return true;
    case OPTION_FORMAT:
        r->format = optarg;
        return true;
    case OPTION_PROGRESS:
        o->progress = true;
        return true;
    case OPTION_SHOW_WORKERS:
        o->show_workers = true;
        return true;
    case OPTION_COMPARE:
        o->compare = true;
        return true;
    case OPTION_STATS:
        o->stats = true;
        return true;
    case OPTION_BENCH:
        o->mode = MANDEL_MODE_BENCH;
        return true;
    case OPTION_JSON:
        o->json = true;
        return true;
    case OPTION_CLBG:
        if (!read_whole(r, "--clbg", MANDEL_VIEW_MAX_SIDE, &value))
            return false;
        take_clbg(o, (uint32_t)value, optarg);
        return true;
    case OPTION_KERNEL:
        r->kernel = optarg;
        return true;
    case ':':
        return complain(r, "option %s: expected a value after it",
                        mandel_message_quote(argument).text);
    default:
        return refuse_option(r, argument);
    }
}

static bool is_position(const char *argument)
{
    return argument[0] != '-' || argument[1] == '\0' || argument[1] == '.' ||
           (argument[1] >= '0' && argument[1] <= '9');
}

static bool take_position(reading *r, const char *argument)
{
    if (r->n_positions == sizeof r->positions / sizeof r->positions[0])
        return complain(r, "argument %s is one too many: expected %s",
                        mandel_message_quote(argument).text, positions_expected);
    r->positions[r->n_positions++] = argument;
    return true;
}

/* Takes positions out itself and lets getopt_long see only what is an option, so that it neither
 * stops at a position nor takes a negative number for an option. */
static bool read_arguments(reading *r, int argc, char *const argv[])
{
    bool only_positions = false;
    opterr = 0;
    optind = 0;
    getopt_long(1, argv, "+:hV", long_options, NULL); /* begins anew, at the first argument */
    while (optind < argc) {
        const char *const argument = argv[optind];
        if (!only_positions && strcmp(argument, "--") == 0) {
            only_positions = true;
            optind++;
            continue;
        }
        if (only_positions || is_position(argument)) {
            optind++;
            if (!take_position(r, argument))
                return false;
            continue;
        }
        const int option = getopt_long(argc, argv, "+:hV", long_options, NULL);
        if (option == 'h' || option == 'V' || option == OPTION_LIST_KERNELS) {
            r->options->mode = option == 'h'   ? MANDEL_MODE_HELP
                               : option == 'V' ? MANDEL_MODE_VERSION
                                               : MANDEL_MODE_LIST_KERNELS;
            return true;
        }
        if (!take_option(r, option, argument))
            return false;
    }
    return true;
}

static bool read_corner(const reading *r, const char *which, const char *text, mandel_point *point)
{
    if (mandel_view_parse_point(text, point))
        return true;
    return complain(r, "%s corner %s: expected RE,IM, two decimal numbers such as -1.20,0.35",
                    which, mandel_message_quote(text).text);
}

/* Reads WIDTHxHEIGHT UPPERLEFT LOWERRIGHT. */
static bool read_view(const reading *r, const char *const positions[3])
{
    mandel_view *const view = &r->options->view;
    r->options->size = positions[0];
    if (!mandel_view_parse_size(positions[0], view))
        return complain(r,
                        "size %s: expected WIDTHxHEIGHT, two whole numbers from 1 to %lu such as "
                        "1000x750",
                        mandel_message_quote(positions[0]).text, MANDEL_VIEW_MAX_SIDE);
    if (!read_corner(r, "upper left", positions[1], &view->upper_left) ||
        !read_corner(r, "lower right", positions[2], &view->lower_right))
        return false;
    if (mandel_view_is_finite(view))
        return true;
    return complain(r, "corners %s and %s are too far apart: expected a smaller view",
                    mandel_message_quote(positions[1]).text,
                    mandel_message_quote(positions[2]).text);
}

static bool read_positions(const reading *r)
{
    const bool is_bench = r->options->mode == MANDEL_MODE_BENCH;
    if ((is_bench || r->options->clbg) && r->n_positions == 0)
        return true;
    if (r->options->clbg)
        return complain(r, "argument %s makes no sense with --clbg: expected only options",
                        mandel_message_quote(r->positions[0]).text);
    if (is_bench && r->n_positions == 3)
        return read_view(r, r->positions);
    if (r->n_positions != 4)
        return complain(r, "%zu arguments beside options: expected %s", r->n_positions,
                        positions_expected);
    r->options->file = r->positions[0];
    return read_view(r, r->positions + 1);
}

/* The one that was asked for, on the command line or in the environment, or the fastest. */
static bool choose_kernel(const reading *r)
{
    const char *const variable = getenv("PAR_MANDELBROT_KERNEL");
    const bool is_given = r->kernel != NULL || (variable != NULL && variable[0] != '\0');
    const char *const name = r->kernel != NULL ? r->kernel : variable;
    const char *const where = r->kernel != NULL ? "--kernel" : "PAR_MANDELBROT_KERNEL";
    r->options->kernel = is_given ? mandel_kernels_named(name) : mandel_kernels_best();
    if (r->options->kernel == NULL)
        return complain(r, "%s %s: expected %s", where, mandel_message_quote(name).text,
                        mandel_kernels_names);
    if (!r->options->kernel->runs_here())
        return complain(r,
                        "%s %s: this processor cannot run it: expected one that --list-kernels "
                        "says it can",
                        where, mandel_message_quote(name).text);
    return true;
}

static bool choose_format(const reading *r)
{
    mandel_options *const o = r->options;
    if (r->format != NULL && !mandel_format_from_name(r->format, &o->format))
        return complain(r, "--format %s: expected " MANDEL_FORMAT_NAMES,
                        mandel_message_quote(r->format).text);
    if (r->format == NULL && o->mode == MANDEL_MODE_PICTURE && !o->clbg &&
        !mandel_format_from_file(o->file, &o->format))
        return complain(r, "file %s: expected an ending png, ppm, pgm or pbm, or --format",
                        mandel_message_quote(o->file).text);
    if (!mandel_format_layout(o->format, o->show_workers, &o->layout))
        return complain(r, "--show-workers needs colours: expected format png or ppm, not %s",
                        mandel_format_name(o->format));
    return true;
}

/* What is asked for must go together. */
static bool check_combination(const reading *r)
{
    const mandel_options *const o = r->options;
    const bool is_bench = o->mode == MANDEL_MODE_BENCH;
    if (is_bench && (o->compare || o->show_workers || o->progress))
        return complain(r, "--%s makes no sense with --bench, which writes no picture",
                        o->compare        ? "compare"
                        : o->show_workers ? "show-workers"
                                          : "progress");
    if (o->compare && o->show_workers)
        return complain(r, "--compare makes no sense with --show-workers, where pictures differ");
    if (o->clbg && (is_bench || r->format != NULL || r->iterations_given))
        return complain(r, "--%s makes no sense with --clbg, whose rules say what is written",
                        is_bench            ? "bench"
                        : r->format != NULL ? "format"
                                            : "iterations");
    if (!is_bench && (o->json || r->runs_given))
        return complain(r, "--%s makes sense only with --bench", o->json ? "json" : "runs");
    return true;
}

bool mandel_options_parse(mandel_options *options, int argc, char *const argv[],
                          char message[MANDEL_MESSAGE_SIZE])
{
    *options = (mandel_options){
        .mode = MANDEL_MODE_PICTURE,
        .size = "4000x3000",
        .view = {4000, 3000, {-2.25, 1.125}, {0.75, -1.125}},
        .format = MANDEL_FORMAT_PNG,
        .iterations = 255,
        .runs = 5,
    };
    reading r = {.options = options, .message = message};
    if (!read_arguments(&r, argc, argv))
        return false;
    if (options->mode == MANDEL_MODE_HELP || options->mode == MANDEL_MODE_VERSION ||
        options->mode == MANDEL_MODE_LIST_KERNELS)
        return true;
    return check_combination(&r) && read_positions(&r) && choose_kernel(&r) && choose_format(&r);
}
