/* SPDX-License-Identifier: MIT */
/* blocker_threads.c - the checks of blockers for the plain main. */
#include "base/blocker_checks.h"

const check checks[] = {BLOCKER_CHECKS(CHECK_ROW){NULL, NULL}};
