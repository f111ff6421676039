/* SPDX-License-Identifier: MIT */
/* push_pop.c - putting an entry onto the own stack of forks and taking it back, with nobody to
 * steal it. The only benchmark that looks below the public functions. */
#include "micro/micro.h"

#include <par/join.h>

enum { pairs = 1 << 20, deep = 64 };

static void call_nothing_twice(void *arg)
{
    (void)arg;
    for (int i = 0; i < pairs; i++) {
        micro_nothing(NULL);
        micro_nothing(NULL);
    }
}

static void join_nothing(void *arg)
{
    (void)arg;
    for (int i = 0; i < pairs; i++)
        par_join(micro_nothing, NULL, micro_nothing, NULL);
}

static void push_and_pop(void *arg)
{
    (void)arg;
    par_detail_worker *const worker = par_detail_self_v1;
    par_detail_slot *const base = par_detail_head(worker);
    par_detail_job job;
    for (int i = 0; i < pairs; i++) {
        par_detail_push(worker, base, micro_nothing, &job);
        par_detail_pop(worker, base, micro_nothing, &job);
    }
}

/* As a recursion does it: many pushes, then as many pops. */
static void push_many_and_pop(void *arg)
{
    (void)arg;
    par_detail_worker *const worker = par_detail_self_v1;
    par_detail_slot *const base = par_detail_head(worker);
    par_detail_job jobs[deep];
    for (int i = 0; i < pairs / deep; i++) {
        par_detail_slot *head = base;
        for (int depth = 0; depth < deep; depth++)
            head = par_detail_push(worker, head, micro_nothing, &jobs[depth]);
        for (int depth = deep - 1; depth >= 0; depth--) {
            if (jobs[depth].state != PAR_DETAIL_UNFORKED)
                head--;
            par_detail_pop(worker, head, micro_nothing, &jobs[depth]);
        }
    }
}

typedef struct pair_run {
    par_pool *pool;
    par_fn *body;
} pair_run;

/* In the pool before the clock is read: entering it is another benchmark. */
static void run(void *ctx)
{
    const pair_run *const side = ctx;
    par_pool_run(side->pool, side->body, NULL);
}

void micro_push_pop(bench *b)
{
    static const char *const name = "push_pop";
    if (!bench_wants(b, name))
        return;
    par_pool *const one = bench_par_pool(b, name, 1);
    if (one == NULL)
        return;
    pair_run pushed = {one, push_and_pop};
    pair_run pushed_deep = {one, push_many_and_pop};
    pair_run joined = {one, join_nothing};
    pair_run called = {one, call_nothing_twice};
    const bench_side sides[] = {
        {"push and pop", run, NULL, NULL, &pushed},
        {"64 pushes, 64 pops", run, NULL, NULL, &pushed_deep},
        {"par_join of two empty functions", run, NULL, NULL, &joined},
        {"two calls of an empty function", run, NULL, NULL, &called},
    };
    const bench_ratio ratios[] = {{"par_join / two calls", 2, 3}};
    bench_run(b, &(bench_case){name, bench_unit_ns, pairs, 25, 1, sides, BENCH_COUNT(sides), ratios,
                               BENCH_COUNT(ratios), NULL, 0});
    par_pool_destroy(one);
}
