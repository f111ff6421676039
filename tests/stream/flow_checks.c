/* SPDX-License-Identifier: MIT */
#include "stream/flow_checks.h"

#include <limits.h>

/* ---- agreement ---- */

static int random_code(uint64_t *state, size_t stage)
{
    static const int codes[] = {PAR_STAGE_SKIP, PAR_STAGE_SKIP, PAR_STAGE_END, 5, -5, INT_MAX};
    const int code = codes[random_below(state, sizeof codes / sizeof codes[0])];
    return code == 5 ? 5 + (int)stage : code;
}

static void take_random_shape(flow *f, uint64_t *state)
{
    static const par_stage_kind kinds[] = {PAR_STAGE_SERIAL_IN_ORDER, PAR_STAGE_SERIAL,
                                           PAR_STAGE_PARALLEL};
    f->n = 1 + random_below(state, FLOW_STAGES);
    for (size_t i = 0; i < f->n; i++)
        f->kinds[i] = kinds[random_below(state, i == 0 ? 2 : 3)];
    f->threads = 1 + random_below(state, 3);
    f->numbers = random_below(state, random_below(state, 2) == 0 ? 20 : 200);
    f->tokens = random_below(state, 12);
    f->yields = random_below(state, 3) == 0 ? 0 : random_next(state);
    f->events_n = random_below(state, FLOW_EVENTS + 1);
    for (size_t i = 0; i < f->events_n; i++) {
        const size_t stage = random_below(state, f->n);
        f->events[i] =
            (flow_event){stage, random_below(state, f->numbers + 1), random_code(state, stage)};
    }
}

const char *flow_agrees_with_one_thread(void *way)
{
    const char *problem = NULL;
    flow *f = new_flow();
    const size_t rounds = scaled(300);
    for (size_t round = 0; round < rounds && problem == NULL; round++) {
        uint64_t state = round * 1000003 + 17;
        take_random_shape(f, &state);
        problem = flow_judge(f, run_way(f, way));
        if (problem != NULL)
            problem = wrong("%s (round %zu)", problem, round);
    }
    free(f);
    return problem;
}

const char *flow_takes_each_element_through_each_stage_once(void *way)
{
    flow *f = new_flow();
    take_five_stages(f);
    f->numbers = FLOW_NUMBERS;
    const char *problem = flow_judge(f, run_way(f, way));
    free(f);
    return problem;
}

const char *flow_bounds_what_is_under_way(void *way)
{
    const char *problem = NULL;
    flow *f = new_flow();
    take_five_stages(f);
    f->numbers = 100;
    f->yields = 3;
    for (f->tokens = 1; f->tokens <= 9 && problem == NULL; f->tokens++)
        problem = flow_judge(f, run_way(f, way));
    free(f);
    return problem;
}

/* ---- who waits ---- */

/* Two stages can run at the same time. */
static bool has_two_threads(const flow_way *way)
{
    return way->has_threads || par_num_threads() > 1;
}

enum { HELD_TOKENS = 7, HELD_NUMBERS = 50 };

typedef struct held {
    atomic_size_t made;
    atomic_size_t in; /* calls of the second stage that have begun */
    size_t passed;
    size_t at_once; /* that must be in the second stage together */
} held;

static int make_held(void *element, void *ctx)
{
    held *all = ctx;
    const size_t number = atomic_fetch_add(&all->made, 1);
    *(size_t *)element = number;
    return number < HELD_NUMBERS ? 0 : PAR_STAGE_END;
}

/* The first element stays until all tokens are in use. */
static int hold_first(void *element, void *ctx)
{
    held *all = ctx;
    if (*(const size_t *)element == 0)
        await_count(&all->made, HELD_TOKENS);
    return 0;
}

static int pass_held(void *element, void *ctx)
{
    (void)element;
    ((held *)ctx)->passed++;
    return 0;
}

static int run_held(const void *way, held *all, const par_stage *middle, size_t tokens)
{
    const par_stage stages[] = {{PAR_STAGE_SERIAL, make_held, all, NULL, 0},
                                *middle,
                                {PAR_STAGE_SERIAL_IN_ORDER, pass_held, all, NULL, 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    options.tokens = tokens;
    return ((const flow_way *)way)->run(stages, 3, &options);
}

const char *flow_fills_its_tokens_while_a_stage_is_occupied(void *way)
{
    if (!has_two_threads(way))
        return NULL;
    static const par_stage_kind kinds[] = {PAR_STAGE_SERIAL, PAR_STAGE_SERIAL_IN_ORDER};
    for (size_t i = 0; i < 2; i++) {
        held all = {.passed = 0};
        const par_stage middle = {kinds[i], hold_first, &all, NULL, 0};
        const int code = run_held(way, &all, &middle, HELD_TOKENS);
        if (code != 0 || all.passed != HELD_NUMBERS)
            return wrong("code %d; %zu elements passed", code, all.passed);
    }
    return NULL;
}

/* The first two elements meet. */
static int meet_in_stage(void *element, void *ctx)
{
    held *all = ctx;
    if (*(const size_t *)element < all->at_once)
        meet(&all->in, all->at_once);
    return 0;
}

const char *flow_has_several_in_a_parallel_stage(void *way)
{
    if (!has_two_threads(way))
        return NULL;
    held all = {.at_once = 2};
    const par_stage middle = {PAR_STAGE_PARALLEL, meet_in_stage, &all, NULL, 2};
    const int code = run_held(way, &all, &middle, 2);
    return code == 0 && all.passed == HELD_NUMBERS
               ? NULL
               : wrong("code %d; %zu elements passed", code, all.passed);
}

static int make_together(void *element, void *ctx)
{
    held *all = ctx;
    const size_t number = atomic_fetch_add(&all->made, 1);
    *(size_t *)element = number;
    if (number < 2)
        meet(&all->in, 2);
    return number < HELD_NUMBERS ? 0 : PAR_STAGE_END;
}

static int sum_up(void *element, void *ctx)
{
    *(size_t *)ctx += *(const size_t *)element;
    return 0;
}

const char *flow_asks_a_parallel_first_stage_at_once(void *way)
{
    if (!has_two_threads(way))
        return NULL;
    held all = {.passed = 0};
    size_t sum = 0;
    const par_stage stages[] = {{PAR_STAGE_PARALLEL, make_together, &all, NULL, 3},
                                {PAR_STAGE_SERIAL_IN_ORDER, sum_up, &sum, NULL, 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    options.tokens = 5;
    const int code = ((const flow_way *)way)->run(stages, 2, &options);
    const size_t expected = (size_t)HELD_NUMBERS * (HELD_NUMBERS - 1) / 2;
    return code == 0 && sum == expected ? NULL : wrong("code %d, sum %zu", code, sum);
}
