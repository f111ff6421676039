/* SPDX-License-Identifier: MIT */
/* forks_threads.c - the checks of stacks of forks for the plain main. */
#include "deque/forks_checks.h"

const check checks[] = {FORKS_CHECKS(CHECK_ROW){NULL, NULL}};
