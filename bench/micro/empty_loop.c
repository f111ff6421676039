/* SPDX-License-Identifier: MIT */
/* empty_loop.c - loops that are too short to be worth a second thread, called from outside: what
 * they cost more than without par. */
#include "micro/micro.h"

#include <par/loop.h>

enum { empty_items = 64, short_items = 100 };

static void run_empty(void *ctx)
{
    (void)ctx;
    par_for(0, empty_items, micro_nothing_range, NULL);
}

static void run_empty_serial(void *ctx)
{
    (void)ctx;
    micro_nothing_range(0, empty_items, NULL);
}

static void measure_empty(bench *b)
{
    static const char *const name = "empty_loop";
    const bench_side sides[] = {{"par_for", run_empty, NULL, NULL, NULL},
                                {"one call of the body", run_empty_serial, NULL, NULL, NULL}};
    const bench_parameter parameters[] = {{"items", empty_items}};
    bench_run(b, &(bench_case){name, bench_unit_us, 0, 20000, 1000, sides, BENCH_COUNT(sides), NULL,
                               0, parameters, BENCH_COUNT(parameters)});
}

/* Item i is i + 1, found by a multiplication and an addition that wait for those of the item
 * before: about a nanosecond. `one` is 1, but the compiler cannot know. */
typedef struct short_loop {
    uint64_t one;
    uint64_t items[short_items];
} short_loop;

static void short_range(size_t begin, size_t end, void *arg)
{
    short_loop *const loop = arg;
    uint64_t value = begin;
    for (size_t i = begin; i < end; i++) {
        value = value * loop->one + 1;
        __asm__ volatile("" : "+r"(value));
        loop->items[i] = value;
    }
}

static void run_short(void *ctx)
{
    par_for(0, short_items, short_range, ctx);
}

static void run_short_serial(void *ctx)
{
    short_range(0, short_items, ctx);
}

static bool is_short_right(void *ctx)
{
    short_loop *const loop = ctx;
    for (size_t i = 0; i < short_items; i++) {
        if (loop->items[i] != i + 1)
            return false;
        loop->items[i] = 0;
    }
    return true;
}

static void measure_short(bench *b)
{
    static const char *const name = "short_loop";
    short_loop loop = {.one = 1};
    const bench_side sides[] = {{"par_for", run_short, NULL, is_short_right, &loop},
                                {"serial", run_short_serial, NULL, is_short_right, &loop}};
    const bench_ratio ratios[] = {{"par_for / serial", 0, 1}};
    const bench_parameter parameters[] = {{"items", short_items}};
    bench_run(b, &(bench_case){name, bench_unit_us, 0, 20000, 1000, sides, BENCH_COUNT(sides),
                               ratios, BENCH_COUNT(ratios), parameters, BENCH_COUNT(parameters)});
}

void micro_empty_loop(bench *b)
{
    measure_empty(b);
    measure_short(b);
}
