/* SPDX-License-Identifier: MIT */
/* poison_threads.c - the checks of poison_checks.h for the plain main. */
#include "sync/poison_checks.h"

const check checks[] = {POISON_CHECKS(CHECK_ROW){NULL, NULL}};
