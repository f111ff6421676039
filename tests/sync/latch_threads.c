/* SPDX-License-Identifier: MIT */
/* latch_threads.c - the checks of latch for the plain main. */
#include "sync/latch_checks.h"

const check checks[] = {LATCH_CHECKS(CHECK_ROW){NULL, NULL}};
