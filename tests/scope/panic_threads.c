/* SPDX-License-Identifier: MIT */
/* panic_threads.c - the checks of panics for the plain main. */
#include "scope/panic_checks.h"

const check checks[] = {PANIC_CHECKS(CHECK_ROW) PANIC_VERB_CHECKS(CHECK_ROW){NULL, NULL}};
