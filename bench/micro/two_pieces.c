/* SPDX-License-Identifier: MIT */
/* two_pieces.c - the smallest work that wants a second thread: two pieces of 10 microseconds, from
 * outside, on a pool that has just worked. */
#include "micro/micro.h"

#include "harness/clock.h"

#include <par/join.h>
#include <par/loop.h>

static const int64_t piece_ns = 10000;

static void run_piece(void *arg)
{
    (void)arg;
    bench_clock_spin(piece_ns);
}

static void run_pieces(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        run_piece(arg);
}

static void call_loop(void)
{
    par_for_grain(0, 2, 1, run_pieces, NULL);
}

static void call_join(void)
{
    par_join(run_piece, NULL, run_piece, NULL);
}

static void call_serial(void)
{
    run_pieces(0, 2, NULL);
}

typedef struct pieces_run {
    void (*call)(void);
} pieces_run;

/* The call before the measured one is what keeps the pool warm, whatever side was last. */
static double measure(void *ctx)
{
    const pieces_run *const side = ctx;
    side->call();
    const int64_t start = bench_clock_ns();
    side->call();
    return (double)(bench_clock_ns() - start);
}

void micro_two_pieces(bench *b)
{
    static const char *const name = "two_pieces";
    pieces_run loop = {call_loop};
    pieces_run join = {call_join};
    pieces_run serial = {call_serial};
    const bench_side sides[] = {
        {"par_for_grain", NULL, measure, NULL, &loop},
        {"par_join", NULL, measure, NULL, &join},
        {"serial", NULL, measure, NULL, &serial},
    };
    const bench_ratio ratios[] = {{"par_for_grain / serial", 0, 2}, {"par_join / serial", 1, 2}};
    const bench_parameter parameters[] = {{"piece_us", (double)piece_ns / 1e3}};
    bench_run(b, &(bench_case){name, bench_unit_us, 0, 3000, 100, sides, BENCH_COUNT(sides), ratios,
                               BENCH_COUNT(ratios), parameters, BENCH_COUNT(parameters)});
}
