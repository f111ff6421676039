/* SPDX-License-Identifier: MIT */
/* arrays.c - see arrays.h. */
#include "peers/arrays.h"

#include <stdlib.h>
#include <string.h>

uint64_t array_random(uint64_t i)
{
    uint64_t z = (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* ---- the arrays of a run */

static size_t out_bytes(const array_run *run)
{
    const size_t room = run->kind->out_room == 0 ? run->n : run->kind->out_room;
    return room * run->kind->out_size;
}

static void unmake(array_run *run)
{
    if (run->unmake != NULL)
        run->unmake(&run->made);
    run->unmake = NULL;
    run->made = (peer_made){NULL, 0, 0};
}

/* A2 */
static void spoil(array_run *run)
{
    unmake(run);
    memset(run->out, 0xa5, out_bytes(run));
    run->out_n = SIZE_MAX;
}

static const void *output_of(const array_run *run, size_t *n)
{
    *n = run->unmake != NULL ? run->made.n : run->out_n;
    return run->unmake != NULL ? (const void *)run->made.items : run->out;
}

/* A1 */
static void expect(array_run *run)
{
    run->kind->plain(run);
    const void *const output = output_of(run, &run->expected_n);
    memcpy(run->expected, output, run->expected_n * run->kind->out_size);
    spoil(run);
}

static bool begin_run(array_run *run, const array_case *kind, size_t n)
{
    *run = (array_run){.kind = kind, .n = n};
    run->in = malloc(n * kind->in_size);
    run->out = malloc(out_bytes(run));
    run->expected = malloc(out_bytes(run));
    if (run->in == NULL || run->out == NULL || run->expected == NULL)
        return false;
    kind->fill(run);
    spoil(run);
    expect(run);
    return true;
}

static void end_run(array_run *run)
{
    unmake(run);
    free(run->in);
    free(run->out);
    free(run->expected);
}

/* ---- measuring */

static void run_peer(void *ctx)
{
    array_run *const run = ctx;
    (void)run->kind->peer(run);
}

static void run_plain(void *ctx)
{
    array_run *const run = ctx;
    run->kind->plain(run);
}

static void run_plain_sums(void *ctx)
{
    array_run *const run = ctx;
    run->kind->plain_sums(run);
}

static bool is_right(void *ctx)
{
    array_run *const run = ctx;
    size_t n;
    const void *const output = output_of(run, &n);
    const bool right =
        n == run->expected_n && memcmp(output, run->expected, n * run->kind->out_size) == 0;
    spoil(run);
    return right;
}

static void measure_run(bench *b, array_run *run)
{
    const bench_side sides[] = {
        {"parallel", run_peer, NULL, is_right, run},
        {"plain loop on one core", run_plain, NULL, is_right, run},
        {"plain loop with several sums", run_plain_sums, NULL, is_right, run},
    };
    const bench_ratio ratios[] = {
        {"parallel / plain loop on one core", 0, 1},
        {"parallel / plain loop with several sums", 0, 2},
    };
    const size_t plain = run->kind->plain_sums == NULL ? 1 : 2;
    const bench_parameter parameters[] = {{"n", (double)run->n},
                                          {"bytes", (double)(run->n * run->kind->in_size)}};
    bench_run(b, &(bench_case){run->kind->name, bench_unit_ms, 0, 5, 1, sides, 1 + plain, ratios,
                               plain, parameters, BENCH_COUNT(parameters)});
}

static bool is_there(const array_case *kind)
{
    enum { FEW = 64 };
    array_run run;
    const bool there = begin_run(&run, kind, FEW) && kind->peer(&run);
    end_run(&run);
    return there;
}

static void measure_case(bench *b, const array_case *kind)
{
    array_run run;
    if (!is_there(kind) || !bench_wants(b, kind->name))
        return;
    if (begin_run(&run, kind, b->options.quick ? kind->quick_n : kind->n))
        measure_run(b, &run);
    else
        bench_fail(b, kind->name, "no memory");
    end_run(&run);
}

void peer_measure_arrays(bench *b)
{
    static const array_case *const families[] = {array_maps, array_folds, array_scans};
    for (size_t i = 0; i < BENCH_COUNT(families); i++) {
        for (const array_case *kind = families[i]; kind->name != NULL; kind++)
            measure_case(b, kind);
    }
}
