/* SPDX-License-Identifier: MIT */
/* gang_threads.c - the checks of gangs for the plain main. */
#include "scope/gang_checks.h"

const check checks[] = {GANG_CHECKS(CHECK_ROW){NULL, NULL}};
