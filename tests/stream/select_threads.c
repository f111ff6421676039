/* SPDX-License-Identifier: MIT */
/* select_threads.c - the checks of select for the plain main. */
#include "stream/select_checks.h"

const check checks[] = {SELECT_CHECKS(CHECK_ROW){NULL, NULL}};
