/* SPDX-License-Identifier: MIT */
/* job_threads.c - the checks of jobs, latches and groups for the plain main. */
#include "job/job_checks.h"

const check checks[] = {JOB_CHECKS(CHECK_ROW){NULL, NULL}};
