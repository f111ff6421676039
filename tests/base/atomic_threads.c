/* SPDX-License-Identifier: MIT */
/* atomic_threads.c - the checks of atomic accesses for the plain main. */
#include "base/atomic_checks.h"

const check checks[] = {ATOMIC_CHECKS(CHECK_ROW){NULL, NULL}};
