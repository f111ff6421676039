/* SPDX-License-Identifier: MIT */
/* steal.c - from a fork to its first instruction on another thread, which is awake and looking for
 * work: it has just ended something. */
#include "micro/micro.h"
#include "micro/remote.h"

#include "harness/clock.h"

#include <par/join.h>

static void join_once(void *arg)
{
    micro_remote *const remote = arg;
    par_join(micro_remote_await, remote, micro_remote_note, remote);
}

/* In the pool: one join that wakes the other thread, then the one that is measured. */
static void join_measured(void *arg)
{
    double *const sample = arg;
    micro_remote remote;
    micro_remote_reset(&remote);
    join_once(&remote);
    micro_remote_reset(&remote);
    const int64_t start = bench_clock_ns();
    join_once(&remote);
    *sample = micro_remote_since(&remote, start);
}

static double measure(void *ctx)
{
    double sample = 0;
    par_pool_run(ctx, join_measured, &sample);
    return sample;
}

void micro_steal(bench *b)
{
    static const char *const name = "steal";
    if (!bench_wants(b, name))
        return;
    par_pool *const two = bench_par_pool(b, name, 2);
    if (two == NULL)
        return;
    const bench_side sides[] = {{"fork to remote start", NULL, measure, NULL, two}};
    bench_run(b, &(bench_case){name, bench_unit_us, 0, 2000, 10, sides, BENCH_COUNT(sides), NULL, 0,
                               NULL, 0});
    par_pool_destroy(two);
}
