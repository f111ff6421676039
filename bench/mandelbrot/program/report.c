/* SPDX-License-Identifier: MIT */
/* report.c - see report.h. */
#include "mandelbrot/program/report.h"

#include "mandelbrot/base/number.h"

#include <inttypes.h>
#include <par/stats.h>

/* Of quantities counted in millions or billions. */
static const double mega = 1e6;
static const double giga = 1e9;

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static const char *precision_name(const mandel_options *options)
{
    return options->precision == MANDEL_FLOAT ? "float" : "double";
}

void mandel_report_picture(FILE *stream, const mandel_options *options, const mandel_view *view,
                           const mandel_crew *crew, const mandel_times *times, size_t bytes)
{
    const double pixels = (double)view->width * view->height;
    fprintf(stream,
            "%s: %lux%lu %s, %zu bytes; rendered in %.3f s on %zu thread%s (%.1f Mpixel/s), "
            "written in %.3f s\n",
            mandel_message_quote(options->file).text, (unsigned long)view->width,
            (unsigned long)view->height, mandel_format_name(options->format), bytes,
            times->parallel, crew->threads, plural(crew->threads), pixels / times->parallel / mega,
            times->write);
}

void mandel_report_compare(FILE *stream, const mandel_crew *crew, const mandel_times *times)
{
    fprintf(stream, "speed-up %.2f on %zu thread%s: %.3f s, serially %.3f s; the same picture\n",
            times->serial / times->parallel, crew->threads, plural(crew->threads), times->parallel,
            times->serial);
}

static double percent(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0.0 : 100.0 * (double)part / (double)whole;
}

void mandel_report_stats(FILE *stream, const mandel_crew *crew)
{
    static const char *const distances[PAR_DISTANCES] = {
        [PAR_DISTANCE_SMT] = "smt",       [PAR_DISTANCE_L2] = "l2",
        [PAR_DISTANCE_L3] = "l3",         [PAR_DISTANCE_PACKAGE] = "package",
        [PAR_DISTANCE_REMOTE] = "remote",
    };
    const mandel_tally total = mandel_crew_total(crew);
    fprintf(stream, "worker      pixels          iterations\n");
    for (size_t i = 0; i < crew->places; i++) {
        const mandel_tally *const tally = &crew->tallies[i];
        if (tally->pixels > 0)
            fprintf(stream, "%6zu %11" PRIu64 " %5.1f %% %14" PRIu64 " %5.1f %%\n", i,
                    tally->pixels, percent(tally->pixels, total.pixels), tally->iterations,
                    percent(tally->iterations, total.iterations));
    }
    par_stats stats = PAR_STATS_INIT;
    if (par_stats_get(crew->pool, &stats) != 0)
        return;
    fprintf(stream, "stolen     ");
    for (int i = 0; i < PAR_DISTANCES; i++)
        fprintf(stream, " %s %" PRIu64, distances[i], stats.stolen[i]);
    fprintf(stream,
            "\npool        executed %" PRIu64 " failed probes %" PRIu64 " parked %" PRIu64
            " woken %" PRIu64 " published %" PRIu64 " lent %" PRIu64 "\n",
            stats.executed, stats.failed_probes, stats.parked, stats.woken, stats.published,
            stats.lent);
}

static void print_row(FILE *stream, const char *name, const mandel_spread *seconds,
                      const mandel_bench *bench)
{
    fprintf(stream, "%-9s %9.4f %9.4f %9.4f %11.2f %14.4f\n", name, seconds->median, seconds->min,
            seconds->max, (double)bench->pixels / seconds->median / mega,
            (double)bench->iterations / seconds->median / giga);
}

void mandel_report_bench(FILE *stream, const mandel_options *options, const mandel_bench *bench)
{
    const mandel_view *const view = &options->view;
    fprintf(stream, "view      %lux%lu, %s,%s to %s,%s, %lu iterations\n",
            (unsigned long)view->width, (unsigned long)view->height,
            mandel_number_shortest(view->upper_left.re).text,
            mandel_number_shortest(view->upper_left.im).text,
            mandel_number_shortest(view->lower_right.re).text,
            mandel_number_shortest(view->lower_right.im).text, (unsigned long)options->iterations);
    fprintf(stream, "kernel    %s, %s%s\n", options->kernel->name, precision_name(options),
            mandel_options_given(options, MANDEL_OPTION_FAST) ? ", fast" : "");
    fprintf(stream, "threads   %zu\n\n", bench->threads);
    fprintf(stream, "          %9s %9s %9s %11s %14s\n", "median s", "min s", "max s", "Mpixel/s",
            "Giterations/s");
    print_row(stream, "serial", &bench->serial, bench);
    print_row(stream, "parallel", &bench->parallel, bench);
    fprintf(stream, "\nspeed-up  %.3f (%.3f to %.3f in %zu pair%s of runs)\n",
            bench->speed_up.median, bench->speed_up.min, bench->speed_up.max, bench->runs,
            plural(bench->runs));
}

static void json_spread(FILE *stream, const mandel_spread *spread)
{
    fprintf(stream, "{\"median\": %.9g, \"min\": %.9g, \"max\": %.9g}", spread->median, spread->min,
            spread->max);
}

static void json_side(FILE *stream, const char *name, size_t threads, const mandel_spread *seconds,
                      const mandel_bench *bench)
{
    fprintf(stream, "  \"%s\": {\"threads\": %zu, \"seconds\": ", name, threads);
    json_spread(stream, seconds);
    fprintf(stream, ", \"mpixel_per_s\": %.6g, \"giteration_per_s\": %.6g},\n",
            (double)bench->pixels / seconds->median / mega,
            (double)bench->iterations / seconds->median / giga);
}

void mandel_report_json(FILE *stream, const mandel_options *options, const mandel_bench *bench)
{
    const mandel_view *const view = &options->view;
    fprintf(stream, "{\n  \"benchmark\": \"mandelbrot\",\n  \"version\": \"%s\",\n", PAR_VERSION);
    fprintf(stream, "  \"width\": %lu,\n  \"height\": %lu,\n", (unsigned long)view->width,
            (unsigned long)view->height);
    fprintf(stream, "  \"upper_left\": [%s, %s],\n",
            mandel_number_shortest(view->upper_left.re).text,
            mandel_number_shortest(view->upper_left.im).text);
    fprintf(stream, "  \"lower_right\": [%s, %s],\n",
            mandel_number_shortest(view->lower_right.re).text,
            mandel_number_shortest(view->lower_right.im).text);
    fprintf(stream, "  \"limit\": %lu,\n  \"kernel\": \"%s\",\n  \"precision\": \"%s\",\n",
            (unsigned long)options->iterations, options->kernel->name, precision_name(options));
    fprintf(stream, "  \"fast\": %s,\n  \"shortcuts\": %s,\n",
            mandel_options_given(options, MANDEL_OPTION_FAST) ? "true" : "false",
            mandel_options_given(options, MANDEL_OPTION_NO_SHORTCUTS) ? "false" : "true");
    fprintf(stream,
            "  \"pixels\": %" PRIu64 ",\n  \"iterations\": %" PRIu64 ",\n  \"runs\": %zu,\n",
            bench->pixels, bench->iterations, bench->runs);
    json_side(stream, "serial", 1, &bench->serial, bench);
    json_side(stream, "parallel", bench->threads, &bench->parallel, bench);
    fprintf(stream, "  \"speed_up\": ");
    json_spread(stream, &bench->speed_up);
    fprintf(stream, ",\n  \"same_picture\": %s\n}\n", bench->same ? "true" : "false");
}
