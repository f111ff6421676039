/* SPDX-License-Identifier: MIT */
/* injector_threads.c - the checks of injectors for the plain main. */
#include "deque/injector_checks.h"

const check checks[] = {INJECTOR_CHECKS(CHECK_ROW){NULL, NULL}};
