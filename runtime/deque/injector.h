/* SPDX-License-Identifier: MIT */
/* injector.h - the queue for work that comes from no deque: an unbounded first-in-first-out list of
 * links that lie in the work itself. A lock guards it; `count` lets others see without the lock
 * whether looking is worth it. */
#ifndef WS_DEQUE_INJECTOR_H
#define WS_DEQUE_INJECTOR_H

#include "base/atomic.h"

#include <pthread.h>

typedef struct ws_link {
    struct ws_link *next;
} ws_link;

typedef struct ws_injector {
    size_t count; /* written under the lock, read by anyone */
    pthread_mutex_t lock;
    ws_link *first;
    ws_link **end; /* where the next link goes */
} ws_injector;

typedef bool ws_injector_may_take(const ws_link *link, const void *ctx);

void ws_injector_init(ws_injector *injector);
void ws_injector_fini(ws_injector *injector);

void ws_injector_push(ws_injector *injector, ws_link *link);

/* Takes the oldest link, or the oldest for which may(link, ctx); NULL if there is none. */
ws_link *ws_injector_take(ws_injector *injector, ws_injector_may_take *may, const void *ctx);

static inline bool ws_injector_is_empty(const ws_injector *injector)
{
    return ws_load_seq_cst(&injector->count) == 0;
}

#endif
