/* SPDX-License-Identifier: MIT */
/* sum.c - adding up an array much larger than the caches: how much of the bandwidth that a plain
 * loop on each core reaches is left with par. */
#include "micro/micro.h"
#include "micro/plain_threads.h"

#include "harness/sum.h"

#include <par/algorithm.h>
#include <par/loop.h>
#include <par/typed.h>
#include <stdlib.h>

typedef struct sum_data {
    double *values;
    size_t n;
    double answer;
    micro_plain_threads *plain;
    double *partials; /* a cache line for each plain thread */
} sum_data;

enum { partial_stride = 16 };

static void fill_range(size_t begin, size_t end, void *arg)
{
    bench_sum_fill(arg, begin, end);
}

static void run_serial(void *ctx)
{
    sum_data *const data = ctx;
    data->answer = bench_sum(data->values, data->n);
}

static void sum_slice(size_t index, size_t of, void *arg)
{
    const sum_data *const data = arg;
    const size_t begin = data->n / of * index;
    const size_t end = index + 1 == of ? data->n : begin + data->n / of;
    data->partials[index * partial_stride] = bench_sum(data->values + begin, end - begin);
}

static void run_plain_threads(void *ctx)
{
    sum_data *const data = ctx;
    micro_plain_threads_run(data->plain, sum_slice, data);
    data->answer = 0;
    for (size_t i = 0; i < micro_plain_threads_count(data->plain); i++)
        data->answer += data->partials[i * partial_stride];
}

static ptrdiff_t sum_fold(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    *(double *)out += bench_sum(in, n);
    return 0;
}

static void sum_merge(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(double *)left += *(const double *)right;
}

static void run_reduce(void *ctx)
{
    sum_data *const data = ctx;
    data->answer = 0;
    par_reduce(&data->answer, sizeof data->answer, data->values, sizeof *data->values, data->n,
               sum_fold, sum_merge, NULL);
}

static double add(double a, double b)
{
    return a + b;
}

PAR_DEFINE_REDUCE_WITH(sum_typed, double, add)

static void run_typed(void *ctx)
{
    sum_data *const data = ctx;
    data->answer = 0;
    sum_typed(&data->answer, data->values, data->n);
}

static bool is_right(void *ctx)
{
    sum_data *const data = ctx;
    const bool right = data->answer == bench_sum_expected(data->n);
    data->answer = -1;
    return right;
}

static void measure_sum(bench *b, const char *name, sum_data *data)
{
    par_for(0, data->n, fill_range, data->values);
    const bench_side sides[] = {
        {"plain loop on each core", run_plain_threads, NULL, is_right, data},
        {"plain loop on one core", run_serial, NULL, is_right, data},
        {"par_reduce", run_reduce, NULL, is_right, data},
        {"PAR_DEFINE_REDUCE_WITH", run_typed, NULL, is_right, data},
    };
    const bench_ratio ratios[] = {
        {"plain loop on each core / par_reduce", 0, 2},
        {"plain loop on one core / par_reduce", 1, 2},
    };
    const bench_parameter parameters[] = {{"n", (double)data->n},
                                          {"bytes", (double)(data->n * sizeof *data->values)}};
    bench_run(b, &(bench_case){name, bench_unit_ms, 0, 21, 1, sides, BENCH_COUNT(sides), ratios,
                               BENCH_COUNT(ratios), parameters, BENCH_COUNT(parameters)});
}

void micro_sum(bench *b)
{
    static const char *const name = "sum";
    if (!bench_wants(b, name))
        return;
    sum_data data = {.n = b->options.quick ? 100003 : 50 * 1000 * 1000};
    data.plain = micro_plain_threads_create();
    data.values = malloc(data.n * sizeof *data.values);
    data.partials = data.plain == NULL ? NULL
                                       : calloc(micro_plain_threads_count(data.plain),
                                                partial_stride * sizeof *data.partials);
    if (data.values == NULL || data.partials == NULL)
        bench_fail(b, name, "no memory or no threads");
    else
        measure_sum(b, name, &data);
    free(data.values);
    free(data.partials);
    micro_plain_threads_destroy(data.plain);
}
