/* SPDX-License-Identifier: MIT */
/* once_threads.c - the checks of once for the plain main. */
#include "sync/once_checks.h"

const check checks[] = {ONCE_CHECKS(CHECK_ROW){NULL, NULL}};
