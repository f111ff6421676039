/* SPDX-License-Identifier: MIT */
#include "stream/pipeline_checks.h"

#include "kin.h"

#include <par/join.h>
#include <par/loop.h>

static flow_way pipeline_way = {par_pipeline_run, false};

FLOW_CHECKS(FLOW_FRONT, pipeline)

/* ---- one thread ---- */

enum { LOOP_STAGES = 4, LOOP_NUMBERS = 20 };

typedef struct order {
    size_t made;
    size_t calls;
    size_t wrong;
    pthread_t here;
} order;

/* Call i is that of stage i % LOOP_STAGES with number i / LOOP_STAGES. */
static void note(order *all, size_t number, size_t stage)
{
    if (all->calls++ != number * LOOP_STAGES + stage || !pthread_equal(all->here, pthread_self()))
        all->wrong++;
}

static int make_noted(void *element, void *ctx)
{
    order *all = ctx;
    size_t *self = element;
    if (all->made == LOOP_NUMBERS)
        return PAR_STAGE_END;
    self[0] = all->made++;
    self[1] = 1;
    note(all, self[0], 0);
    return 0;
}

static int pass_noted(void *element, void *ctx)
{
    size_t *self = element;
    note(ctx, self[0], self[1]++);
    return 0;
}

static const char *run_noted(void *arg)
{
    order all = {.here = pthread_self()};
    const par_stage stages[LOOP_STAGES] = {{PAR_STAGE_SERIAL_IN_ORDER, make_noted, &all, NULL, 0},
                                           {PAR_STAGE_PARALLEL, pass_noted, &all, NULL, 0},
                                           {PAR_STAGE_SERIAL, pass_noted, &all, NULL, 0},
                                           {PAR_STAGE_SERIAL_IN_ORDER, pass_noted, &all, NULL, 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = 2 * sizeof(size_t);
    (void)arg;
    const int code = par_pipeline_run(stages, LOOP_STAGES, &options);
    if (code != 0 || all.wrong != 0 || all.calls != LOOP_STAGES * LOOP_NUMBERS)
        return wrong("code %d; %zu of %zu calls out of turn", code, all.wrong, all.calls);
    return NULL;
}

/* On a thread of the pool: nobody else is there. */
const char *pipeline_is_the_plain_loop_on_one_thread(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(1, &problem);
    if (pool == NULL)
        return problem;
    inside_call call = {.fn = run_noted};
    const int code = on_worker(pool, inside_task, &call);
    (void)par_pool_destroy(pool);
    return code != 0 ? strerror(code) : call.result;
}

/* ---- cancellation from around ---- */

typedef struct looped {
    atomic_size_t inside;
    atomic_size_t live;
    int code;
} looped;

static int make_for_ever(void *element, void *ctx)
{
    looped *all = ctx;
    *(size_t *)element = atomic_fetch_add(&all->inside, 1);
    atomic_fetch_add(&all->live, 1);
    return 0;
}

static int pass_looped(void *element, void *ctx)
{
    (void)element;
    atomic_fetch_sub(&((looped *)ctx)->live, 1);
    return 0;
}

static void drop_looped(void *element, void *ctx)
{
    (void)pass_looped(element, ctx);
}

static int run_or_fail(size_t begin, size_t end, void *arg)
{
    looped *all = arg;
    (void)end;
    if (begin == 1) {
        await_count(&all->inside, 1);
        return 9;
    }
    const par_stage stages[] = {{PAR_STAGE_SERIAL, make_for_ever, all, NULL, 0},
                                {PAR_STAGE_PARALLEL, pass_looped, all, NULL, 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    options.drop = drop_looped;
    options.drop_ctx = all;
    all->code = par_pipeline_run(stages, 2, &options);
    return 0;
}

static const char *end_in_loop(void *arg)
{
    (void)arg;
    for (int i = 0; i < 20; i++) {
        looped all = {.code = -1};
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.grain = 1;
        const int code = par_try_for(0, 2, run_or_fail, &all, &options);
        if (code != 9 || all.code != ECANCELED || atomic_load(&all.live) != 0)
            return wrong("codes %d and %d; %zu elements live", code, all.code,
                         atomic_load(&all.live));
    }
    return NULL;
}

const char *pipeline_ends_inside_a_canceled_loop(void)
{
    return in_pools_from(2, end_in_loop, NULL);
}

/* ---- elements that are not wanted ---- */

typedef struct told {
    size_t made;
    atomic_size_t in;
    atomic_size_t asked;
} told;

static int make_three(void *element, void *ctx)
{
    told *all = ctx;
    *(size_t *)element = all->made++;
    return all->made <= 3 ? 0 : PAR_STAGE_END;
}

/* Number 1 fails while 0 and 2 are at work: 0 is still wanted then, and 2 is not. */
static int fail_among_others(void *element, void *ctx)
{
    told *all = ctx;
    const size_t number = *(const size_t *)element;
    meet(&all->in, 3);
    if (number == 1)
        return 5;
    while (number == 2 && !par_canceled())
        sched_yield();
    if (number == 2)
        atomic_fetch_add(&all->asked, 1);
    else
        await_count(&all->asked, 1);
    return number == 0 && par_canceled() ? 6 : 0;
}

static const char *tell_unwanted(void *arg)
{
    (void)arg;
    told all = {.made = 0};
    const par_stage stages[] = {{PAR_STAGE_SERIAL, make_three, &all, NULL, 0},
                                {PAR_STAGE_PARALLEL, fail_among_others, &all, NULL, 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    options.tokens = 3;
    const int code = par_pipeline_run(stages, 2, &options);
    return code == 5 ? NULL : wrong("code %d", code);
}

const char *pipeline_tells_stages_whose_element_is_not_wanted(void)
{
    return in_pools_from(3, tell_unwanted, NULL);
}

/* ---- what runs meanwhile ---- */

typedef struct related {
    kin self;
    size_t made;
} related;

static int make_related(void *element, void *ctx)
{
    related *all = ctx;
    const kin *before = kin_begin(&(kin){.parent = &all->self});
    *(size_t *)element = all->made++;
    kin_end(before);
    return all->made <= 40 ? 0 : PAR_STAGE_END;
}

static void do_nothing(void *arg)
{
    kin self = {.parent = arg};
    kin_end(kin_begin(&self));
}

static int join_related(void *element, void *ctx)
{
    related *all = ctx;
    kin self = {.parent = &all->self};
    (void)element;
    const kin *before = kin_begin(&self);
    kin region = {.parent = &self};
    kin_awaited = &region;
    par_join(do_nothing, &region, do_nothing, &region);
    kin_awaited = NULL;
    kin_end(before);
    return 0;
}

static void run_related(void *arg)
{
    kin self = {.parent = arg};
    const kin *before = kin_begin(&self);
    related all = {.self = {.parent = &self}};
    const par_stage stages[] = {{PAR_STAGE_SERIAL, make_related, &all, NULL, 0},
                                {PAR_STAGE_PARALLEL, join_related, &all, NULL, 0},
                                {PAR_STAGE_SERIAL_IN_ORDER, join_related, &all, NULL, 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    kin_awaited = &all.self;
    (void)par_pipeline_run(stages, 3, &options);
    kin_awaited = NULL;
    kin_end(before);
}

static const char *run_relatives(void *arg)
{
    (void)arg;
    atomic_store(&kin_strangers, 0);
    for (size_t i = 0; i < scaled(100); i++) {
        kin root = {.parent = NULL};
        kin_awaited = &root;
        par_join(run_related, &root, run_related, &root);
        kin_awaited = NULL;
    }
    const size_t strangers = atomic_load(&kin_strangers);
    return strangers == 0 ? NULL : wrong("%zu strangers were run", strangers);
}

const char *pipeline_runs_no_stranger(void)
{
    return in_every_pool(run_relatives, NULL);
}
