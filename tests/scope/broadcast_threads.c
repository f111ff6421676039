/* SPDX-License-Identifier: MIT */
/* broadcast_threads.c - the checks of broadcasts for the plain main. */
#include "scope/broadcast_checks.h"

const check checks[] = {BROADCAST_CHECKS(CHECK_ROW){NULL, NULL}};
