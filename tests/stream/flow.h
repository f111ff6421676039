/* SPDX-License-Identifier: MIT */
/* flow.h - elements with numbers on their way through stages that note all that happens to them,
 * and fail, skip and end where they are told. Serves both kinds of pipeline. */
#ifndef TESTS_STREAM_FLOW_H
#define TESTS_STREAM_FLOW_H

#include "support.h"

#include <par/pipeline.h>

enum { FLOW_STAGES = 6, FLOW_NUMBERS = 600, FLOW_EVENTS = 6 };

typedef int flow_run_fn(const par_stage *stages, size_t n, const par_pipeline_options *options);

/* At this stage this number gets this code instead of 0. */
typedef struct flow_event {
    size_t stage;
    size_t number;
    int code;
} flow_event;

typedef struct flow_element {
    size_t number;
    size_t stages; /* that it has passed */
    uint64_t check;
} flow_element;

struct flow;

typedef struct flow_stage {
    struct flow *flow;
    size_t index;
    bool is_serial;
    bool is_in_order;
    size_t expected; /* no number below it may come, in order */
    atomic_size_t inside;
} flow_stage;

typedef struct flow {
    size_t n;
    par_stage_kind kinds[FLOW_STAGES];
    size_t numbers;
    size_t tokens;
    size_t events_n;
    flow_event events[FLOW_EVENTS];
    bool panics;     /* events are panics with those codes */
    uint64_t yields; /* a seed: calls give way to others now and then; 0: never */
    par_group *group;
    size_t threads; /* of parallel stages */

    flow_stage stages[FLOW_STAGES];
    atomic_size_t made;
    atomic_size_t under_way;
    atomic_size_t most_under_way;
    atomic_size_t faults; /* overlaps, wrong orders, broken elements */
    atomic_uchar visits[FLOW_STAGES][FLOW_NUMBERS];
    atomic_uchar dropped[FLOW_NUMBERS];
} flow;

/* Runs it, from fresh counts. */
int flow_run(flow *f, flow_run_fn *run);

/* The same, with statistics. */
int flow_run_measured(flow *f, flow_run_fn *run, par_pipeline_stats *stats);

/* What one thread would do, element by element. Returns the code, and the first number that does
 * not get through all stages because of it. */
int flow_reference(const flow *f, size_t *limit);

/* NULL, or what is wrong with what has happened, if the run returned `code`. For first stages that
 * are serial. */
const char *flow_judge(flow *f, int code);

/* What the event for it says, else 0. */
int flow_code(const flow *f, size_t stage, size_t number);

#endif
