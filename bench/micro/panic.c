/* SPDX-License-Identifier: MIT */
/* panic.c - what being ready for a panic costs, and what a panic costs. */
#include "micro/micro.h"

#include <par/panic.h>

enum { CALLS = 1 << 18, PANICS = 1 << 10 };

static void call_nothing(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < CALLS; i++)
        micro_nothing(NULL);
}

static void catch_nothing(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < CALLS; i++)
        (void)par_catch(micro_nothing, NULL, NULL);
}

static void defer_nothing(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < CALLS; i++) {
        PAR_DEFER(micro_nothing, NULL);
    }
}

static void panic_at_once(void *arg)
{
    (void)arg;
    par_panic(1, "at once");
}

static void catch_panics(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < PANICS; i++)
        (void)par_catch(panic_at_once, NULL, NULL);
}

void micro_panic(bench *b)
{
    const bench_side ready[] = {
        {"par_catch of an empty function", catch_nothing, NULL, NULL, NULL},
        {"PAR_DEFER of an empty function", defer_nothing, NULL, NULL, NULL},
        {"a call of an empty function", call_nothing, NULL, NULL, NULL},
    };
    const bench_side raised[] = {{"par_panic to a par_catch", catch_panics, NULL, NULL, NULL}};
    bench_run(b, &(bench_case){"panic/ready", bench_unit_ns, CALLS, 25, 1, ready,
                               BENCH_COUNT(ready), NULL, 0, NULL, 0});
    bench_run(b, &(bench_case){"panic/raised", bench_unit_ns, PANICS, 25, 1, raised,
                               BENCH_COUNT(raised), NULL, 0, NULL, 0});
}
