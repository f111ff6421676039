/* SPDX-License-Identifier: MIT */
/* waits.h - how the threads of harnesses block: each has a blocker of its own, as a thread outside
 * of pools has. */
#ifndef MODEL_WAITS_H
#define MODEL_WAITS_H

#include "base/blocker.h"

#include <par/time.h>

/* In set-up. Without it threads have no blocker. `spans_end`: what waits for a span, as a first
 * short sleep does, may give up at any time; else it never does. */
void waits_make(bool spans_end);

/* Of the thread with that number; in set-up, too. */
ws_blocker *waits_blocker(size_t thread);

/* PAR_FENCE is "full". */
void waits_use_full_fences(void);

/* A deadline that has not come at a thread's first look at the clock, and has at the next. */
#define WAITS_SOON ((par_deadline)1500000)

#endif
