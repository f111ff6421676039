/* SPDX-License-Identifier: MIT */
/* main.c - the program `mandelbrot`: does what the command line says, step by step, and turns what
 * fails into a message and an exit status. */
#include "mandelbrot/base/message.h"
#include "mandelbrot/base/output.h"
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

static mandel_render render_of(const mandel_options *options, mandel_image *image,
                               mandel_crew *crew)
{
    return (mandel_render){
        .view = &options->view,
        .limit = options->iterations,
        .show_workers = options->show_workers,
        .kernel = options->kernel->points,
        .inside = options->clbg ? options->kernel->inside : NULL,
        .image = image,
        .crew = crew,
    };
}

/* The image of the options' view; false after a message. */
static bool make_image(const mandel_options *options, mandel_image *image)
{
    const mandel_view *const view = &options->view;
    if (mandel_image_init(image, options->layout, view->width, view->height) == 0)
        return true;
    mandel_message_error("size %s: expected a picture that fits into memory",
                         mandel_message_quote(options->size).text);
    return false;
}

static bool make_crew(const mandel_options *options, mandel_crew *crew)
{
    const int error = mandel_crew_init(crew, options->threads);
    if (error != 0)
        mandel_message_error("cannot start the threads: %s", strerror(error));
    return error == 0;
}

static int fail_to_render(int error)
{
    mandel_message_error("cannot render: %s", strerror(error));
    return STATUS_FAILED;
}

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

static int render_parallel(const mandel_options *options, mandel_render render, double *seconds)
{
    mandel_progress progress;
    if (options->progress && isatty(STDERR_FILENO)) {
        mandel_progress_init(&progress, STDERR_FILENO, mandel_render_spans(&render));
        render.progress = &progress;
    }
    const double start = mandel_measure_now();
    const int error = mandel_render_parallel(&render);
    *seconds = mandel_measure_now() - start;
    if (render.progress != NULL)
        mandel_progress_fini(&progress);
    return error == 0 ? STATUS_DONE : fail_to_render(error);
}

/* Renders again serially, into an image of its own, and compares. */
static int render_serially(const mandel_options *options, mandel_render render, double *seconds)
{
    mandel_image image;
    if (!make_image(options, &image))
        return STATUS_USAGE;
    const mandel_image *const parallel_image = render.image;
    render.image = &image;
    const double start = mandel_measure_now();
    mandel_render_serial(&render);
    *seconds = mandel_measure_now() - start;
    const bool same = mandel_measure_same(&image, parallel_image);
    mandel_image_fini(&image);
    if (same)
        return STATUS_DONE;
    mandel_message_error("the serial and the parallel picture differ");
    return STATUS_FAILED;
}

/* Writes the image and closes the output. */
static int write_image(const mandel_options *options, const mandel_image *image,
                       mandel_output *output, double *seconds, size_t *bytes)
{
    const double start = mandel_measure_now();
    int error = mandel_format_write(options->format, image, &options->view, options->iterations,
                                    output->stream);
    if (error == 0)
        error = mandel_output_commit(output, bytes);
    else
        mandel_output_discard(output);
    *seconds = mandel_measure_now() - start;
    return error == 0 ? STATUS_DONE : fail_to_write(options, error);
}

/* Everything between an open output and its end. */
static int fill_output(const mandel_options *options, mandel_image *image, mandel_crew *crew,
                       mandel_output *output)
{
    const mandel_render render = render_of(options, image, crew);
    mandel_times times = {0};
    int status = render_parallel(options, render, &times.parallel);
    if (status == STATUS_DONE && options->compare)
        status = render_serially(options, render, &times.serial);
    if (status != STATUS_DONE) {
        mandel_output_discard(output);
        return status;
    }
    size_t bytes = 0;
    status = write_image(options, image, output, &times.write, &bytes);
    if (status != STATUS_DONE)
        return status;
    const bool in_stdout = is_standard_output(options);
    if (!in_stdout)
        mandel_report_picture(stdout, options, crew, &times, bytes);
    if (options->compare)
        mandel_report_compare(in_stdout ? stderr : stdout, crew, &times);
    if (options->stats)
        mandel_report_stats(stderr, crew);
    return STATUS_DONE;
}

static int make_picture(const mandel_options *options)
{
    if (is_standard_output(options) && isatty(STDOUT_FILENO)) {
        mandel_message_error("file '-': expected standard output to be no terminal");
        return STATUS_USAGE;
    }
    mandel_image image;
    if (!make_image(options, &image))
        return STATUS_USAGE;
    mandel_output output;
    const int error = mandel_output_open(&output, options->file);
    if (error != 0) {
        mandel_image_fini(&image);
        return fail_to_write(options, error);
    }
    mandel_crew crew;
    int status = STATUS_FAILED;
    if (make_crew(options, &crew)) {
        status = fill_output(options, &image, &crew, &output);
        mandel_crew_fini(&crew);
    } else {
        mandel_output_discard(&output);
    }
    mandel_image_fini(&image);
    return status;
}

static int bench_images(const mandel_options *options, mandel_image *image, mandel_image *serial)
{
    mandel_crew crew;
    if (!make_crew(options, &crew))
        return STATUS_FAILED;
    const mandel_render render = render_of(options, image, &crew);
    mandel_bench bench;
    const int error = mandel_measure_bench(&render, serial, options->runs, &bench);
    int status = error == 0 ? STATUS_DONE : fail_to_render(error);
    if (error == 0 && options->json)
        mandel_report_json(stdout, options, &bench);
    else if (error == 0)
        mandel_report_bench(stdout, options, &bench);
    if (error == 0 && options->stats)
        mandel_report_stats(stderr, &crew);
    if (error == 0 && !bench.same) {
        mandel_message_error("the serial and the parallel picture differ");
        status = STATUS_FAILED;
    }
    mandel_crew_fini(&crew);
    return status;
}

static int run_bench(const mandel_options *options)
{
    mandel_image image;
    mandel_image serial;
    if (!make_image(options, &image))
        return STATUS_USAGE;
    int status = STATUS_USAGE;
    if (make_image(options, &serial)) {
        status = bench_images(options, &image, &serial);
        mandel_image_fini(&serial);
    }
    mandel_image_fini(&image);
    return status;
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
    case MANDEL_MODE_HELP:
        fputs(mandel_options_help, stdout);
        return STATUS_DONE;
    case MANDEL_MODE_VERSION:
        printf("mandelbrot, par %s\n", par_version());
        return STATUS_DONE;
    case MANDEL_MODE_BENCH:
        return run_bench(options);
    case MANDEL_MODE_PICTURE:
        break;
    }
    return make_picture(options);
}

int main(int argc, char *argv[])
{
    hold_standard_streams();
    mandel_options options;
    char message[MANDEL_MESSAGE_SIZE];
    if (!mandel_options_parse(&options, argc, argv, message)) {
        mandel_message_error("%s", message);
        return STATUS_USAGE;
    }
    const int status = run(&options);
    if (fflush(stdout) == 0)
        return status;
    mandel_message_error("cannot write standard output: %s", strerror(errno));
    return STATUS_FAILED;
}
