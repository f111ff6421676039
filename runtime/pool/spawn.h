/* SPDX-License-Identifier: MIT */
/* spawn.h - handing a task to a pool. */
#ifndef WS_POOL_SPAWN_H
#define WS_POOL_SPAWN_H

#include "pool/worker.h"

/* Puts a complete task where any member of the crew may take it: the queue of the calling thread if
 * it has a seat there, else the injector; and wakes somebody for it. It may have run and be gone
 * when this returns. */
void ws_spawn_publish(ws_crew *crew, ws_task *task);

#endif
