/* SPDX-License-Identifier: MIT */
/* main.c - measures one library of channels, whichever is linked with it. run.sh runs these
 * programs in turns; summary.jq compares what they wrote. */
#include "channels/rival.h"

#include "harness/bench.h"

#include <stdio.h>

static const char *const shapes[] = {"seq", "spsc", "mpsc", "mpmc", "select", "batch"};

typedef struct one_run {
    rival_run run;
    rival_result result;
    bool has;
} one_run;

static void move(void *ctx)
{
    one_run *const one = ctx;
    one->result = (rival_result){0, 0};
    one->has = rival_move(&one->run, &one->result);
}

static bool is_right(void *ctx)
{
    const one_run *const one = ctx;
    const uint64_t n = one->run.n;
    const uint64_t sum = one->run.bytes == 0 ? 0 : n * (n - 1) / 2;
    return !one->has || (one->result.received == n && one->result.sum == sum);
}

static size_t number_of_elements(const rival_run *run, bool quick)
{
    if (quick)
        return 256;
    if (run->shape != RIVAL_SEQ && run->capacity <= 1)
        return 25600;
    return 256000;
}

/* One sample is a run. What the library lacks is found out by a small one. */
static void measure(bench *b, size_t shape, size_t capacity, size_t bytes)
{
    char name[64];
    char room[24] = "unbounded";
    if (capacity != RIVAL_UNBOUNDED)
        snprintf(room, sizeof room, "%zu", capacity);
    snprintf(name, sizeof name, "%s/%s/%zu", shapes[shape], room, bytes);
    if (!bench_wants(b, name))
        return;
    one_run one = {.run = {shape, capacity, bytes, 256}};
    move(&one);
    if (!one.has)
        return;
    one.run.n = number_of_elements(&one.run, b->options.quick);
    const bench_side sides[] = {{"channel", move, NULL, is_right, &one}};
    const bench_parameter parameters[] = {{"n", (double)one.run.n}, {"bytes", (double)bytes}};
    bench_run(b, &(bench_case){name, bench_unit_ns, (double)one.run.n, 5, 1, sides,
                               BENCH_COUNT(sides), NULL, 0, parameters, BENCH_COUNT(parameters)});
}

int main(int argc, char **argv)
{
    static const size_t capacities[] = {0, 1, 64, RIVAL_UNBOUNDED};
    static const size_t sizes[] = {0, 8, 64};
    bench b;
    const bench_options_result result =
        bench_begin(&b, "channels", "one library of channels", NULL, argc, argv);
    if (result != BENCH_OPTIONS_RUN)
        return result == BENCH_OPTIONS_HELP ? 0 : 2;
    if (!b.options.list)
        bench_runtime(&b, rival_name(), rival_version(), RIVAL_THREADS);
    for (size_t shape = 0; shape < RIVAL_SHAPES; shape++)
        for (size_t i = 0; i < BENCH_COUNT(capacities); i++)
            for (size_t k = 0; k < BENCH_COUNT(sizes); k++)
                measure(&b, shape, capacities[i], sizes[k]);
    return bench_end(&b);
}
