/* SPDX-License-Identifier: MIT */
/* mutex_threads.c - the checks of mutex_checks.h for the plain main. */
#include "sync/mutex_checks.h"

const check checks[] = {MUTEX_CHECKS(CHECK_ROW){NULL, NULL}};
