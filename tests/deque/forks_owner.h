/* SPDX-License-Identifier: MIT */
/* forks_owner.h - the owner of a stack of forks, as inlined code and the floor above it use one,
 * but without their jobs and workers. */
#ifndef TESTS_DEQUE_FORKS_OWNER_H
#define TESTS_DEQUE_FORKS_OWNER_H

#include "deque/forks.h"

/* The slow half of a push: answers a request. */
static inline void forks_owner_answer(ws_forks *forks)
{
    if (ws_load_relaxed(&forks->owner.private_from) != WS_NOTHING_PRIVATE)
        ws_forks_set_limit(forks);
    if (!ws_forks_has_public(forks))
        ws_forks_publish(forks);
}

/* False: there was no room; the entry is not there. For as long as no thief may take from a stack
 * that is full. */
static inline bool forks_owner_push(ws_forks *forks, ws_item item)
{
    par_detail_slot *head = par_detail_head(&forks->owner);
    ws_item_write(head, item);
    ws_store_release(&forks->owner.bottom, (size_t)(head + 1));
    PAR_DETAIL_COMPILER_BARRIER();
    if ((size_t)head < ws_load_relaxed(&forks->owner.limit))
        return true;
    if (ws_forks_has_room(forks, head)) {
        forks_owner_answer(forks);
        return true;
    }
    ws_store_release(&forks->owner.bottom, (size_t)head);
    return false;
}

/* Takes the newest entry out. True: it is the owner's, and `item` is what it was. False: it was
 * stolen. */
static inline bool forks_owner_pop(ws_forks *forks, ws_item *item)
{
    par_detail_slot *head = par_detail_head(&forks->owner) - 1;
    ws_store_release(&forks->owner.bottom, (size_t)head);
    PAR_DETAIL_COMPILER_BARRIER();
    *item = ws_item_read(head);
    return (size_t)head >= ws_load_relaxed(&forks->owner.private_from) ||
           ws_forks_settle(forks, head);
}

#endif
