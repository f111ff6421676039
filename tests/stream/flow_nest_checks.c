/* SPDX-License-Identifier: MIT */
/* flow_nest_checks.c - pipelines inside of others, and among others. */
#include "stream/flow_checks.h"

#include <par/loop.h>

/* ---- inside of others ---- */

typedef struct outer {
    const void *way;
    size_t made;
    atomic_size_t right;
} outer;

static int make_outer(void *element, void *ctx)
{
    outer *all = ctx;
    *(size_t *)element = all->made++;
    return all->made <= 12 ? 0 : PAR_STAGE_END;
}

static bool is_right(const void *way, size_t number)
{
    flow *f = new_flow();
    take_five_stages(f);
    f->numbers = 40;
    f->tokens = 1 + number % 5;
    const bool right = flow_judge(f, run_way(f, way)) == NULL;
    free(f);
    return right;
}

static int run_inner(void *element, void *ctx)
{
    outer *all = ctx;
    if (is_right(all->way, *(const size_t *)element))
        atomic_fetch_add(&all->right, 1);
    return 0;
}

const char *flow_runs_inside_of_a_stage(void *way)
{
    static const par_stage_kind kinds[] = {PAR_STAGE_SERIAL_IN_ORDER, PAR_STAGE_SERIAL,
                                           PAR_STAGE_PARALLEL};
    for (size_t i = 0; i < 3; i++) {
        outer all = {.way = way};
        const par_stage stages[] = {{PAR_STAGE_SERIAL, make_outer, &all, NULL, 0},
                                    {kinds[i], run_inner, &all, NULL, 2}};
        par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
        options.element_size = sizeof(size_t);
        const int code = ((const flow_way *)way)->run(stages, 2, &options);
        if (code != 0 || atomic_load(&all.right) != 12)
            return wrong("code %d; %zu of 12 inner ones were right", code, atomic_load(&all.right));
    }
    return NULL;
}

static void run_in_loop(size_t begin, size_t end, void *arg)
{
    outer *all = arg;
    for (size_t i = begin; i < end; i++) {
        if (is_right(all->way, i))
            atomic_fetch_add(&all->right, 1);
    }
}

const char *flow_runs_inside_of_a_loop(void *way)
{
    outer all = {.way = way};
    par_for_grain(0, 8, 1, run_in_loop, &all);
    const size_t right = atomic_load(&all.right);
    return right == 8 ? NULL : wrong("%zu of 8 were right", right);
}

static void count_piece(size_t begin, size_t end, void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, end - begin);
}

static int run_loop(void *element, void *ctx)
{
    outer *all = ctx;
    atomic_size_t sum = 0;
    (void)element;
    par_for_grain(0, 500, 10, count_piece, &sum);
    if (atomic_load(&sum) == 500)
        atomic_fetch_add(&all->right, 1);
    return 0;
}

const char *flow_lets_stages_use_par(void *way)
{
    outer all = {.way = way};
    const par_stage stages[] = {{PAR_STAGE_SERIAL, make_outer, &all, NULL, 0},
                                {PAR_STAGE_PARALLEL, run_loop, &all, NULL, 3},
                                {PAR_STAGE_SERIAL_IN_ORDER, run_loop, &all, NULL, 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    const int code = ((const flow_way *)way)->run(stages, 3, &options);
    const size_t right = atomic_load(&all.right);
    return code == 0 && right == 24 ? NULL : wrong("code %d; %zu of 24 loops", code, right);
}

static void run_in_crowd(size_t number, void *arg)
{
    outer *all = arg;
    if (is_right(all->way, number))
        atomic_fetch_add(&all->right, 1);
}

const char *flow_serves_many_at_once(void *way)
{
    enum { CALLERS = 6 };
    outer all = {.way = way};
    crowd_run(CALLERS, run_in_crowd, &all);
    const size_t right = atomic_load(&all.right);
    return right == CALLERS ? NULL : wrong("%zu of %d were right", right, CALLERS);
}
