/* SPDX-License-Identifier: MIT */
/* barrier_threads.c - the checks of barrier for the plain main. */
#include "sync/barrier_checks.h"

const check checks[] = {BARRIER_CHECKS(CHECK_ROW){NULL, NULL}};
