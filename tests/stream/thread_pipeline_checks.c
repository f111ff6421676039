/* SPDX-License-Identifier: MIT */
#include "stream/thread_pipeline_checks.h"

#include <par/join.h>
#include <par/loop.h>

static flow_way thread_pipeline_way = {par_thread_pipeline_run, true};

FLOW_CHECKS(FLOW_FRONT, thread_pipeline)

/* ---- threads ---- */

enum { STAGES = 4, NUMBERS = 30 };

typedef struct seen {
    struct line *line;
    pthread_t thread;
    size_t calls;
    bool has_moved;
} seen;

typedef struct line {
    seen stages[STAGES];
    size_t made;
    atomic_size_t in;
} line;

static int note_thread(void *element, void *ctx)
{
    seen *self = ctx;
    (void)element;
    if (self->calls++ > 0 && !pthread_equal(self->thread, pthread_self()))
        self->has_moved = true;
    self->thread = pthread_self();
    return 0;
}

static int make_noted(void *element, void *ctx)
{
    seen *self = ctx;
    if (self->line->made++ == NUMBERS)
        return PAR_STAGE_END;
    return note_thread(element, ctx);
}

static par_pipeline_options options_of(size_t tokens)
{
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    options.tokens = tokens;
    return options;
}

const char *thread_pipeline_has_a_thread_for_each_stage(void)
{
    line all = {.made = 0};
    par_stage stages[STAGES];
    for (size_t i = 0; i < STAGES; i++) {
        all.stages[i].line = &all;
        stages[i] = (par_stage){i % 2 == 0 ? PAR_STAGE_SERIAL : PAR_STAGE_SERIAL_IN_ORDER,
                                i == 0 ? make_noted : note_thread, &all.stages[i], "stage", 0};
    }
    const par_pipeline_options options = options_of(3);
    const int code = par_thread_pipeline_run(stages, STAGES, &options);
    for (size_t i = 0; i < STAGES; i++) {
        const seen *self = &all.stages[i];
        if (code != 0 || self->calls != NUMBERS || self->has_moved ||
            pthread_equal(self->thread, pthread_self()))
            return wrong("code %d; stage %zu was called %zu times, %s", code, i, self->calls,
                         self->has_moved ? "by several threads" : "by one");
        for (size_t k = 0; k < i; k++) {
            if (pthread_equal(self->thread, all.stages[k].thread))
                return wrong("stages %zu and %zu have one thread", k, i);
        }
    }
    return NULL;
}

static int meet_five(void *element, void *ctx)
{
    (void)element;
    meet(&((line *)ctx)->in, 5);
    return 0;
}

static int make_five(void *element, void *ctx)
{
    (void)element;
    return ((line *)ctx)->made++ < 5 ? 0 : PAR_STAGE_END;
}

const char *thread_pipeline_has_as_many_in_a_stage_as_it_was_given(void)
{
    line all = {.made = 0};
    const par_stage stages[] = {{PAR_STAGE_SERIAL, make_five, &all, NULL, 0},
                                {PAR_STAGE_PARALLEL, meet_five, &all, NULL, 5}};
    const par_pipeline_options options = options_of(0);
    const int code = par_thread_pipeline_run(stages, 2, &options);
    return code == 0 ? NULL : wrong("code %d", code);
}

/* ---- the caller ---- */

static int make_for_ever(void *element, void *ctx)
{
    (void)element;
    atomic_fetch_add(&((line *)ctx)->in, 1);
    return 0;
}

static int pass(void *element, void *ctx)
{
    (void)element;
    (void)ctx;
    return 0;
}

static int run_or_fail(size_t begin, size_t end, void *arg)
{
    line *all = arg;
    (void)end;
    if (begin == 1) {
        await_count(&all->in, 1);
        return 9;
    }
    const par_stage stages[] = {{PAR_STAGE_SERIAL, make_for_ever, all, NULL, 0},
                                {PAR_STAGE_PARALLEL, pass, all, NULL, 2}};
    const par_pipeline_options options = options_of(0);
    return par_thread_pipeline_run(stages, 2, &options) == ECANCELED ? 0 : 8;
}

static const char *end_in_loop(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < 10; i++) {
        line all = {.made = 0};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.grain = 1;
        const int code = par_try_for(0, 2, run_or_fail, &all, &options);
        if (code != 9)
            return wrong("code %d", code);
    }
    return NULL;
}

const char *thread_pipeline_ends_inside_a_canceled_loop(void)
{
    return in_pools_from(2, end_in_loop, NULL);
}

/* The first stage waits for a task that only the caller's core can run. */
static int await_task(void *element, void *ctx)
{
    (void)element;
    await_count(&((line *)ctx)->in, 1);
    return PAR_STAGE_END;
}

static void run_line(void *arg)
{
    const par_stage stages[] = {{PAR_STAGE_SERIAL, await_task, arg, NULL, 0}};
    const par_pipeline_options options = options_of(0);
    (void)par_thread_pipeline_run(stages, 1, &options);
}

static void do_task(void *arg)
{
    atomic_fetch_add(&((line *)arg)->in, 1);
}

static const char *lend_core(void *arg)
{
    line all = {.made = 0};
    (void)arg;
    par_join(run_line, &all, do_task, &all);
    return NULL;
}

const char *thread_pipeline_lends_the_core_of_its_caller(void)
{
    return in_every_pool(lend_core, NULL);
}
