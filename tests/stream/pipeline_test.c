/* SPDX-License-Identifier: MIT */
/* pipeline_test.c - the checks of pipelines for Criterion. */
#include "stream/pipeline_checks.h"

#include "criterion_front.h"

PIPELINE_CHECKS(CHECK_TEST)
