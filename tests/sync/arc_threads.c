/* SPDX-License-Identifier: MIT */
/* arc_threads.c - the checks of arc for the plain main. */
#include "sync/arc_checks.h"

const check checks[] = {ARC_CHECKS(CHECK_ROW){NULL, NULL}};
