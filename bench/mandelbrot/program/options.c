/* SPDX-License-Identifier: MIT */
/* options.c - see options.h. */
#include "mandelbrot/program/options.h"

#include "mandelbrot/base/number.h"
#include "mandelbrot/program/combine.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ITERATIONS 1000000000ul
#define MAX_THREADS 4096ul
#define MAX_RUNS 1000ul
#define MAX_ANTIALIAS 16ul

static const char corners_expected[] = "FILE WIDTHxHEIGHT UPPERLEFT LOWERRIGHT";
static const char centre_expected[] = "FILE WIDTHxHEIGHT with --center or --zoom";

/* What getopt_long returns for an option without a short name. */
enum { LONG = 256 };

static const struct option long_options[] = {
    {"center", required_argument, NULL, LONG + MANDEL_OPTION_CENTRE},
    {"zoom", required_argument, NULL, LONG + MANDEL_OPTION_ZOOM},
    {"iterations", required_argument, NULL, LONG + MANDEL_OPTION_ITERATIONS},
    {"colour", required_argument, NULL, LONG + MANDEL_OPTION_COLOUR},
    {"palette", required_argument, NULL, LONG + MANDEL_OPTION_PALETTE},
    {"period", required_argument, NULL, LONG + MANDEL_OPTION_PERIOD},
    {"list-palettes", no_argument, NULL, LONG + MANDEL_OPTION_LIST_PALETTES},
    {"antialias", required_argument, NULL, LONG + MANDEL_OPTION_ANTIALIAS},
    {"format", required_argument, NULL, LONG + MANDEL_OPTION_FORMAT},
    {"recolour", required_argument, NULL, LONG + MANDEL_OPTION_RECOLOUR},
    {"threads", required_argument, NULL, LONG + MANDEL_OPTION_THREADS},
    {"kernel", required_argument, NULL, LONG + MANDEL_OPTION_KERNEL},
    {"list-kernels", no_argument, NULL, LONG + MANDEL_OPTION_LIST_KERNELS},
    {"precision", required_argument, NULL, LONG + MANDEL_OPTION_PRECISION},
    {"fast", no_argument, NULL, LONG + MANDEL_OPTION_FAST},
    {"no-shortcuts", no_argument, NULL, LONG + MANDEL_OPTION_NO_SHORTCUTS},
    {"subdivide", no_argument, NULL, LONG + MANDEL_OPTION_SUBDIVIDE},
    {"progress", no_argument, NULL, LONG + MANDEL_OPTION_PROGRESS},
    {"show-workers", no_argument, NULL, LONG + MANDEL_OPTION_SHOW_WORKERS},
    {"compare", no_argument, NULL, LONG + MANDEL_OPTION_COMPARE},
    {"stats", no_argument, NULL, LONG + MANDEL_OPTION_STATS},
    {"bench", no_argument, NULL, LONG + MANDEL_OPTION_BENCH},
    {"runs", required_argument, NULL, LONG + MANDEL_OPTION_RUNS},
    {"json", no_argument, NULL, LONG + MANDEL_OPTION_JSON},
    {"clbg", required_argument, NULL, LONG + MANDEL_OPTION_CLBG},
    /* As others spell them. */
    {"centre", required_argument, NULL, LONG + MANDEL_OPTION_CENTRE},
    {"color", required_argument, NULL, LONG + MANDEL_OPTION_COLOUR},
    {"recolor", required_argument, NULL, LONG + MANDEL_OPTION_RECOLOUR},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

const char *mandel_option_name(mandel_option option)
{
    return long_options[option].name;
}

bool mandel_options_given(const mandel_options *options, mandel_option option)
{
    return (options->given >> option & 1) != 0;
}

/* What is known while reading. */
typedef struct reading {
    mandel_options *options;
    const char *positions[4];
    size_t n_positions;
    const char *value[MANDEL_OPTIONS]; /* of the options given that have one */
    char *message;
} reading;

static bool is_given(const reading *r, mandel_option option)
{
    return mandel_options_given(r->options, option);
}

/* ---- values --------------------------------------------------------------------------------- */

/* Complains about the value of an option. */
static bool refuse(const reading *r, mandel_option option, const char *expected)
{
    return mandel_message_complain(r->message, "--%s %s: expected %s", mandel_option_name(option),
                                   mandel_message_quote(r->value[option]).text, expected);
}

/* Leaves *value if the option was not given. */
static bool read_whole(const reading *r, mandel_option option, unsigned long min, unsigned long max,
                       unsigned long *value)
{
    if (!is_given(r, option) || mandel_number_whole(r->value[option], NULL, min, max, value))
        return true;
    return mandel_message_complain(r->message, "--%s %s: expected a whole number from %lu to %lu",
                                   mandel_option_name(option),
                                   mandel_message_quote(r->value[option]).text, min, max);
}

static bool read_positive(const reading *r, mandel_option option, double *value)
{
    if (!is_given(r, option) ||
        (mandel_number_decimal(r->value[option], NULL, value) && *value > 0.0))
        return true;
    return refuse(r, option, "a number above 0");
}

static bool read_numbers(const reading *r)
{
    mandel_options *const o = r->options;
    unsigned long iterations = o->iterations;
    unsigned long threads = o->threads;
    unsigned long runs = o->runs;
    unsigned long antialias = o->antialias;
    if (!read_whole(r, MANDEL_OPTION_ITERATIONS, 1, MAX_ITERATIONS, &iterations) ||
        !read_whole(r, MANDEL_OPTION_THREADS, 1, MAX_THREADS, &threads) ||
        !read_whole(r, MANDEL_OPTION_RUNS, 1, MAX_RUNS, &runs) ||
        !read_whole(r, MANDEL_OPTION_ANTIALIAS, 2, MAX_ANTIALIAS, &antialias))
        return false;
    o->iterations = (uint32_t)iterations;
    o->threads = threads;
    o->runs = runs;
    o->antialias = (unsigned)antialias;
    return true;
}

/* N by N points from -1.5 - i to 0.5 + i, whose rows begin at the lower edge; 50 updates. */
static bool read_clbg(const reading *r)
{
    unsigned long side = 1;
    if (!read_whole(r, MANDEL_OPTION_CLBG, 1, MANDEL_VIEW_MAX_SIDE, &side))
        return false;
    mandel_options *const o = r->options;
    o->file = "-";
    o->size = r->value[MANDEL_OPTION_CLBG];
    o->view = (mandel_view){(uint32_t)side, (uint32_t)side, {-1.5, -1.0}, {0.5, 1.0}};
    o->format = MANDEL_FORMAT_PBM;
    o->iterations = 50;
    return true;
}

static bool read_precision(const reading *r)
{
    const char *const name = r->value[MANDEL_OPTION_PRECISION];
    if (name == NULL || strcmp(name, "double") == 0)
        return true;
    r->options->precision = MANDEL_FLOAT;
    return strcmp(name, "float") == 0 || refuse(r, MANDEL_OPTION_PRECISION, "double or float");
}

/* ---- colours -------------------------------------------------------------------------------- */

static bool read_colouring(const reading *r)
{
    mandel_options *const o = r->options;
    const char *const name = r->value[MANDEL_OPTION_COLOUR];
    o->colouring = is_given(r, MANDEL_OPTION_PALETTE) ? MANDEL_COLOUR_SMOOTH : MANDEL_COLOUR_GREY;
    return name == NULL || mandel_colouring_from_name(name, &o->colouring) ||
           refuse(r, MANDEL_OPTION_COLOUR, MANDEL_COLOURING_NAMES);
}

/* A name, or else a file. */
static bool read_palette(const reading *r)
{
    mandel_options *const o = r->options;
    const char *const name = r->value[MANDEL_OPTION_PALETTE];
    const mandel_palette_known *const known =
        name == NULL ? mandel_palette_at(0) : mandel_palette_named(name);
    if (known == NULL)
        return mandel_palette_load(&o->palette, name, r->message);
    o->palette = known->palette;
    return true;
}

static bool read_period(const reading *r)
{
    r->options->period = r->options->colouring == MANDEL_COLOUR_DISTANCE ? 8.0 : 64.0;
    return read_positive(r, MANDEL_OPTION_PERIOD, &r->options->period);
}

/* ---- arguments ------------------------------------------------------------------------------ */

/* `argument` is the one that getopt_long could not understand. */
static bool refuse_option(const reading *r, const char *argument)
{
    const char *const equals = strchr(argument, '=');
    if (optopt != 0 && equals != NULL)
        return mandel_message_complain(r->message, "option %s: expected no value",
                                       mandel_message_quote(argument).text);
    return mandel_message_complain(
        r->message, "option %s is unknown or not unique: expected one that --help lists",
        mandel_message_quote(argument).text);
}

static bool take_option(reading *r, int option, const char *argument)
{
    if (option == ':')
        return mandel_message_complain(r->message, "option %s: expected a value after it",
                                       mandel_message_quote(argument).text);
    if (option < LONG)
        return refuse_option(r, argument);
    r->options->given |= UINT32_C(1) << (option - LONG);
    r->value[option - LONG] = optarg;
    return true;
}

/* The mode of an option that only asks; MANDEL_MODE_PICTURE for any other. */
static mandel_mode question(int option)
{
    switch (option) {
    case 'h':
        return MANDEL_MODE_HELP;
    case 'V':
        return MANDEL_MODE_VERSION;
    case LONG + MANDEL_OPTION_LIST_KERNELS:
        return MANDEL_MODE_LIST_KERNELS;
    case LONG + MANDEL_OPTION_LIST_PALETTES:
        return MANDEL_MODE_LIST_PALETTES;
    default:
        return MANDEL_MODE_PICTURE;
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
        return mandel_message_complain(r->message, "argument %s is one too many: expected %s",
                                       mandel_message_quote(argument).text, corners_expected);
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
        r->options->mode = question(option);
        if (r->options->mode != MANDEL_MODE_PICTURE)
            return true;
        if (!take_option(r, option, argument))
            return false;
    }
    return true;
}

/* ---- the view ------------------------------------------------------------------------------- */

static bool read_size(const reading *r, const char *text)
{
    r->options->size = text;
    return mandel_view_parse_size(text, &r->options->view) ||
           mandel_message_complain(
               r->message,
               "size %s: expected WIDTHxHEIGHT, two whole numbers from 1 to %lu such as "
               "1000x750",
               mandel_message_quote(text).text, MANDEL_VIEW_MAX_SIDE);
}

static bool read_corner(const reading *r, const char *which, const char *text, mandel_point *point)
{
    if (mandel_view_parse_point(text, point))
        return true;
    return mandel_message_complain(
        r->message, "%s corner %s: expected RE,IM, two decimal numbers such as -1.20,0.35", which,
        mandel_message_quote(text).text);
}

/* Reads WIDTHxHEIGHT UPPERLEFT LOWERRIGHT. */
static bool read_corners(const reading *r, const char *const positions[3])
{
    mandel_view *const view = &r->options->view;
    if (!read_size(r, positions[0]) ||
        !read_corner(r, "upper left", positions[1], &view->upper_left) ||
        !read_corner(r, "lower right", positions[2], &view->lower_right))
        return false;
    if (mandel_view_is_finite(view))
        return true;
    return mandel_message_complain(
        r->message, "corners %s and %s are too far apart: expected a smaller view",
        mandel_message_quote(positions[1]).text, mandel_message_quote(positions[2]).text);
}

/* Makes a view of the size that it has, from what --center and --zoom say. */
static bool read_centre(const reading *r)
{
    mandel_options *const o = r->options;
    mandel_point centre = {-0.75, 0.0};
    double zoom = 1.0;
    const char *const text = r->value[MANDEL_OPTION_CENTRE];
    if (text != NULL && !mandel_view_parse_point(text, &centre))
        return refuse(r, MANDEL_OPTION_CENTRE, "RE,IM, two decimal numbers such as -0.75,0.1");
    if (!read_positive(r, MANDEL_OPTION_ZOOM, &zoom))
        return false;
    const bool is_float = o->precision == MANDEL_FLOAT;
    const double most = mandel_view_max_zoom(&o->view, &centre, is_float);
    if (zoom > most)
        return mandel_message_complain(
            r->message,
            "zoom %s: neighbouring points would be the same in %s: expected at most "
            "%.1e for this center and size",
            mandel_number_shortest(zoom).text, is_float ? "float" : "double", 0.95 * most);
    mandel_view_centre(&o->view, &centre, zoom);
    return mandel_view_is_finite(&o->view) ||
           mandel_message_complain(r->message, "zoom %s: expected a smaller view",
                                   mandel_number_shortest(zoom).text);
}

/* FILE WIDTHxHEIGHT, or for --bench without FILE, or with neither. */
static bool read_size_and_centre(const reading *r)
{
    const bool is_bench = r->options->mode == MANDEL_MODE_BENCH;
    const size_t n = r->n_positions;
    if (n != 2 && !(is_bench && n < 2))
        return mandel_message_complain(r->message, "%zu arguments beside options: expected %s", n,
                                       centre_expected);
    if (n == 2)
        r->options->file = r->positions[0];
    return (n == 0 || read_size(r, r->positions[n - 1])) && read_centre(r);
}

static bool read_positions(const reading *r)
{
    mandel_options *const o = r->options;
    const bool is_bench = o->mode == MANDEL_MODE_BENCH;
    const bool is_clbg = is_given(r, MANDEL_OPTION_CLBG);
    if (is_clbg && r->n_positions > 0)
        return mandel_message_complain(
            r->message, "argument %s makes no sense with --clbg: expected only options",
            mandel_message_quote(r->positions[0]).text);
    if (is_clbg)
        return read_clbg(r);
    if (o->mode == MANDEL_MODE_RECOLOUR && r->n_positions != 1)
        return mandel_message_complain(
            r->message, "%zu arguments beside options: expected FILE alone with --recolour",
            r->n_positions);
    if (o->mode == MANDEL_MODE_RECOLOUR) {
        o->file = r->positions[0];
        return true;
    }
    if (is_given(r, MANDEL_OPTION_CENTRE) || is_given(r, MANDEL_OPTION_ZOOM))
        return read_size_and_centre(r);
    if (is_bench && r->n_positions == 0)
        return true;
    if (is_bench && r->n_positions == 3)
        return read_corners(r, r->positions);
    if (r->n_positions != 4)
        return mandel_message_complain(r->message, "%zu arguments beside options: expected %s",
                                       r->n_positions, corners_expected);
    o->file = r->positions[0];
    return read_corners(r, r->positions + 1);
}

/* ---- what is left open ---------------------------------------------------------------------- */

/* The one that was asked for, on the command line or in the environment, or the fastest. */
static bool choose_kernel(const reading *r)
{
    const char *const given = r->value[MANDEL_OPTION_KERNEL];
    const char *const variable = getenv("PAR_MANDELBROT_KERNEL");
    const char *const name = given != NULL ? given : variable;
    const char *const where = given != NULL ? "--kernel" : "PAR_MANDELBROT_KERNEL";
    const bool is_asked = given != NULL || (variable != NULL && variable[0] != '\0');
    r->options->kernel = is_asked ? mandel_kernels_named(name) : mandel_kernels_best();
    if (r->options->kernel == NULL)
        return mandel_message_complain(r->message, "%s %s: expected %s", where,
                                       mandel_message_quote(name).text, mandel_kernels_names);
    if (!r->options->kernel->runs_here())
        return mandel_message_complain(
            r->message,
            "%s %s: this processor cannot run it: expected one that --list-kernels "
            "says it can",
            where, mandel_message_quote(name).text);
    return true;
}

static bool choose_format(const reading *r)
{
    mandel_options *const o = r->options;
    const char *const name = r->value[MANDEL_OPTION_FORMAT];
    if (name != NULL && !mandel_format_from_name(name, &o->format))
        return refuse(r, MANDEL_OPTION_FORMAT, MANDEL_FORMAT_NAMES);
    if (name == NULL && o->mode != MANDEL_MODE_BENCH && !is_given(r, MANDEL_OPTION_CLBG) &&
        !mandel_format_from_file(o->file, &o->format))
        return mandel_message_complain(
            r->message, "file %s: expected an ending " MANDEL_FORMAT_NAMES ", or --format",
            mandel_message_quote(o->file).text);
    return mandel_combine_format(o, r->message);
}

static bool read_all(reading *r, int argc, char *const argv[])
{
    mandel_options *const o = r->options;
    if (!read_arguments(r, argc, argv))
        return false;
    if (o->mode != MANDEL_MODE_PICTURE)
        return true;
    o->recolour = r->value[MANDEL_OPTION_RECOLOUR];
    if (is_given(r, MANDEL_OPTION_BENCH))
        o->mode = MANDEL_MODE_BENCH;
    else if (o->recolour != NULL)
        o->mode = MANDEL_MODE_RECOLOUR;
    return read_numbers(r) && read_precision(r) && read_colouring(r) &&
           mandel_combine_options(o, r->message) && read_period(r) && read_positions(r) &&
           choose_kernel(r) && choose_format(r) && read_palette(r);
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
    return read_all(&r, argc, argv);
}

void mandel_options_fini(mandel_options *options)
{
    mandel_palette_fini(&options->palette);
}
