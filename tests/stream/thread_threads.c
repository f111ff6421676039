/* SPDX-License-Identifier: MIT */
/* thread_threads.c - the checks of threads and scopes of threads for the plain main. */
#include "stream/thread_checks.h"

const check checks[] = {THREAD_CHECKS(CHECK_ROW){NULL, NULL}};
