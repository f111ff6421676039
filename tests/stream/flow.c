/* SPDX-License-Identifier: MIT */
#include "stream/flow.h"

#include <inttypes.h>
#include <par/panic.h>

int flow_code(const flow *f, size_t stage, size_t number)
{
    if (stage == 0 && number >= f->numbers)
        return PAR_STAGE_END;
    for (size_t i = 0; i < f->events_n; i++) {
        if (f->events[i].stage == stage && f->events[i].number == number)
            return f->events[i].code;
    }
    return 0;
}

static uint64_t check_of(size_t number, size_t stages)
{
    uint64_t state = number * 31 + stages;
    return random_next(&state);
}

static void give_way(const flow *f, size_t stage, size_t number)
{
    uint64_t state = f->yields + number * FLOW_STAGES + stage;
    if (f->yields != 0 && random_below(&state, 3) == 0)
        yield_times(random_below(&state, 8));
}

/* ---- under way ---- */

static void count_in(flow *f)
{
    const size_t now = atomic_fetch_add(&f->under_way, 1) + 1;
    size_t most = atomic_load(&f->most_under_way);
    while (now > most && !atomic_compare_exchange_weak(&f->most_under_way, &most, now))
        continue;
}

static void count_out(flow *f)
{
    atomic_fetch_sub(&f->under_way, 1);
}

/* ---- stages ---- */

static void enter(flow_stage *stage, size_t number)
{
    flow *f = stage->flow;
    if (stage->is_serial && atomic_fetch_add(&stage->inside, 1) != 0)
        atomic_fetch_add(&f->faults, 1);
    if (stage->is_in_order && number < stage->expected)
        atomic_fetch_add(&f->faults, 1);
    if (stage->is_in_order)
        stage->expected = number + 1;
    give_way(f, stage->index, number);
}

static int leave(flow_stage *stage, size_t number)
{
    flow *f = stage->flow;
    const int code = flow_code(f, stage->index, number);
    if (number < FLOW_NUMBERS)
        atomic_fetch_add(&f->visits[stage->index][number], 1);
    if (stage->is_serial)
        atomic_fetch_sub(&stage->inside, 1);
    return code;
}

/* The last thing that a stage does. */
static int end_by(const flow_stage *stage, int code)
{
    const bool is_failure = code != 0 && code != PAR_STAGE_END && code != PAR_STAGE_SKIP;
    if (is_failure && stage->flow->panics)
        par_panic(code, "in stage %zu", stage->index);
    return code;
}

static int first_stage(void *element, void *ctx)
{
    flow_stage *stage = ctx;
    flow *f = stage->flow;
    const size_t number = atomic_fetch_add(&f->made, 1);
    count_in(f);
    enter(stage, number);
    *(flow_element *)element = (flow_element){number, 1, check_of(number, 1)};
    const int code = leave(stage, number);
    if (code != 0 || f->n == 1)
        count_out(f);
    return end_by(stage, code);
}

static int later_stage(void *element, void *ctx)
{
    flow_element *self = element;
    flow_stage *stage = ctx;
    flow *f = stage->flow;
    enter(stage, self->number);
    if (self->check != check_of(self->number, stage->index))
        atomic_fetch_add(&f->faults, 1);
    self->stages = stage->index + 1;
    self->check = check_of(self->number, stage->index + 1);
    const int code = leave(stage, self->number);
    const bool is_consumed = code == PAR_STAGE_SKIP || code == PAR_STAGE_END;
    if (is_consumed || (code == 0 && stage->index + 1 == f->n))
        count_out(f);
    return end_by(stage, code);
}

static void drop(void *element, void *ctx)
{
    flow *f = ctx;
    const flow_element *self = element;
    if (self->number >= f->numbers || self->check != check_of(self->number, self->stages))
        atomic_fetch_add(&f->faults, 1);
    else
        atomic_fetch_add(&f->dropped[self->number], 1);
    count_out(f);
}

/* ---- running ---- */

static void set_up(flow *f, par_stage *stages)
{
    atomic_store(&f->made, 0);
    atomic_store(&f->under_way, 0);
    atomic_store(&f->most_under_way, 0);
    atomic_store(&f->faults, 0);
    memset(f->visits, 0, sizeof f->visits);
    memset(f->dropped, 0, sizeof f->dropped);
    for (size_t i = 0; i < f->n; i++) {
        flow_stage *stage = &f->stages[i];
        stage->flow = f;
        stage->index = i;
        stage->is_serial = f->kinds[i] != PAR_STAGE_PARALLEL;
        stage->is_in_order = f->kinds[i] == PAR_STAGE_SERIAL_IN_ORDER;
        stage->expected = 0;
        atomic_store(&stage->inside, 0);
        stages[i] =
            (par_stage){f->kinds[i], i == 0 ? first_stage : later_stage, stage, NULL, f->threads};
    }
}

int flow_run_measured(flow *f, flow_run_fn *run, par_pipeline_stats *stats)
{
    par_stage stages[FLOW_STAGES];
    set_up(f, stages);
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(flow_element);
    options.tokens = f->tokens;
    options.group = f->group;
    options.drop = drop;
    options.drop_ctx = f;
    options.stats = stats;
    return run(stages, f->n, &options);
}

int flow_run(flow *f, flow_run_fn *run)
{
    return flow_run_measured(f, run, NULL);
}

/* ---- judging ---- */

int flow_reference(const flow *f, size_t *limit)
{
    for (size_t number = 0; number <= f->numbers; number++) {
        for (size_t stage = 0; stage < f->n; stage++) {
            const int code = flow_code(f, stage, number);
            if (code == PAR_STAGE_SKIP)
                break;
            if (code != 0) {
                *limit = number;
                return code == PAR_STAGE_END ? 0 : code;
            }
        }
    }
    *limit = f->numbers;
    return 0;
}

/* How many stages an element that is wanted to the end gets into, and whether it ends by a code. */
static size_t way_of(const flow *f, size_t number, int *code)
{
    for (size_t stage = 0; stage < f->n; stage++) {
        *code = flow_code(f, stage, number);
        if (*code != 0)
            return stage + 1;
    }
    return f->n;
}

static size_t visited(flow *f, size_t number)
{
    size_t n = 0;
    while (n < f->n && atomic_load(&f->visits[n][number]) == 1)
        n++;
    for (size_t i = n; i < f->n; i++) {
        if (atomic_load(&f->visits[i][number]) != 0)
            return SIZE_MAX;
    }
    return n;
}

/* Elements after the one that ends the run may have come to any stage, but not past one in order
 * where, or behind which, that one ended. */
static bool is_too_far(const flow *f, size_t number, size_t limit, size_t went)
{
    int code = 0;
    const size_t ended_in = way_of(f, limit, &code);
    for (size_t stage = ended_in - 1; stage < went; stage++) {
        if (f->kinds[stage] == PAR_STAGE_SERIAL_IN_ORDER)
            return number > limit;
    }
    return false;
}

static const char *judge_number(flow *f, size_t number, size_t limit)
{
    int code = 0;
    const size_t way = way_of(f, number, &code);
    const size_t went = visited(f, number);
    const size_t drops = atomic_load(&f->dropped[number]);
    if (went == SIZE_MAX || went > way)
        return wrong("number %zu has been in a stage twice, or out of turn", number);
    if (number <= limit && went != way)
        return wrong("number %zu got into %zu of %zu stages; the limit is %zu", number, went, way,
                     limit);
    if (number > limit && is_too_far(f, number, limit, went))
        return wrong("number %zu got into stage %zu; the limit is %zu", number, went, limit);
    const bool has_failed = code != 0 && code != PAR_STAGE_SKIP && code != PAR_STAGE_END;
    const bool is_through = went == way && !has_failed;
    const size_t due = went > 0 && !is_through && !(way == 1 && went == 1);
    if (drops != due)
        return wrong("number %zu was dropped %zu times, not %zu: %zu of %zu stages, code %d",
                     number, drops, due, went, way, code);
    return NULL;
}

const char *flow_judge(flow *f, int code)
{
    size_t limit = 0;
    const int expected = flow_reference(f, &limit);
    if (code != expected)
        return wrong("code %d, not %d", code, expected);
    if (atomic_load(&f->faults) != 0)
        return wrong("%zu overlaps, wrong orders or broken elements", atomic_load(&f->faults));
    if (atomic_load(&f->under_way) != 0)
        return wrong("%zu elements are still under way", atomic_load(&f->under_way));
    if (f->tokens != 0 && atomic_load(&f->most_under_way) > f->tokens)
        return wrong("%zu elements were under way, with %zu tokens",
                     atomic_load(&f->most_under_way), f->tokens);
    for (size_t number = 0; number < f->numbers; number++) {
        const char *problem = judge_number(f, number, limit);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}
