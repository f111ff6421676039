/* SPDX-License-Identifier: MIT */
/* crew_threads.c - the checks of crews for the plain main. */
#include "pool/crew_checks.h"

const check checks[] = {CREW_CHECKS(CHECK_ROW){NULL, NULL}};
