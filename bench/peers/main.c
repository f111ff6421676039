/* SPDX-License-Identifier: MIT */
/* main.c - measures one runtime, whichever is linked with it, beside plain C in the same run.
 * run.sh runs these programs in turns. */
#include "peers/arrays.h"
#include "peers/peer.h"
#include "peers/sort.h"

#include "harness/bench.h"
#include "harness/clock.h"
#include "harness/sum.h"

#include <stdlib.h>

enum { loop_items = 64 };

/* ---- fib */

typedef struct fib_run {
    uint64_t n;
    uint64_t answer;
    uint64_t expected;
} fib_run;

/* A call stays a call, as it does in a recursion that does more than this one. */
__attribute__((noinline)) static uint64_t fib_plain(uint64_t n)
{
    return n < 2 ? n : fib_plain(n - 1) + fib_plain(n - 2);
}

static void run_fib(void *ctx)
{
    fib_run *const run = ctx;
    run->answer = peer_fib(run->n);
}

static void run_fib_plain(void *ctx)
{
    fib_run *const run = ctx;
    run->answer = fib_plain(run->n);
}

static bool is_fib_right(void *ctx)
{
    fib_run *const run = ctx;
    const bool right = run->answer == run->expected;
    run->answer = 0;
    return right;
}

static void measure_fib(bench *b)
{
    const uint64_t n = b->options.quick ? 12 : 28;
    fib_run run = {n, 0, fib_plain(n)};
    const bench_side sides[] = {
        {"tasks", run_fib, NULL, is_fib_right, &run},
        {"plain C, noinline", run_fib_plain, NULL, is_fib_right, &run},
    };
    const bench_ratio ratios[] = {{"tasks / plain C, noinline", 0, 1}};
    const bench_parameter parameters[] = {{"n", (double)n},
                                          {"forks", (double)(fib_plain(n + 1) - 1)}};
    bench_run(b, &(bench_case){"fib", bench_unit_ms, 0, 5, 1, sides, BENCH_COUNT(sides), ratios,
                               BENCH_COUNT(ratios), parameters, BENCH_COUNT(parameters)});
}

/* ---- loops */

static void run_loop(void *ctx)
{
    (void)ctx;
    peer_loop(loop_items);
}

static void measure_loop(bench *b)
{
    const bench_side sides[] = {{"parallel loop", run_loop, NULL, NULL, NULL}};
    const bench_parameter parameters[] = {{"items", loop_items}};
    bench_run(b, &(bench_case){"empty_loop", bench_unit_us, 0, 5000, 500, sides, BENCH_COUNT(sides),
                               NULL, 0, parameters, BENCH_COUNT(parameters)});
}

static void two_in_turn(void)
{
    peer_piece();
    peer_piece();
}

typedef struct two_run {
    void (*call)(void);
} two_run;

/* The call before the measured one keeps the runtime's threads awake, whatever side was last. */
static double measure_call(void *ctx)
{
    const two_run *const run = ctx;
    run->call();
    const int64_t start = bench_clock_ns();
    run->call();
    return (double)(bench_clock_ns() - start);
}

static void measure_two(bench *b)
{
    two_run loop = {peer_two_in_loop};
    two_run branches = {peer_two_in_branches};
    two_run serial = {two_in_turn};
    const bench_side sides[] = {
        {"loop", NULL, measure_call, NULL, &loop},
        {"branches", NULL, measure_call, NULL, &branches},
        {"serial", NULL, measure_call, NULL, &serial},
    };
    const bench_ratio ratios[] = {{"loop / serial", 0, 2}, {"branches / serial", 1, 2}};
    bench_run(b, &(bench_case){"two_pieces", bench_unit_us, 0, 2000, 100, sides, BENCH_COUNT(sides),
                               ratios, BENCH_COUNT(ratios), NULL, 0});
}

/* ---- sum */

typedef struct sum_run {
    double *values;
    size_t n;
    double answer;
} sum_run;

static void run_sum(void *ctx)
{
    sum_run *const run = ctx;
    run->answer = peer_sum(run->values, run->n);
}

static void run_sum_plain(void *ctx)
{
    sum_run *const run = ctx;
    run->answer = bench_sum(run->values, run->n);
}

static bool is_sum_right(void *ctx)
{
    sum_run *const run = ctx;
    const bool right = run->answer == bench_sum_expected(run->n);
    run->answer = -1;
    return right;
}

static void measure_sum(bench *b)
{
    static const char *const name = "sum";
    if (!bench_wants(b, name))
        return;
    sum_run run = {NULL, b->options.quick ? 300007 : 50 * 1000 * 1000, -1};
    run.values = malloc(run.n * sizeof *run.values);
    if (run.values == NULL) {
        bench_fail(b, name, "no memory");
        return;
    }
    bench_sum_fill(run.values, 0, run.n);
    const bench_side sides[] = {
        {"parallel sum", run_sum, NULL, is_sum_right, &run},
        {"plain loop on one core", run_sum_plain, NULL, is_sum_right, &run},
    };
    const bench_ratio ratios[] = {{"parallel sum / plain loop on one core", 0, 1}};
    const bench_parameter parameters[] = {{"n", (double)run.n},
                                          {"bytes", (double)(run.n * sizeof *run.values)}};
    bench_run(b, &(bench_case){name, bench_unit_ms, 0, 7, 1, sides, BENCH_COUNT(sides), ratios,
                               BENCH_COUNT(ratios), parameters, BENCH_COUNT(parameters)});
    free(run.values);
}

int main(int argc, char **argv)
{
    bench b;
    const bench_options_result result =
        bench_begin(&b, "peer", "one runtime, beside plain C", NULL, argc, argv);
    if (result != BENCH_OPTIONS_RUN)
        return result == BENCH_OPTIONS_HELP ? 0 : 2;
    if (!b.options.list) {
        const size_t threads = peer_start(b.options.threads);
        bench_runtime(&b, peer_name(), peer_version(), threads);
    }
    if (peer_has_tasks()) {
        measure_fib(&b);
        measure_loop(&b);
        measure_two(&b);
        measure_sum(&b);
    }
    peer_measure_arrays(&b);
    peer_measure_sort(&b);
    return bench_end(&b);
}
