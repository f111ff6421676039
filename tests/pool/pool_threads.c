/* SPDX-License-Identifier: MIT */
/* pool_threads.c - the checks of pools for the plain main. */
#include "pool/pool_checks.h"

const check checks[] = {POOL_CHECKS(CHECK_ROW) POOL_INDEX_CHECKS(CHECK_ROW)
                            POOL_NEST_CHECKS(CHECK_ROW){NULL, NULL}};
