/* SPDX-License-Identifier: MIT */
/* background_threads.c - the checks of background threads for the plain main. */
#include "stream/background_checks.h"

const check checks[] = {BACKGROUND_CHECKS(CHECK_ROW){NULL, NULL}};
