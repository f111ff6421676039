/* SPDX-License-Identifier: MIT */
/* pool.h - a pool's life cycle: options, machine, crew, threads; and the default pool. */
#ifndef WS_POOL_POOL_H
#define WS_POOL_POOL_H

#include "pool/member.h"

#include <par/pool.h>

struct par_pool {
    ws_crew crew;
    ws_limits limits;
    ws_topology *topology;
    ws_placement *placement;
};

/* The pool that a call from this thread runs in, the default pool if it is in none (made if need
 * be); NULL when it could not be made. */
par_pool *ws_pool_current(void);

/* The default pool, made if need be; NULL when it could not be. */
par_pool *ws_pool_default(void);

/* The default pool, if it has been made. */
par_pool *ws_pool_default_if_made(void);

/* Enters the default pool for a call from outside. 0 or an errno code: then the call runs serially.
 */
int ws_pool_enter_default(ws_member *member);

static inline par_pool *ws_pool_of(ws_crew *crew)
{
    return (par_pool *)(void *)crew;
}

#endif
