/* SPDX-License-Identifier: MIT */
/* barrier_threads.c - the checks of the process-wide barrier for the plain main. */
#include "base/barrier_checks.h"

const check checks[] = {BARRIER_CHECKS(CHECK_ROW){NULL, NULL}};
