/* SPDX-License-Identifier: MIT */
/* lot_threads.c - the checks of lot for the plain main. */
#include "sync/lot_checks.h"

const check checks[] = {LOT_CHECKS(CHECK_ROW){NULL, NULL}};
