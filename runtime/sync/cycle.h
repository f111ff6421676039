/* SPDX-License-Identifier: MIT */
/* cycle.h - finds threads that wait for each other for ever: each for a lock that the next one
 * holds, or for a task that the next one runs. docs/design/locks.md has the proof. */
#ifndef WS_SYNC_CYCLE_H
#define WS_SYNC_CYCLE_H

#include "sync/lock.h"

/* If the caller, in line for `lock`, closes a cycle, it leaves the line: true. Of the threads of
 * one cycle one alone gets this answer. Blockers that stand in for many are in no cycle. */
bool ws_cycle_refuse(par_detail_lock *lock, ws_waiter *self);

/* A thread that must not leave its line may have closed a cycle: has those look who may leave. */
void ws_cycle_tell(const ws_blocker *blocker);

#endif
