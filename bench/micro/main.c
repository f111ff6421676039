/* SPDX-License-Identifier: MIT */
/* main.c - bench-micro: all micro benchmarks in one program. */
#include "micro/micro.h"

#include <stdio.h>
#include <stdlib.h>

typedef void micro_fn(bench *b);

static micro_fn *const benchmarks[] = {
    micro_startup,    micro_join,   micro_push_pop, micro_steal, micro_wake, micro_empty_loop,
    micro_two_pieces, micro_region, micro_scope,    micro_idle,  micro_sum,
};

par_pool *micro_pool(bench *b, const char *name, size_t threads)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = threads;
    par_pool *pool = NULL;
    if (par_pool_create(&pool, &options) != 0)
        bench_fail(b, name, "there is no pool to be had");
    return pool;
}

/* The default pool reads the environment when it is made, so this comes before any call of par. */
static void set_threads(size_t threads)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", threads);
    setenv("PAR_NUM_THREADS", text, 1);
}

int main(int argc, char **argv)
{
    if (argc == 2 && micro_startup_role(argv[1]))
        return 0;
    bench b;
    const bench_options_result result =
        bench_begin(&b, "bench-micro", "what one use of each part of par costs", NULL, argc, argv);
    if (result != BENCH_OPTIONS_RUN)
        return result == BENCH_OPTIONS_HELP ? 0 : 2;
    if (b.options.threads != 0)
        set_threads(b.options.threads);
    if (!b.options.list)
        bench_runtime(&b, "par", par_version(), par_num_threads());
    for (size_t i = 0; i < BENCH_COUNT(benchmarks); i++)
        benchmarks[i](&b);
    return bench_end(&b);
}
