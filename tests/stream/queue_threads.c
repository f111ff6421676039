/* SPDX-License-Identifier: MIT */
/* queue_threads.c - the checks of queues with threads for the plain main. */
#include "stream/queue_checks.h"

const check checks[] = {QUEUE_CHECKS(CHECK_ROW){NULL, NULL}};
