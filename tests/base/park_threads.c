/* SPDX-License-Identifier: MIT */
/* park_threads.c - the checks of parkers for the plain main. */
#include "base/park_checks.h"

const check checks[] = {PARK_CHECKS(CHECK_ROW){NULL, NULL}};
