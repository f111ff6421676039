/* SPDX-License-Identifier: MIT */
/* process.h - what becomes of pools in a forked child, where none of their threads exist.
 *
 * F1  A crew belongs to the generation of the process that made it. In a child its seats are only
 *     memory: what the forking thread had not given away it can still finish, nothing can be waited
 *     for, and new calls use a new default pool.
 * F2  The handler only stores, on the thread that forked; it takes no lock. */
#ifndef WS_POOL_PROCESS_H
#define WS_POOL_PROCESS_H

#include "pool/crew.h"

/* To be called before the first crew is made. Any number of times. */
void ws_process_init(void);

size_t ws_process_generation(void);

static inline bool ws_process_is_stale(const ws_crew *crew)
{
    return crew->generation != ws_process_generation();
}

/* Ends a child that would have to wait for a thread of its parent. */
void ws_process_refuse(const ws_crew *crew) __attribute__((noreturn));

#endif
