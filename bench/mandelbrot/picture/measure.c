/* SPDX-License-Identifier: MIT */
/* measure.c - see measure.h. */
#include "mandelbrot/picture/measure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double mandel_measure_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int compare(const void *a, const void *b)
{
    const double left = *(const double *)a;
    const double right = *(const double *)b;
    return (left > right) - (left < right);
}

mandel_spread mandel_measure_spread(double *values, size_t n)
{
    qsort(values, n, sizeof *values, compare);
    const double median = (values[(n - 1) / 2] + values[n / 2]) / 2.0;
    return (mandel_spread){median, values[0], values[n - 1]};
}

bool mandel_measure_same(const mandel_image *a, const mandel_image *b)
{
    return memcmp(a->pixels, b->pixels, a->stride * a->height) == 0;
}

/* One measurement of each kind; which comes first alternates. */
static int measure_pair(const mandel_picture *parallel, const mandel_picture *serial,
                        bool serial_first, double *parallel_time, double *serial_time)
{
    for (int turn = 0; turn < 2; turn++) {
        const bool is_serial = (turn == 0) == serial_first;
        mandel_tally tally;
        const double start = mandel_measure_now();
        const int error = is_serial ? mandel_picture_make_serially(serial, &tally)
                                    : mandel_picture_make(parallel);
        if (error != 0)
            return error;
        *(is_serial ? serial_time : parallel_time) = mandel_measure_now() - start;
    }
    return 0;
}

int mandel_measure_bench(const mandel_picture *picture, mandel_image *serial_image, size_t runs,
                         mandel_bench *bench)
{
    double *const times = calloc(runs, 3 * sizeof *times);
    if (times == NULL)
        return ENOMEM;
    double *const serial_times = times;
    double *const parallel_times = times + runs;
    double *const speed_ups = times + 2 * runs;
    mandel_picture serial = *picture;
    serial.image = serial_image;
    serial.progress = NULL;
    /* The first touch of a page costs time that later runs do not pay. */
    memset(picture->image->pixels, 0xff, picture->image->stride * picture->image->height);
    memset(serial_image->pixels, 0, serial_image->stride * serial_image->height);
    int error = 0;
    for (size_t i = 0; i < runs && error == 0; i++) {
        error = measure_pair(picture, &serial, i % 2 == 0, &parallel_times[i], &serial_times[i]);
        speed_ups[i] = serial_times[i] / parallel_times[i];
    }
    if (error == 0) {
        const mandel_tally total = mandel_crew_total(picture->crew);
        bench->runs = runs;
        bench->threads = picture->crew->threads;
        bench->pixels = total.pixels;
        bench->iterations = total.iterations;
        bench->serial = mandel_measure_spread(serial_times, runs);
        bench->parallel = mandel_measure_spread(parallel_times, runs);
        bench->speed_up = mandel_measure_spread(speed_ups, runs);
        bench->same = mandel_measure_same(picture->image, serial_image);
    }
    free(times);
    return error;
}
