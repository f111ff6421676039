/* SPDX-License-Identifier: MIT */
/* deque_threads.c - the checks of deques for the plain main. */
#include "deque/deque_checks.h"

const check checks[] = {DEQUE_CHECKS(CHECK_ROW){NULL, NULL}};
