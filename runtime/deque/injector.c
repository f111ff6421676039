/* SPDX-License-Identifier: MIT */
#include "deque/injector.h"

void ws_injector_init(ws_injector *injector)
{
    injector->count = 0;
    injector->first = NULL;
    injector->end = &injector->first;
    pthread_mutex_init(&injector->lock, NULL);
}

void ws_injector_fini(ws_injector *injector)
{
    pthread_mutex_destroy(&injector->lock);
}

void ws_injector_push(ws_injector *injector, ws_link *link)
{
    link->next = NULL;
    pthread_mutex_lock(&injector->lock);
    *injector->end = link;
    injector->end = &link->next;
    /* Sequentially consistent, so that the publisher may look for sleepers next. */
    ws_add_seq_cst(&injector->count, 1);
    pthread_mutex_unlock(&injector->lock);
}

ws_link *ws_injector_take(ws_injector *injector, ws_injector_may_take *may, const void *ctx)
{
    if (ws_injector_is_empty(injector))
        return NULL;
    pthread_mutex_lock(&injector->lock);
    ws_link **place = &injector->first;
    while (*place != NULL && may != NULL && !may(*place, ctx))
        place = &(*place)->next;
    ws_link *link = *place;
    if (link != NULL) {
        *place = link->next;
        if (injector->end == &link->next)
            injector->end = place;
        ws_add_seq_cst(&injector->count, (size_t)-1);
    }
    pthread_mutex_unlock(&injector->lock);
    return link;
}
