/* SPDX-License-Identifier: MIT */
/* loop_threads.c - the checks of loops for the plain main. */
#include "scope/loop_checks.h"
#include "scope/loop_schedule_checks.h"
#include "scope/loop_stop_checks.h"

const check checks[] = {LOOP_CHECKS(CHECK_ROW) LOOP_SCHEDULE_CHECKS(CHECK_ROW)
                            LOOP_STOP_CHECKS(CHECK_ROW){NULL, NULL}};
