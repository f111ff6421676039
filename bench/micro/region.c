/* SPDX-License-Identifier: MIT */
/* region.c - entering the default pool from outside and leaving it again, doing nothing in it. */
#include "micro/micro.h"

#include <par/join.h>
#include <pthread.h>

enum { calls = 1000 };

static void run_region(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < calls; i++)
        par_pool_run(NULL, micro_nothing, NULL);
}

static void run_join(void *ctx)
{
    (void)ctx;
    for (int i = 0; i < calls; i++)
        par_join(micro_nothing, NULL, micro_nothing, NULL);
}

static void run_mutex(void *ctx)
{
    pthread_mutex_t *const mutex = ctx;
    for (int i = 0; i < calls; i++) {
        pthread_mutex_lock(mutex);
        micro_nothing(NULL);
        pthread_mutex_unlock(mutex);
    }
}

void micro_region(bench *b)
{
    static const char *const name = "region";
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    const bench_side sides[] = {
        {"par_pool_run", run_region, NULL, NULL, NULL},
        {"par_join", run_join, NULL, NULL, NULL},
        {"a mutex that nobody else wants", run_mutex, NULL, NULL, &mutex},
    };
    const bench_ratio ratios[] = {{"par_pool_run / mutex", 0, 2}};
    bench_run(b, &(bench_case){name, bench_unit_ns, calls, 200, 10, sides, BENCH_COUNT(sides),
                               ratios, BENCH_COUNT(ratios), NULL, 0});
}
