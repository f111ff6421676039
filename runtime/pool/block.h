/* SPDX-License-Identifier: MIT */
/* block.h - how a call blocks that waits for something other than what it forked: a channel, a
 * lock, the system. Whoever keeps a list of waiters puts the calling thread's ws_blocker into it,
 * looks again whether it must wait, and sleeps here.
 *
 * L1  A thread that blocks in a pool lends its core first, in every pool it is in, and comes back
 *     without waiting for one: it may hold a lock.
 * L2  It runs nothing while it blocks, not even its own forks: what it waits for may be needed by
 *     them, or may come from the frame below. Its forks are published, so that others run them.
 * L3  A token may come for any reason: the caller looks again. */
#ifndef WS_POOL_BLOCK_H
#define WS_POOL_BLOCK_H

#include "base/blocker.h"
#include "pool/worker.h"

#include <par/group.h>
#include <par/time.h>

/* What a wait is, for whoever reports it. */
typedef struct ws_block_reason {
    const char *verb;   /* such as "receives from channel" */
    const void *object; /* its address stands for it */
    const char *name;   /* what the user calls it, or NULL; lasts as long as the wait */
} ws_block_reason;

/* One sleep, until a token comes or the deadline does (false). */
bool ws_block_sleep(ws_blocker *self, const ws_block_reason *reason, par_deadline deadline);

/* The waits in the middle of tasks that the members have begun so far. False: one that has not
 * ended may end without anybody in the pool. */
bool ws_block_count_waits(const ws_crew *crew, size_t *waits);

/* Around a wait that par_cancel(group) may end: between the two, canceling unparks the thread.
 * begin returns false if the group is canceled already; then there is nothing to end. NULL groups
 * are never canceled. */
bool ws_block_begin_group(ws_blocker *self, par_group *group);
void ws_block_end_group(ws_blocker *self);

/* Lending without a sleep of par's: for a wait in foreign code. */
void ws_block_lend(void);
void ws_block_take_back(void);

/* A bounded spin before a thread blocks: false at once where threads share processors. Start from
 * {0}. */
typedef struct ws_block_spin {
    unsigned rounds;
} ws_block_spin;

/* Whether this process has one processor only, where spinning is of no use. */
bool ws_block_is_alone(void);

bool ws_block_spin_once(ws_block_spin *spin);

#endif
