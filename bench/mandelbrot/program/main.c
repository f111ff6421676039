/* SPDX-License-Identifier: MIT */
/* main.c - the program `mandelbrot`: does what the command line says, step by step, and turns what
 * fails into a message and an exit status. */
#include "mandelbrot/base/message.h"
#include "mandelbrot/base/output.h"
#include "mandelbrot/field/dump.h"
#include "mandelbrot/picture/measure.h"
#include "mandelbrot/program/options.h"
#include "mandelbrot/program/report.h"

#include <errno.h>
#include <fcntl.h>
#include <par/config.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

/* A file that is opened must not get the number of a standard stream that the caller has closed.
 * What stands in for one cannot be written to, so that writing is an error as it was before. */
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)open("/dev/null", O_RDONLY);
}

/* ---- what a picture is made of ----------------------------------------------------------------
 */

/* Everything that is held while the program works. */
typedef struct work {
    const mandel_options *options;
    mandel_view view;
    uint32_t limit;
    mandel_field field; /* of a dump; else empty */
    mandel_image image; /* empty for a dump that is written */
    mandel_shade shade;
    mandel_crew crew;
} work;

static int refuse_size(const work *w)
{
    if (w->options->mode == MANDEL_MODE_RECOLOUR)
        mandel_message_error("dump %s: size %lux%lu: expected a picture that fits into memory",
                             mandel_message_quote(w->options->recolour).text,
                             (unsigned long)w->view.width, (unsigned long)w->view.height);
    else
        mandel_message_error("size %s: expected a picture that fits into memory",
                             mandel_message_quote(w->options->size).text);
    return STATUS_USAGE;
}

static int fail(const char *what, int error)
{
    mandel_message_error("cannot %s: %s", what, strerror(error));
    return STATUS_FAILED;
}

/* The field that a dump is read into, or written from. */
static int make_field(work *w)
{
    const mandel_options *const o = w->options;
    char message[MANDEL_MESSAGE_SIZE];
    mandel_dump dump;
    if (o->mode != MANDEL_MODE_RECOLOUR) {
        const bool has_distances = mandel_colouring_needs_distances(o->colouring);
        const bool is_dump = o->format == MANDEL_FORMAT_DUMP;
        if (is_dump &&
            mandel_field_init(&w->field, w->view.width, w->view.height, true, has_distances) != 0)
            return refuse_size(w);
        return STATUS_DONE;
    }
    if (!mandel_dump_load(o->recolour, &dump, &w->field, message)) {
        mandel_message_error("%s", message);
        return STATUS_USAGE;
    }
    w->view = dump.view;
    w->limit = dump.limit;
    if (!mandel_colouring_needs_distances(o->colouring) || dump.has_distances)
        return STATUS_DONE;
    mandel_message_error("dump %s: has no distances: expected one that was made with --colour "
                         "distance",
                         mandel_message_quote(o->recolour).text);
    return STATUS_USAGE;
}

/* All of it but the crew. What was made by then is freed by free_work, even after a failure. */
static int make_work(work *w, const mandel_options *options)
{
    *w = (work){.options = options, .view = options->view, .limit = options->iterations};
    const int status = make_field(w);
    if (status != STATUS_DONE)
        return status;
    if (options->format != MANDEL_FORMAT_DUMP &&
        mandel_image_init(&w->image, options->layout, w->view.width, w->view.height) != 0)
        return refuse_size(w);
    const int error = mandel_shade_init(&w->shade, options->colouring, w->limit, &options->palette,
                                        options->period);
    return error == 0 ? STATUS_DONE : fail("choose colours", error);
}

static void free_work(work *w)
{
    mandel_shade_fini(&w->shade);
    mandel_image_fini(&w->image);
    mandel_field_fini(&w->field);
}

static mandel_picture picture_of(work *w)
{
    const mandel_options *const o = w->options;
    const bool is_clbg = mandel_options_given(o, MANDEL_OPTION_CLBG);
    return (mandel_picture){
        .view = w->view,
        .sampler =
            {
                .instructions = o->kernel->instructions,
                .precision = o->precision,
                .fast = mandel_options_given(o, MANDEL_OPTION_FAST),
                .shortcuts = !is_clbg && !mandel_options_given(o, MANDEL_OPTION_NO_SHORTCUTS),
                .limit = w->limit,
                .pixel = mandel_view_pixel(&w->view),
            },
        .only_bits = is_clbg,
        .show_workers = mandel_options_given(o, MANDEL_OPTION_SHOW_WORKERS),
        .subdivide = mandel_options_given(o, MANDEL_OPTION_SUBDIVIDE),
        .antialias = o->antialias,
        .shade = &w->shade,
        .image = w->image.pixels != NULL ? &w->image : NULL,
        .field = w->field.samples.count != NULL ? &w->field : NULL,
        .crew = &w->crew,
    };
}

/* ---- a picture in a file ----------------------------------------------------------------------
 */

static bool is_standard_output(const mandel_options *options)
{
    return strcmp(options->file, "-") == 0;
}

static int fail_to_write(const mandel_options *options, int error)
{
    if (is_standard_output(options))
        mandel_message_error("cannot write standard output: %s", strerror(error));
    else
        mandel_message_error("cannot write file %s: %s", mandel_message_quote(options->file).text,
                             strerror(error));
    return STATUS_FAILED;
}

static int make_parallel(const work *w, mandel_picture picture, double *seconds)
{
    const mandel_options *const o = w->options;
    mandel_progress progress;
    if (mandel_options_given(o, MANDEL_OPTION_PROGRESS) && isatty(STDERR_FILENO)) {
        mandel_progress_init(&progress, STDERR_FILENO);
        picture.progress = &progress;
    }
    const double start = mandel_measure_now();
    const int error = o->mode == MANDEL_MODE_RECOLOUR ? mandel_picture_colour(&picture)
                                                      : mandel_picture_make(&picture);
    *seconds = mandel_measure_now() - start;
    if (picture.progress != NULL)
        mandel_progress_fini(&progress);
    return error == 0 ? STATUS_DONE : fail("render", error);
}

/* Makes it again serially, into an image of its own, and compares. */
static int make_serially(const work *w, mandel_picture picture, double *seconds)
{
    mandel_image image;
    mandel_tally tally;
    if (mandel_image_init(&image, w->image.layout, w->view.width, w->view.height) != 0)
        return refuse_size(w);
    picture.image = &image;
    const double start = mandel_measure_now();
    const int error = mandel_picture_make_serially(&picture, &tally);
    *seconds = mandel_measure_now() - start;
    const bool same = error == 0 && mandel_measure_same(&image, &w->image);
    mandel_image_fini(&image);
    if (error != 0)
        return fail("render", error);
    if (same)
        return STATUS_DONE;
    mandel_message_error("the serial and the parallel picture differ");
    return STATUS_FAILED;
}

/* Writes the image, or the field, and closes the output. */
static int write_file(const work *w, mandel_output *output, double *seconds, size_t *bytes)
{
    const mandel_options *const o = w->options;
    const double start = mandel_measure_now();
    int error = o->format == MANDEL_FORMAT_DUMP
                    ? mandel_dump_write(&w->field, &w->view, w->limit, output->stream)
                    : mandel_format_write(o->format, &w->image, &w->view, w->limit, &w->crew,
                                          output->stream);
    if (error == 0)
        error = mandel_output_commit(output, bytes);
    else
        mandel_output_discard(output);
    *seconds = mandel_measure_now() - start;
    return error == 0 ? STATUS_DONE : fail_to_write(o, error);
}

/* Everything between an open output and its end. */
static int fill_output(work *w, mandel_output *output)
{
    const mandel_options *const o = w->options;
    const mandel_picture picture = picture_of(w);
    const bool compares = mandel_options_given(o, MANDEL_OPTION_COMPARE);
    mandel_times times = {0};
    int status = make_parallel(w, picture, &times.parallel);
    if (status == STATUS_DONE && compares)
        status = make_serially(w, picture, &times.serial);
    if (status != STATUS_DONE) {
        mandel_output_discard(output);
        return status;
    }
    size_t bytes = 0;
    status = write_file(w, output, &times.write, &bytes);
    if (status != STATUS_DONE)
        return status;
    const bool in_stdout = is_standard_output(o);
    if (!in_stdout)
        mandel_report_picture(stdout, o, &w->view, &w->crew, &times, bytes);
    if (compares)
        mandel_report_compare(in_stdout ? stderr : stdout, &w->crew, &times);
    if (mandel_options_given(o, MANDEL_OPTION_STATS))
        mandel_report_stats(stderr, &w->crew);
    return STATUS_DONE;
}

static int write_picture(work *w)
{
    mandel_output output;
    int error = mandel_output_open(&output, w->options->file);
    if (error != 0)
        return fail_to_write(w->options, error);
    error = mandel_crew_init(&w->crew, w->options->threads);
    if (error != 0) {
        mandel_output_discard(&output);
        return fail("start the threads", error);
    }
    const int status = fill_output(w, &output);
    mandel_crew_fini(&w->crew);
    return status;
}

static int make_picture(const mandel_options *options)
{
    if (is_standard_output(options) && isatty(STDOUT_FILENO)) {
        mandel_message_error("file '-': expected standard output to be no terminal");
        return STATUS_USAGE;
    }
    work w;
    int status = make_work(&w, options);
    if (status == STATUS_DONE)
        status = write_picture(&w);
    free_work(&w);
    return status;
}

/* ---- a benchmark ------------------------------------------------------------------------------
 */

static int measure(work *w, mandel_image *serial)
{
    const mandel_options *const o = w->options;
    const mandel_picture picture = picture_of(w);
    mandel_bench bench;
    const int error = mandel_measure_bench(&picture, serial, o->runs, &bench);
    if (error != 0)
        return fail("render", error);
    if (mandel_options_given(o, MANDEL_OPTION_JSON))
        mandel_report_json(stdout, o, &bench);
    else
        mandel_report_bench(stdout, o, &bench);
    if (mandel_options_given(o, MANDEL_OPTION_STATS))
        mandel_report_stats(stderr, &w->crew);
    if (bench.same)
        return STATUS_DONE;
    mandel_message_error("the serial and the parallel picture differ");
    return STATUS_FAILED;
}

static int measure_on_crew(work *w)
{
    mandel_image serial;
    if (mandel_image_init(&serial, w->image.layout, w->view.width, w->view.height) != 0)
        return refuse_size(w);
    const int error = mandel_crew_init(&w->crew, w->options->threads);
    int status = STATUS_FAILED;
    if (error == 0) {
        status = measure(w, &serial);
        mandel_crew_fini(&w->crew);
    } else {
        fail("start the threads", error);
    }
    mandel_image_fini(&serial);
    return status;
}

static int run_bench(const mandel_options *options)
{
    work w;
    int status = make_work(&w, options);
    if (status == STATUS_DONE)
        status = measure_on_crew(&w);
    free_work(&w);
    return status;
}

/* ---- the program ------------------------------------------------------------------------------
 */

static void list_palettes(void)
{
    const mandel_palette_known *known;
    for (size_t i = 0; (known = mandel_palette_at(i)) != NULL; i++)
        printf("%-10s %s\n", known->name, known->description);
}

static void list_kernels(void)
{
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++)
        printf("%-8s %s\n", kernel->name,
               kernel == mandel_kernels_best() ? "default"
               : kernel->runs_here()           ? "runs here"
                                               : "not on this processor");
}

static int run(const mandel_options *options)
{
    switch (options->mode) {
    case MANDEL_MODE_LIST_KERNELS:
        list_kernels();
        return STATUS_DONE;
    case MANDEL_MODE_LIST_PALETTES:
        list_palettes();
        return STATUS_DONE;
    case MANDEL_MODE_HELP:
        fputs(mandel_options_help, stdout);
        return STATUS_DONE;
    case MANDEL_MODE_VERSION:
        printf("mandelbrot, par %s\n", par_version());
        return STATUS_DONE;
    case MANDEL_MODE_BENCH:
        return run_bench(options);
    case MANDEL_MODE_PICTURE:
    case MANDEL_MODE_RECOLOUR:
        break;
    }
    return make_picture(options);
}

int main(int argc, char *argv[])
{
    hold_standard_streams();
    mandel_options options;
    char message[MANDEL_MESSAGE_SIZE];
    int status = STATUS_USAGE;
    if (mandel_options_parse(&options, argc, argv, message))
        status = run(&options);
    else
        mandel_message_error("%s", message);
    mandel_options_fini(&options);
    return fflush(stdout) == 0 ? status : fail("write standard output", errno);
}
