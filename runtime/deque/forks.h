/* SPDX-License-Identifier: MIT */
/* forks.h - the deque of a worker's forks: a stack for its owner, of which thieves take the oldest
 * entries. Its upper part is private: there the owner's push and pop are a few plain stores. The
 * owner's half lies in par_detail_worker, where inlined code reaches it. Knows nothing of jobs or
 * workers. Protocol and proof: docs/design/forks.md, whose labels forks.c repeats.
 *
 * F1  Entries are the slots [top's index, bottom). The owner's use is strictly last in, first out,
 *     and a pop of slot b leaves bottom at b whether the entry was there or stolen: so a caller's
 *     bottom is the same after a call as before it, and callers may keep it in a register.
 * F2  `top` is an index and a tag. Thieves move the index up; the owner takes it back down, always
 *     together with a new tag, so a thief's compare-and-swap fails if anything happened to top
 * since it looked. F3  Thieves take only entries below public_to. The owner pops entries from
 * private_from on without a fence, and all others with one. Whatever a thief may still be about to
 * take, by words it has read already, lies below private_from. F4  While a thief takes the privacy
 * away, private_from is WS_REVOKING and every pop is fenced. Then, and only then, that thief writes
 * public_to; otherwise the owner does. The owner that holds its forks is such a thief itself. F5
 * Without process-wide barriers nothing is private: private_from and public_to stay at their
 * largest values. */
#ifndef WS_DEQUE_FORKS_H
#define WS_DEQUE_FORKS_H

#include "base/cacheline.h"
#include "deque/item.h"

#define WS_REVOKING ((size_t)1 << 63)
#define WS_NOTHING_PRIVATE SIZE_MAX

typedef struct ws_forks {
    par_detail_worker owner;
    WS_OWN_LINE size_t top;       /* bits 0-19 index, 20-63 tag */
    WS_OWN_LINE size_t public_to; /* an index; thieves read it at each look, it is written rarely */
    par_detail_slot *slots;
    size_t capacity;
    size_t holds; /* the owner's alone: holds without their releases */
} ws_forks;

/* 0 or ENOMEM. `capacity` is a power of two up to 2^19, and may come out smaller. */
int ws_forks_init(ws_forks *forks, size_t capacity, bool has_private);
void ws_forks_fini(ws_forks *forks);

/* ---- the owner's alone ----------------------------------------------------------------------- */

/* The end of a pop of slot `b`, which is not private, after bottom has been lowered to it: true if
 * the entry is the owner's, false if it was stolen. Makes entries private again while nobody asks
 * for any. */
bool ws_forks_settle(ws_forks *forks, par_detail_slot *b);

/* After a push has written slot `b`: true if there was room for it. */
static inline bool ws_forks_has_room(const ws_forks *forks, const par_detail_slot *b)
{
    return b < forks->slots + forks->capacity - 1;
}

/* Lets pushes take the fast way as long as there is room. What was asked for before must be
 * answered after it. */
void ws_forks_set_limit(ws_forks *forks);

/* Makes the older half of the private entries public, or all of them. */
void ws_forks_publish(ws_forks *forks);
void ws_forks_publish_all(ws_forks *forks);

/* The height: the index of the next push. */
static inline size_t ws_forks_height(const ws_forks *forks)
{
    return (size_t)(par_detail_head(&forks->owner) - forks->slots);
}

/* The owner takes away its own privacy, and publishes nothing until as many releases: from here on
 * every pop is fenced. For the time in which entries stand that a pop must not take for its own. */
void ws_forks_hold(ws_forks *forks);
void ws_forks_release(ws_forks *forks);

/* While held: lets thieves take everything; or nothing from `slot` on, where bottom stands,
 * whatever comes to be written there. Only what the last call said holds. */
void ws_forks_expose(ws_forks *forks);
void ws_forks_hide(ws_forks *forks, const par_detail_slot *slot);

/* ---- any thread ------------------------------------------------------------------------------ */

/* Asks for work: the owner's next push takes the slow way. Reads first, so that asking again costs
 * the owner nothing. */
static inline void ws_forks_request(ws_forks *forks)
{
    if (ws_load_seq_cst(&forks->owner.limit) != 0) /* A2: pairs with the owner's exchange */
        ws_store_release(&forks->owner.limit, 0);
}

static inline bool ws_forks_is_requested(const ws_forks *forks)
{
    return ws_load_relaxed(&forks->owner.limit) == 0;
}

/* Whether there is no entry, public or private. */
bool ws_forks_is_empty(const ws_forks *forks);

/* Whether there is an entry that a thief could take. */
bool ws_forks_has_public(const ws_forks *forks);

/* Takes the oldest entry, if it is public, its index is not below `lowest` and, where `may` is
 * given, may(item, ctx). Reads only until it knows that there is one. False too when it loses a
 * race. */
bool ws_forks_steal(ws_forks *forks, ws_item *item, size_t lowest, ws_may_take *may,
                    const void *ctx);

/* Takes the privacy of an owner who does not answer away from it: makes the older half of its
 * private entries public by force, with one process-wide barrier. False if there is nothing
 * private, or somebody else is at it. */
bool ws_forks_revoke(ws_forks *forks);

#endif
