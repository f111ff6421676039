/* SPDX-License-Identifier: MIT */
/* block_threads.c - the checks of calls that block for the plain main. */
#include "pool/block_checks.h"

const check checks[] = {BLOCK_CHECKS(CHECK_ROW){NULL, NULL}};
