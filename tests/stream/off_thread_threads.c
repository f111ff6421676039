/* SPDX-License-Identifier: MIT */
/* off_thread_threads.c - the checks of producers' threads for the plain main. */
#include "stream/off_thread_checks.h"

const check checks[] = {OFF_THREAD_CHECKS(CHECK_ROW){NULL, NULL}};
