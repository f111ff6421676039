/* SPDX-License-Identifier: MIT */
/* flow_end_checks.c - how a pipeline ends before its elements do, and what it refuses. */
#include "stream/flow_checks.h"

/* ---- ends ---- */

/* Each stage ends it, at a number from the beginning, the middle and the end. */
static const char *end_in_all_ways(const void *way, int code, bool panics)
{
    static const size_t numbers[] = {0, 1, 37, 99};
    const char *problem = NULL;
    flow *f = new_flow();
    take_five_stages(f);
    f->numbers = 100;
    f->yields = 7;
    f->panics = panics;
    f->events_n = 1;
    for (size_t stage = 0; stage < f->n && problem == NULL; stage++) {
        for (size_t i = 0; i < 4 && problem == NULL; i++) {
            f->events[0] = (flow_event){stage, numbers[i], code};
            problem = flow_judge(f, run_way(f, way));
            if (problem != NULL)
                problem = wrong("%s (stage %zu, number %zu)", problem, stage, numbers[i]);
        }
    }
    free(f);
    return problem;
}

static const char *end_everywhere(const void *way, int code)
{
    return end_in_all_ways(way, code, false);
}

const char *flow_returns_the_first_failure(void *way)
{
    const char *problem = end_everywhere(way, -77);
    return problem != NULL ? problem : end_everywhere(way, ECANCELED);
}

const char *flow_takes_a_panic_for_a_failure(void *way)
{
    return end_in_all_ways(way, 78, true);
}

const char *flow_ends_when_a_later_stage_has_enough(void *way)
{
    return end_everywhere(way, PAR_STAGE_END);
}

const char *flow_lets_stages_skip(void *way)
{
    return end_everywhere(way, PAR_STAGE_SKIP);
}

/* ---- cancellation ---- */

typedef struct canceled {
    par_group group;
    size_t made;
    size_t at;
    atomic_size_t live;
    size_t passed;
} canceled;

static int make_until_canceled(void *element, void *ctx)
{
    canceled *all = ctx;
    *(size_t *)element = all->made++;
    atomic_fetch_add(&all->live, 1);
    return 0; /* for ever */
}

static int cancel_at(void *element, void *ctx)
{
    canceled *all = ctx;
    if (*(const size_t *)element == all->at)
        par_cancel(&all->group);
    return 0;
}

static int pass_canceled(void *element, void *ctx)
{
    canceled *all = ctx;
    (void)element;
    all->passed++;
    atomic_fetch_sub(&all->live, 1);
    return 0;
}

static void drop_canceled(void *element, void *ctx)
{
    (void)element;
    atomic_fetch_sub(&((canceled *)ctx)->live, 1);
}

static int run_canceled(const void *way, canceled *all)
{
    const par_stage stages[] = {{PAR_STAGE_SERIAL, make_until_canceled, all, NULL, 0},
                                {PAR_STAGE_PARALLEL, cancel_at, all, NULL, 2},
                                {PAR_STAGE_SERIAL_IN_ORDER, pass_canceled, all, NULL, 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    options.group = &all->group;
    options.drop = drop_canceled;
    options.drop_ctx = all;
    return ((const flow_way *)way)->run(stages, 3, &options);
}

const char *flow_can_be_canceled(void *way)
{
    for (size_t at = 0; at < 100; at += 9) {
        canceled all = {.group = PAR_GROUP_INIT, .at = at};
        const int code = run_canceled(way, &all);
        if (code != ECANCELED || atomic_load(&all.live) != 0)
            return wrong("code %d; %zu elements live", code, atomic_load(&all.live));
    }
    return NULL;
}

const char *flow_begins_nothing_when_canceled_before(void *way)
{
    canceled all = {.group = PAR_GROUP_INIT, .at = 5};
    par_cancel(&all.group);
    const int code = run_canceled(way, &all);
    return code == ECANCELED && all.made == 0 ? NULL : wrong("code %d, %zu made", code, all.made);
}

/* ---- statistics and refusals ---- */

const char *flow_measures_its_stages(void *way)
{
    flow *f = new_flow();
    take_five_stages(f);
    f->numbers = 50;
    f->yields = 1;
    f->events_n = 1;
    f->events[0] = (flow_event){2, 20, PAR_STAGE_SKIP};
    par_stage_stats stages[FLOW_STAGES];
    memset(stages, 0xff, sizeof stages);
    par_pipeline_stats stats = PAR_PIPELINE_STATS_INIT;
    stats.stages = stages;
    const char *problem = flow_judge(f, flow_run_measured(f, ((const flow_way *)way)->run, &stats));
    for (size_t i = 0; i < f->n && problem == NULL; i++) {
        const par_stage_stats *stage = &stages[i];
        const size_t expected = i < 3 ? 50 : 49;
        const double most = (double)stats.wall_ns * (double)stage->places;
        if (stage->items != expected)
            problem = wrong("stage %zu: %zu items", i, (size_t)stage->items);
        else if (stage->places == 0 || (f->kinds[i] != PAR_STAGE_PARALLEL && stage->places != 1))
            problem = wrong("stage %zu: %zu places", i, stage->places);
        else if ((double)stage->busy_ns > most || stage->load > 1 || stage->load < 0)
            problem = wrong("stage %zu: load %g", i, stage->load);
        else if (stage->load > stages[stats.bottleneck].load || stats.bottleneck >= f->n)
            problem = wrong("%zu is not the bottleneck", stats.bottleneck);
    }
    free(f);
    return problem;
}

static int never(void *element, void *ctx)
{
    (void)element;
    (void)ctx;
    abort();
}

const char *flow_refuses_bad_arguments(void *way)
{
    flow_run_fn *run = ((const flow_way *)way)->run;
    par_stage stages[] = {{PAR_STAGE_SERIAL, never, NULL, NULL, 0},
                          {PAR_STAGE_PARALLEL, never, NULL, NULL, 1}};
    par_pipeline_options good = PAR_PIPELINE_OPTIONS_INIT;
    good.element_size = 8;
    par_pipeline_options no_size = good;
    no_size.element_size = 0;
    par_pipeline_options unknown = good;
    unknown.size--;
    par_pipeline_stats stats = PAR_PIPELINE_STATS_INIT;
    par_pipeline_options no_room = good;
    no_room.stats = &stats;
    if (run(NULL, 2, &good) != EINVAL || run(stages, 0, &good) != EINVAL ||
        run(stages, 2, NULL) != EINVAL || run(stages, 2, &no_size) != EINVAL ||
        run(stages, 2, &unknown) != EINVAL || run(stages, 2, &no_room) != EINVAL)
        return "bad options are taken";
    stages[1].fn = NULL;
    if (run(stages, 2, &good) != EINVAL)
        return "a stage without function is taken";
    stages[1].fn = never;
    stages[1].kind = (par_stage_kind)3;
    return run(stages, 2, &good) == EINVAL ? NULL : "a stage of unknown kind is taken";
}

const char *flow_refuses_more_than_there_can_be(void *way)
{
    flow_run_fn *run = ((const flow_way *)way)->run;
    const par_stage stages[] = {{PAR_STAGE_SERIAL, never, NULL, NULL, 0},
                                {PAR_STAGE_SERIAL_IN_ORDER, never, NULL, NULL, 0}};
    static const size_t sizes[][2] = {{8, SIZE_MAX},     {SIZE_MAX, 1},      {SIZE_MAX / 4, 4},
                                      {SIZE_MAX / 8, 8}, {8, SIZE_MAX / 64}, {8, SIZE_MAX / 1024}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
        options.element_size = sizes[i][0];
        options.tokens = sizes[i][1];
        const int code = run(stages, 2, &options);
        if (code != ENOMEM)
            return wrong("code %d for %zu elements of %zu bytes", code, sizes[i][1], sizes[i][0]);
    }
    return NULL;
}
