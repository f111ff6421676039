/* SPDX-License-Identifier: MIT */
/* bench.c - see bench.h. */
#include "harness/bench.h"

#include "harness/clock.h"
#include "harness/report.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const bench_unit bench_unit_s = {"s", 1e9};
const bench_unit bench_unit_ms = {"ms", 1e6};
const bench_unit bench_unit_us = {"us", 1e3};
const bench_unit bench_unit_ns = {"ns", 1};
const bench_unit bench_unit_count = {"count", 1};

bench_options_result bench_begin(bench *b, const char *program, const char *about, const char *size,
                                 int argc, char **argv)
{
    *b = (bench){.program = program, .runtime = "none", .version = "none", .threads = 1};
    const bench_options_result result =
        bench_options_read(&b->options, program, about, size, argc, argv);
    if (result != BENCH_OPTIONS_RUN)
        return result;
    bench_machine_read(&b->machine);
    if (b->options.json == NULL)
        return BENCH_OPTIONS_RUN;
    b->json = strcmp(b->options.json, "-") == 0 ? stdout : fopen(b->options.json, "a");
    if (b->json != NULL)
        return BENCH_OPTIONS_RUN;
    fprintf(stderr, "%s: cannot write to \"%s\": %s\n", program, b->options.json, strerror(errno));
    return BENCH_OPTIONS_WRONG;
}

void bench_runtime(bench *b, const char *runtime, const char *version, size_t threads)
{
    b->runtime = runtime;
    b->version = version;
    b->threads = threads;
}

void bench_setting_add(bench *b, const char *name, const char *value)
{
    if (b->n_settings == BENCH_COUNT(b->settings))
        return;
    bench_setting *const setting = &b->settings[b->n_settings++];
    snprintf(setting->name, sizeof setting->name, "%s", name);
    snprintf(setting->value, sizeof setting->value, "%s", value);
}

bool bench_wants(bench *b, const char *name)
{
    if (b->options.filter != NULL && strstr(name, b->options.filter) == NULL)
        return false;
    if (b->options.list)
        puts(name);
    return !b->options.list;
}

void bench_fail(bench *b, const char *name, const char *reason)
{
    fprintf(stderr, "%s: %s: %s\n", b->program, name, reason);
    b->failed = true;
}

static size_t samples_of(const bench *b, const bench_case *c)
{
    const size_t quick_share = 50;
    const size_t quick_least = 2;
    if (b->options.repeat != 0)
        return b->options.repeat;
    if (!b->options.quick)
        return c->repeat;
    return c->repeat < quick_share * quick_least ? quick_least : c->repeat / quick_share;
}

/* One sample of one side, in the unit of the case. */
static double take_sample(bench *b, const bench_case *c, const bench_side *side)
{
    double ns;
    if (side->measure != NULL) {
        ns = side->measure(side->ctx);
    } else {
        const int64_t start = bench_clock_ns();
        side->run(side->ctx);
        ns = (double)(bench_clock_ns() - start);
    }
    if (side->is_right != NULL && !side->is_right(side->ctx)) {
        fprintf(stderr, "%s: %s: %s: the answer is wrong\n", b->program, c->name, side->name);
        b->failed = true;
    }
    return ns / c->unit.ns / (c->items == 0 ? 1 : c->items);
}

/* samples[side * n + turn] */
static void take_samples(bench *b, const bench_case *c, double *samples, size_t n)
{
    for (size_t warm = 0; warm < c->warm_up; warm++)
        for (size_t side = 0; side < c->n_sides; side++)
            take_sample(b, c, &c->sides[side]);
    for (size_t turn = 0; turn < n; turn++) {
        for (size_t i = 0; i < c->n_sides; i++) {
            const size_t side = (turn + i) % c->n_sides;
            samples[side * n + turn] = take_sample(b, c, &c->sides[side]);
        }
    }
}

/* Moves the numbers to the front. Returns how many there are. */
static size_t drop_missing(double *samples, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(samples[i]))
            samples[kept++] = samples[i];
    return kept;
}

static bench_spread ratio_of(const double *over, const double *under, double *quotients, size_t n)
{
    for (size_t i = 0; i < n; i++)
        quotients[i] = under[i] == 0 ? NAN : over[i] / under[i];
    return bench_spread_of(quotients, drop_missing(quotients, n));
}

void bench_run(bench *b, const bench_case *c)
{
    if (!bench_wants(b, c->name))
        return;
    const size_t n = samples_of(b, c);
    /* The samples, a row for quotients, and the spreads of sides and ratios. */
    double *const samples = calloc((c->n_sides + 1) * n, sizeof *samples);
    bench_spread *const spreads = calloc(c->n_sides + c->n_ratios, sizeof *spreads);
    if (samples == NULL || spreads == NULL) {
        bench_fail(b, c->name, "no memory for the samples");
    } else {
        const bool failed_before = b->failed;
        b->failed = false;
        take_samples(b, c, samples, n);
        double *const quotients = samples + c->n_sides * n;
        for (size_t i = 0; i < c->n_ratios; i++)
            spreads[c->n_sides + i] = ratio_of(samples + c->ratios[i].over * n,
                                               samples + c->ratios[i].under * n, quotients, n);
        for (size_t side = 0; side < c->n_sides; side++)
            spreads[side] =
                bench_spread_of(samples + side * n, drop_missing(samples + side * n, n));
        if (b->json != stdout)
            bench_report_text(stdout, c, spreads);
        if (b->json != NULL)
            bench_report_json(b->json, b, c, spreads);
        b->failed = b->failed || failed_before;
    }
    free(samples);
    free(spreads);
}

int bench_end(bench *b)
{
    bool written = true;
    if (b->json == stdout)
        written = fflush(stdout) == 0;
    else if (b->json != NULL)
        written = fclose(b->json) == 0;
    if (!written)
        bench_fail(b, b->options.json, strerror(errno));
    return b->failed ? 1 : 0;
}
