/* SPDX-License-Identifier: MIT */
/* scope_threads.c - the checks of scopes for the plain main. */
#include "scope/scope_checks.h"

const check checks[] = {SCOPE_CHECKS(CHECK_ROW) SCOPE_NEST_CHECKS(CHECK_ROW){NULL, NULL}};
