/* SPDX-License-Identifier: MIT */
/* channel_threads.c - the checks of channels for the plain main. */
#include "stream/channel_checks.h"

const check checks[] = {CHANNEL_CHECKS(CHECK_ROW) CHANNEL_WAIT_CHECKS(CHECK_ROW){NULL, NULL}};
