/* SPDX-License-Identifier: MIT */
/* barrier.h - a barrier that one thread puts into all others, so that they need none of their own.
 *
 * B1: when ws_barrier_all returns, every thread of the process has passed a full memory barrier
 * since the call began. So of a thread that does {store x; compiler barrier; load y} and one that
 * does {store y; ws_barrier_all; load x}, at least one sees the other's store. It costs the caller
 * one microsecond alone and up to fifty when other threads run. */
#ifndef WS_BASE_BARRIER_H
#define WS_BASE_BARRIER_H

#include <stdbool.h>

/* Whether the system has it for this process. The first call registers the process: make it before
 * the first thread exists that is to be reached. */
bool ws_barrier_available(void);

/* Only where it is available. */
void ws_barrier_all(void);

#endif
