/* SPDX-License-Identifier: MIT */
/* thread_pipeline_threads.c - the checks of pipelines on threads for the plain main. */
#include "stream/thread_pipeline_checks.h"

const check checks[] = {THREAD_PIPELINE_CHECKS(CHECK_ROW){NULL, NULL}};
