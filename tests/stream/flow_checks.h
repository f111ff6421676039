/* SPDX-License-Identifier: MIT */
/* flow_checks.h - what both kinds of pipeline promise. A front says which one, and in which pools
 * it is tried. */
#ifndef TESTS_STREAM_FLOW_CHECKS_H
#define TESTS_STREAM_FLOW_CHECKS_H

#include "stream/flow.h"

#define FLOW_CHECKS(X, suite)                                                                      \
    X(suite, agrees_with_one_thread)                                                               \
    X(suite, takes_each_element_through_each_stage_once)                                           \
    X(suite, bounds_what_is_under_way)                                                             \
    X(suite, fills_its_tokens_while_a_stage_is_occupied)                                           \
    X(suite, has_several_in_a_parallel_stage)                                                      \
    X(suite, asks_a_parallel_first_stage_at_once)                                                  \
    X(suite, returns_the_first_failure)                                                            \
    X(suite, takes_a_panic_for_a_failure)                                                          \
    X(suite, ends_when_a_later_stage_has_enough)                                                   \
    X(suite, lets_stages_skip)                                                                     \
    X(suite, can_be_canceled)                                                                      \
    X(suite, begins_nothing_when_canceled_before)                                                  \
    X(suite, runs_inside_of_a_stage)                                                               \
    X(suite, runs_inside_of_a_loop)                                                                \
    X(suite, lets_stages_use_par)                                                                  \
    X(suite, serves_many_at_once)                                                                  \
    X(suite, measures_its_stages)                                                                  \
    X(suite, refuses_bad_arguments)                                                                \
    X(suite, refuses_more_than_there_can_be)

/* The body of a check, for use inside a pool. */
#define FLOW_BODY(suite, name) const char *suite##_##name(void *way);
FLOW_CHECKS(FLOW_BODY, flow)

/* Makes a check of a suite from a body: in every pool, with that suite's way. */
#define FLOW_FRONT(suite, name)                                                                    \
    const char *suite##_##name(void)                                                               \
    {                                                                                              \
        return in_every_pool(flow_##name, &suite##_way);                                           \
    }

/* Which kind of pipeline: how it is run, and whether it has threads whatever the pool has. */
typedef struct flow_way {
    flow_run_fn *run;
    bool has_threads;
} flow_way;

static inline int run_way(flow *f, const void *way)
{
    return flow_run(f, ((const flow_way *)way)->run);
}

static inline flow *new_flow(void)
{
    flow *f = calloc(1, sizeof *f);
    if (f == NULL)
        abort();
    return f;
}

/* In order, parallel, without order, parallel, in order. */
static inline void take_five_stages(flow *f)
{
    static const par_stage_kind kinds[] = {PAR_STAGE_SERIAL_IN_ORDER, PAR_STAGE_PARALLEL,
                                           PAR_STAGE_SERIAL, PAR_STAGE_PARALLEL,
                                           PAR_STAGE_SERIAL_IN_ORDER};
    memcpy(f->kinds, kinds, sizeof kinds);
    f->n = 5;
    f->threads = 2;
}

#endif
