/* SPDX-License-Identifier: MIT */
/* pipeline_threads.c - the checks of pipelines for the plain main. */
#include "stream/pipeline_checks.h"

const check checks[] = {PIPELINE_CHECKS(CHECK_ROW){NULL, NULL}};
