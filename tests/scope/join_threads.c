/* SPDX-License-Identifier: MIT */
/* join_threads.c - the checks of joins for the plain main. */
#include "scope/join_checks.h"
#include "scope/join_wait_checks.h"

const check checks[] = {JOIN_CHECKS(CHECK_ROW) JOIN_WAIT_CHECKS(CHECK_ROW){NULL, NULL}};
