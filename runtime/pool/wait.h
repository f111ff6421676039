/* SPDX-License-Identifier: MIT */
/* wait.h - how a member waits in the middle of a task: it runs what it may, spins for a while, then
 * sleeps and lends its core. It never waits for a core when it comes back: it may hold a lock. */
#ifndef WS_POOL_WAIT_H
#define WS_POOL_WAIT_H

#include "pool/worker.h"

/* A bounded spin: false once it has lasted for the crew's time. Start from {0}. */
typedef struct ws_spin {
    unsigned rounds;
    uint64_t until;
} ws_spin;

bool ws_spin_once(const ws_crew *crew, ws_spin *spin);

/* Waits for a latch whose setter unparks `worker`. While it is not set, runs what help(worker, ctx)
 * finds: help runs one thing and returns true, or returns false. If what it waits for broadcasts,
 * it also makes the calls of broadcasts: any, else two of them could wait for each other. */
typedef bool ws_wait_help(ws_worker *worker, void *ctx);
void ws_wait(ws_worker *worker, size_t *latch, ws_wait_help *help, void *ctx);

/* Whoever has made something that `worker` may run while it waits for the latch calls this
 * afterwards; the latch must last as long. */
void ws_wait_tell(ws_worker *worker, const size_t *latch);

/* For those who can run nothing meanwhile. */
bool ws_wait_for_nothing(ws_worker *worker, void *ctx);

#endif
