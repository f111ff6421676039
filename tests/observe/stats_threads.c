/* SPDX-License-Identifier: MIT */
/* stats_threads.c - the checks of counters for the plain main. */
#include "observe/stats_checks.h"

const check checks[] = {STATS_CHECKS(CHECK_ROW){NULL, NULL}};
