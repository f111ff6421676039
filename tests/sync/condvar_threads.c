/* SPDX-License-Identifier: MIT */
/* condvar_threads.c - the checks of condvar_checks.h for the plain main. */
#include "sync/condvar_checks.h"

const check checks[] = {CONDVAR_CHECKS(CHECK_ROW){NULL, NULL}};
