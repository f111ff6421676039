/* SPDX-License-Identifier: MIT */
/* task_threads.c - the checks of typed tasks for the plain main. */
#include "scope/task_checks.h"

const check checks[] = {TASK_CHECKS(CHECK_ROW){NULL, NULL}};
