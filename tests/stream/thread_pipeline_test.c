/* SPDX-License-Identifier: MIT */
/* thread_pipeline_test.c - the checks of pipelines on threads for Criterion. */
#include "stream/thread_pipeline_checks.h"

#include "criterion_front.h"

THREAD_PIPELINE_CHECKS(CHECK_TEST)
