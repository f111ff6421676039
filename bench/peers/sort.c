/* SPDX-License-Identifier: MIT */
/* sort.c - numbers and records, sorted by a runtime that has sorts. The array is laid out anew
 * before each sort, outside the measured time. */
#include "peers/sort.h"
#include "peers/peer.h"

#include "harness/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct sort_run sort_run;

/* What is sorted: how element i is made of a 64-bit key, and how two compare. */
typedef struct sort_kind {
    const char *name;
    size_t size;
    void (*make)(void *at, uint64_t key);
    bool (*is_less)(const void *a, const void *b);
    bool (*sort)(void *items, size_t n);
} sort_kind;

struct sort_run {
    const sort_kind *kind;
    char *input;
    char *items;
    size_t n;
};

/* ---- kinds */

static void make_u32(void *at, uint64_t key)
{
    *(uint32_t *)at = (uint32_t)(key >> 32);
}

static bool is_less_u32(const void *a, const void *b)
{
    return *(const uint32_t *)a < *(const uint32_t *)b;
}

static bool sort_u32(void *items, size_t n)
{
    return peer_sort_u32(items, n);
}

static void make_f64(void *at, uint64_t key)
{
    *(double *)at = (double)(key >> 11) * 0x1p-53;
}

static bool is_less_f64(const void *a, const void *b)
{
    return *(const double *)a < *(const double *)b;
}

static bool sort_f64(void *items, size_t n)
{
    return peer_sort_f64(items, n);
}

static void make_record(void *at, uint64_t key)
{
    *(peer_record *)at = (peer_record){key, {key + 1, key + 2, key + 3}};
}

static bool is_less_record(const void *a, const void *b)
{
    return ((const peer_record *)a)->key < ((const peer_record *)b)->key;
}

static bool sort_stable(void *items, size_t n)
{
    return peer_sort_records(items, n, true);
}

static bool sort_unstable(void *items, size_t n)
{
    return peer_sort_records(items, n, false);
}

static const sort_kind kinds[] = {
    {"u32", sizeof(uint32_t), make_u32, is_less_u32, sort_u32},
    {"f64", sizeof(double), make_f64, is_less_f64, sort_f64},
    {"records_stable", sizeof(peer_record), make_record, is_less_record, sort_stable},
    {"records_unstable", sizeof(peer_record), make_record, is_less_record, sort_unstable},
};

/* ---- inputs */

static uint64_t random_key(uint64_t i)
{
    uint64_t z = (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t key_random(size_t i, size_t n)
{
    (void)n;
    return random_key(i);
}

static uint64_t key_sorted(size_t i, size_t n)
{
    return UINT64_MAX / n * i;
}

static uint64_t key_few(size_t i, size_t n)
{
    (void)n;
    return random_key(i) % 16 * (UINT64_MAX / 16);
}

static uint64_t key_pipe(size_t i, size_t n)
{
    return key_sorted(i < n / 2 ? i : n - i, n);
}

static const struct {
    const char *name;
    uint64_t (*key)(size_t i, size_t n);
} inputs[] = {
    {"random", key_random},
    {"sorted", key_sorted},
    {"few_unique", key_few},
    {"organ_pipe", key_pipe},
};

/* ---- measuring */

static double measure(void *ctx)
{
    const sort_run *const run = ctx;
    memcpy(run->items, run->input, run->n * run->kind->size);
    const int64_t start = bench_clock_ns();
    const bool done = run->kind->sort(run->items, run->n);
    const int64_t end = bench_clock_ns();
    return done ? (double)(end - start) : (double)NAN;
}

static bool is_right(void *ctx)
{
    const sort_run *const run = ctx;
    const size_t size = run->kind->size;
    for (size_t i = 1; i < run->n; i++) {
        if (run->kind->is_less(run->items + i * size, run->items + (i - 1) * size))
            return false;
    }
    return true;
}

static void measure_input(bench *b, sort_run *run, size_t input)
{
    char name[64];
    snprintf(name, sizeof name, "sort/%s_%s", run->kind->name, inputs[input].name);
    if (!bench_wants(b, name))
        return;
    for (size_t i = 0; i < run->n; i++)
        run->kind->make(run->input + i * run->kind->size, inputs[input].key(i, run->n));
    const bench_side sides[] = {{"parallel sort", NULL, measure, is_right, run}};
    const bench_parameter parameters[] = {{"n", (double)run->n}};
    bench_run(b, &(bench_case){name, bench_unit_ms, 0, 3, 0, sides, BENCH_COUNT(sides), NULL, 0,
                               parameters, BENCH_COUNT(parameters)});
}

/* Whether the runtime has a sort of this kind at all. */
static bool has_sort(const sort_kind *kind)
{
    peer_record items[2] = {{0, {0, 0, 0}}, {0, {0, 0, 0}}};
    return kind->sort(items, 2);
}

static void measure_kind(bench *b, sort_run *run)
{
    run->input = malloc(run->n * run->kind->size);
    run->items = malloc(run->n * run->kind->size);
    if (run->input == NULL || run->items == NULL) {
        bench_fail(b, run->kind->name, "no memory");
        return;
    }
    for (size_t input = 0; input < BENCH_COUNT(inputs); input++)
        measure_input(b, run, input);
}

void peer_measure_sort(bench *b)
{
    for (size_t i = 0; i < BENCH_COUNT(kinds); i++) {
        if (!has_sort(&kinds[i]))
            continue;
        sort_run run = {.kind = &kinds[i], .n = b->options.quick ? 30011 : 20 * 1000 * 1000};
        measure_kind(b, &run);
        free(run.input);
        free(run.items);
    }
}
