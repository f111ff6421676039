/* SPDX-License-Identifier: MIT */
/* main.c - bench-micro: all micro benchmarks in one program. */
#include "micro/micro.h"

typedef void micro_fn(bench *b);

static micro_fn *const benchmarks[] = {
    micro_startup,    micro_join,       micro_push_pop,          micro_steal,    micro_wake,
    micro_empty_loop, micro_two_pieces, micro_long_leaf,         micro_region,   micro_scope,
    micro_idle,       micro_sum,        micro_mandelbrot_kernel, micro_blocking, micro_mutex,
    micro_panic,
};

int main(int argc, char **argv)
{
    if (argc == 2 && micro_startup_role(argv[1]))
        return 0;
    bench b;
    const bench_options_result result =
        bench_begin(&b, "bench-micro", "what one use of each part of par costs", NULL, argc, argv);
    if (result != BENCH_OPTIONS_RUN)
        return result == BENCH_OPTIONS_HELP ? 0 : 2;
    bench_par_begin(&b);
    for (size_t i = 0; i < BENCH_COUNT(benchmarks); i++)
        benchmarks[i](&b);
    return bench_end(&b);
}
