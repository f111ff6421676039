/* SPDX-License-Identifier: MIT */
/* deadlock_threads.c - the checks of deadlock_checks.h for the plain main. */
#include "sync/deadlock_checks.h"

const check checks[] = {DEADLOCK_CHECKS(CHECK_ROW){NULL, NULL}};
