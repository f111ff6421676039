/* SPDX-License-Identifier: MIT */
/* report.h - results as text for people, and as JSON for programs. */
#ifndef MANDEL_REPORT_H
#define MANDEL_REPORT_H

#include "mandelbrot/picture/measure.h"
#include "mandelbrot/program/options.h"

#include <stdio.h>

/* How long the parts of making a picture took, in seconds. */
typedef struct mandel_times {
    double parallel;
    double serial; /* 0: not rendered serially */
    double write;
} mandel_times;

/* One line about a picture that was written. */
void mandel_report_picture(FILE *stream, const mandel_options *options, const mandel_view *view,
                           const mandel_crew *crew, const mandel_times *times, size_t bytes);

/* One line about the speed-up. */
void mandel_report_compare(FILE *stream, const mandel_crew *crew, const mandel_times *times);

/* A table of the workers' shares, and the pool's own counters. */
void mandel_report_stats(FILE *stream, const mandel_crew *crew);

/* The results of --bench. */
void mandel_report_bench(FILE *stream, const mandel_options *options, const mandel_bench *bench);

/* The same as one JSON object. */
void mandel_report_json(FILE *stream, const mandel_options *options, const mandel_bench *bench);

#endif
