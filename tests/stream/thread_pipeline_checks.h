/* SPDX-License-Identifier: MIT */
/* thread_pipeline_checks.h - what par_thread_pipeline_run promises: what both kinds of pipeline do,
 * and what only this one does. */
#ifndef TESTS_STREAM_THREAD_PIPELINE_CHECKS_H
#define TESTS_STREAM_THREAD_PIPELINE_CHECKS_H

#include "stream/flow_checks.h"

#define THREAD_PIPELINE_CHECKS(X)                                                                  \
    FLOW_CHECKS(X, thread_pipeline)                                                                \
    X(thread_pipeline, has_a_thread_for_each_stage)                                                \
    X(thread_pipeline, has_as_many_in_a_stage_as_it_was_given)                                     \
    X(thread_pipeline, ends_inside_a_canceled_loop)                                                \
    X(thread_pipeline, lends_the_core_of_its_caller)

THREAD_PIPELINE_CHECKS(CHECK_PROTOTYPE)

#endif
