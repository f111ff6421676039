/* SPDX-License-Identifier: MIT */
/* clock.h - the checker's own runtime/base/clock.h: each look at the clock finds it a millisecond
 * later, which is more than anybody's patience. */
#ifndef WS_BASE_CLOCK_H
#define WS_BASE_CLOCK_H

#include "engine/model.h"

#define ws_clock_ns() model_clock()

#endif
