/* SPDX-License-Identifier: MIT */
/* rwlock_threads.c - the checks of rwlock_checks.h for the plain main. */
#include "sync/rwlock_checks.h"

const check checks[] = {RWLOCK_CHECKS(CHECK_ROW){NULL, NULL}};
