/* SPDX-License-Identifier: MIT */
/* loop_nest_checks.c - loops inside loops and joins, from many threads, on as many threads as they
 * may use and no more. */
#include "scope/loop_checks.h"

#include "kin.h"
#include <par/join.h>
#include <par/loop.h>

/* ---- nesting ---- */

enum { ROWS = 40, COLUMNS = 50 };

typedef struct grid {
    atomic_uchar cells[ROWS][COLUMNS];
} grid;

typedef struct grid_part {
    grid *grid;
    size_t begin;
    size_t end;
} grid_part;

static void visit_columns(size_t begin, size_t end, void *arg)
{
    atomic_uchar *row = arg;
    for (size_t i = begin; i < end; i++)
        atomic_fetch_add_explicit(&row[i], 1, memory_order_relaxed);
}

static void visit_rows(size_t begin, size_t end, void *arg)
{
    grid *all = arg;
    for (size_t i = begin; i < end; i++)
        par_for_grain(0, COLUMNS, 4, visit_columns, all->cells[i]);
}

static void visit_part(void *arg)
{
    const grid_part *part = arg;
    if (part->end - part->begin <= 10) {
        par_for_grain(part->begin, part->end, 1, visit_rows, part->grid);
        return;
    }
    const size_t middle = part->begin + (part->end - part->begin) / 2;
    grid_part left = {part->grid, part->begin, middle};
    grid_part right = {part->grid, middle, part->end};
    par_join(visit_part, &left, visit_part, &right);
}

static const char *visit_grid(void *arg)
{
    (void)arg;
    grid *all = calloc(1, sizeof *all);
    if (all == NULL)
        return "no memory";
    grid_part whole = {all, 0, ROWS};
    visit_part(&whole);
    const char *problem = NULL;
    for (size_t i = 0; i < ROWS * COLUMNS && problem == NULL; i++) {
        if (atomic_load(&all->cells[i / COLUMNS][i % COLUMNS]) != 1)
            problem = wrong("row %zu column %zu was visited %d times", i / COLUMNS, i % COLUMNS,
                            atomic_load(&all->cells[i / COLUMNS][i % COLUMNS]));
    }
    free(all);
    return problem;
}

static const char *visit_grids(void *arg)
{
    for (size_t i = 0; i < scaled(20); i++) {
        const char *problem = visit_grid(arg);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *loop_nests_in_loops_and_joins(void)
{
    return in_every_pool(visit_grids, NULL);
}

static void visit_grids_outside(size_t number, void *arg)
{
    (void)number;
    for (size_t i = 0; i < scaled(20); i++) {
        if (visit_grid(NULL) != NULL)
            atomic_fetch_add((atomic_size_t *)arg, 1);
    }
}

const char *loop_serves_many_outside_threads(void)
{
    atomic_size_t failures = 0;
    crowd_run(16, visit_grids_outside, &failures);
    const size_t failed = atomic_load(&failures);
    return failed == 0 ? NULL : wrong("%zu loops failed", failed);
}

/* ---- threads ---- */

static void meet_in_piece(size_t begin, size_t end, void *arg)
{
    const size_t threads = par_num_threads();
    for (size_t i = begin; i < end; i++)
        meet(arg, threads);
}

/* P pieces that all wait for each other: none may be kept by a thread that is busy. */
static const char *loop_all_meet(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(20); i++) {
        atomic_size_t arrived = 0;
        par_for_grain(0, par_num_threads(), 1, meet_in_piece, &arrived);
    }
    return NULL;
}

const char *loop_occupies_all_threads(void)
{
    return in_every_pool(loop_all_meet, NULL);
}

static void meet_in_inner_loop(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    par_for_grain(0, par_num_threads(), 1, meet_in_piece, arg);
}

static void meet_in_side(void *arg)
{
    meet_in_inner_loop(0, 1, arg);
}

static void do_nothing_in_side(void *arg)
{
    (void)arg;
}

/* The same in loops that are not the outermost call. */
static const char *loop_all_meet_within(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(20); i++) {
        atomic_size_t in_loop = 0;
        atomic_size_t in_join = 0;
        par_for_grain(0, 1, 1, meet_in_inner_loop, &in_loop);
        par_join(do_nothing_in_side, NULL, meet_in_side, &in_join);
    }
    return NULL;
}

const char *loop_occupies_all_threads_from_within(void)
{
    return in_every_pool(loop_all_meet_within, NULL);
}

typedef struct limit {
    atomic_size_t running;
    atomic_size_t peak;
    atomic_size_t done;
} limit;

static void do_nothing(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    (void)arg;
}

static int work_within_limit(size_t begin, size_t end, void *arg)
{
    limit *measured = arg;
    const size_t now = atomic_fetch_add(&measured->running, 1) + 1;
    size_t peak = atomic_load(&measured->peak);
    while (now > peak && !atomic_compare_exchange_weak(&measured->peak, &peak, now))
        continue;
    yield_times(3);
    par_for_grain(0, 4, 1, do_nothing, NULL);
    atomic_fetch_add(&measured->done, end - begin);
    atomic_fetch_sub(&measured->running, 1);
    return 0;
}

static const char *measure_limits(void *arg)
{
    (void)arg;
    static const size_t limits[] = {1, 2, 3, 5, SIZE_MAX};
    for (size_t i = 0; i < 2 * sizeof limits / sizeof limits[0]; i++) {
        limit measured = {0, 0, 0};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.max_threads = limits[i / 2];
        options.grain = i % 2;
        const int rc = par_try_for(0, 200, work_within_limit, &measured, &options);
        const size_t peak = atomic_load(&measured.peak);
        if (rc != 0 || atomic_load(&measured.done) != 200)
            return wrong("code %d, %zu of 200 done", rc, atomic_load(&measured.done));
        if (peak > options.max_threads)
            return wrong("%zu threads where %zu were allowed", peak, options.max_threads);
    }
    return NULL;
}

const char *loop_respects_max_threads(void)
{
    return in_every_pool(measure_limits, NULL);
}

/* ---- waiting ---- */

typedef struct layer {
    kin region;
    size_t depth;
} layer;

static void descend(size_t begin, size_t end, void *arg);

static void open_layer(kin *parent, size_t depth)
{
    layer inner = {{parent, false}, depth};
    kin_awaited = &inner.region;
    par_for_grain(0, 5, 1, descend, &inner);
    kin_awaited = NULL;
}

static void descend(size_t begin, size_t end, void *arg)
{
    layer *self = arg;
    kin piece = {&self->region, false};
    const kin *awaited = kin_begin(&piece);
    yield_times(end - begin);
    if (self->depth > 0)
        open_layer(&piece, self->depth - 1);
    kin_end(awaited);
}

static void open_layers(size_t number, void *arg)
{
    (void)number;
    (void)arg;
    for (size_t i = 0; i < scaled(20); i++)
        open_layer(NULL, 3);
}

static void open_layers_inside(void *arg)
{
    open_layers(0, arg);
}

static void open_layers_in_pool(size_t number, void *arg)
{
    (void)number;
    par_pool_run(arg, open_layers_inside, NULL);
}

/* Loops of six threads in one pool: none runs a piece of another's while it waits. */
const char *loop_runs_no_stranger(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(8, &problem);
    if (pool == NULL)
        return problem;
    crowd_run(6, open_layers_in_pool, pool);
    par_pool_destroy(pool);
    crowd_run(6, open_layers, NULL);
    const size_t seen = atomic_exchange(&kin_strangers, 0);
    return seen == 0 ? NULL : wrong("%zu pieces ran below a loop that is not theirs", seen);
}
