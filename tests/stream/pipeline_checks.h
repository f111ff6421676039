/* SPDX-License-Identifier: MIT */
/* pipeline_checks.h - what par_pipeline_run promises: what both kinds of pipeline do, in pools of
 * every size, and what only this one does. */
#ifndef TESTS_STREAM_PIPELINE_CHECKS_H
#define TESTS_STREAM_PIPELINE_CHECKS_H

#include "stream/flow_checks.h"

#define PIPELINE_CHECKS(X)                                                                         \
    FLOW_CHECKS(X, pipeline)                                                                       \
    X(pipeline, is_the_plain_loop_on_one_thread)                                                   \
    X(pipeline, ends_inside_a_canceled_loop)                                                       \
    X(pipeline, tells_stages_whose_element_is_not_wanted)                                          \
    X(pipeline, runs_no_stranger)

PIPELINE_CHECKS(CHECK_PROTOTYPE)

#endif
