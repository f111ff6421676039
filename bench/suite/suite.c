/* SPDX-License-Identifier: MIT */
/* suite.c - see suite.h. */
#include "suite/suite.h"

#include "harness/clock.h"
#include "harness/par_runtime.h"

#include <string.h>

/* One side: the serial form if there is no pool. */
typedef struct suite_run {
    const suite_program *program;
    void *state;
    par_pool *pool;
    size_t laps;
} suite_run;

static void run_laps(void *arg)
{
    const suite_run *const run = arg;
    void (*const form)(void *) = run->pool == NULL ? run->program->serial : run->program->parallel;
    for (size_t lap = 0; lap < run->laps; lap++)
        form(run->state);
}

static double measure(void *ctx)
{
    const suite_run *const run = ctx;
    if (run->program->prepare != NULL)
        run->program->prepare(run->state);
    const int64_t start = bench_clock_ns();
    if (run->pool == NULL)
        run_laps(ctx);
    else
        par_pool_run(run->pool, run_laps, ctx);
    return (double)(bench_clock_ns() - start);
}

static bool is_right(void *ctx)
{
    const suite_run *const run = ctx;
    return run->program->is_right(run->state);
}

static void measure_size(bench *b, const suite_program *program, size_t size, par_pool *one,
                         par_pool *all)
{
    void *const state = program->create(size);
    if (state == NULL) {
        bench_fail(b, program->name, "no memory for this size");
        return;
    }
    const size_t laps = program->laps == NULL ? 1 : program->laps(size);
    suite_run serial = {program, state, NULL, laps};
    suite_run on_one = {program, state, one, laps};
    suite_run on_all = {program, state, all, laps};
    const bench_side sides[] = {
        {"serial", NULL, measure, is_right, &serial},
        {"par, 1 thread", NULL, measure, is_right, &on_one},
        {"par, all threads", NULL, measure, is_right, &on_all},
    };
    const bench_ratio ratios[] = {
        {"1 thread / serial", 1, 0},
        {"1 thread / all threads", 1, 2},
        {"serial / all threads", 0, 2},
    };
    const bench_parameter parameters[] = {{"size", (double)size}};
    bench_run(b, &(bench_case){program->name, laps == 1 ? bench_unit_ms : bench_unit_us,
                               (double)laps, 7, 1, sides, BENCH_COUNT(sides), ratios,
                               BENCH_COUNT(ratios), parameters, BENCH_COUNT(parameters)});
    program->destroy(state);
}

static void measure_sizes(bench *b, const suite_program *program, par_pool *one, par_pool *all)
{
    if (b->options.size != 0 || b->options.quick) {
        measure_size(b, program, b->options.size != 0 ? b->options.size : program->quick, one, all);
        return;
    }
    for (size_t i = 0; i < BENCH_COUNT(program->sizes) && program->sizes[i] != 0; i++)
        measure_size(b, program, program->sizes[i], one, all);
}

int suite_main(const suite_program *program, int argc, char **argv)
{
    bench b;
    const bench_options_result result =
        bench_begin(&b, program->name, program->about, program->size, argc, argv);
    if (result != BENCH_OPTIONS_RUN)
        return result == BENCH_OPTIONS_HELP ? 0 : 2;
    if (b.options.size > program->largest) {
        fprintf(stderr, "%s: --size takes a number up to %zu, not %zu\n", program->name,
                program->largest, b.options.size);
        return 2;
    }
    bench_par_begin(&b);
    if (bench_wants(&b, program->name)) {
        par_pool *const one = bench_par_pool(&b, program->name, 1);
        par_pool *const all = bench_par_pool(&b, program->name, b.threads);
        if (one != NULL && all != NULL)
            measure_sizes(&b, program, one, all);
        par_pool_destroy(one);
        par_pool_destroy(all);
    }
    return bench_end(&b);
}

uint64_t suite_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15U;
    uint64_t x = *state;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

uint64_t suite_hash(const void *bytes, size_t n)
{
    const unsigned char *from = bytes;
    uint64_t hash = n;
    for (; n >= sizeof(uint64_t); n -= sizeof(uint64_t), from += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, from, sizeof word);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 29;
    }
    for (; n > 0; n--, from++)
        hash = (hash ^ *from) * 0x9e3779b97f4a7c15U;
    return hash;
}
