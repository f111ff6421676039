/* SPDX-License-Identifier: MIT */
#include "deque/forks.h"

#include "base/assert.h"
#include "base/barrier.h"
#include "deque/ring.h"

#include <errno.h>
#include <sched.h>

enum { INDEX_BITS = 20 };
#define INDEX_MASK (((size_t)1 << INDEX_BITS) - 1)

int ws_forks_init(ws_forks *forks, size_t capacity, bool has_private)
{
    const size_t reserved = ws_ring_reserve(&forks->slots, capacity);
    if (reserved == 0)
        return ENOMEM;
    forks->capacity = reserved;
    forks->top = 0;
    forks->holds = 0;
    forks->public_to = has_private ? 0 : WS_NOTHING_PRIVATE;
    forks->owner.bottom = (size_t)forks->slots;
    forks->owner.limit = 0;
    forks->owner.private_from = has_private ? (size_t)forks->slots : WS_NOTHING_PRIVATE;
    return 0;
}

void ws_forks_fini(ws_forks *forks)
{
    ws_ring_release(forks->slots, forks->capacity);
}

/* ---- words ----------------------------------------------------------------------------------- */

static size_t index_of(size_t top)
{
    return top & INDEX_MASK;
}

/* The same index under a new tag, or another one. */
static size_t retagged(size_t top, size_t index)
{
    return ((top >> INDEX_BITS) + 1) << INDEX_BITS | index;
}

/* private_from is an address, because the owner compares it with one at each pop. */
static size_t address_of(const ws_forks *forks, size_t index)
{
    return (size_t)(forks->slots + index);
}

static size_t index_at(const ws_forks *forks, size_t address)
{
    return (size_t)((const par_detail_slot *)address - forks->slots);
}

static size_t load_bottom(const ws_forks *forks)
{
    return index_at(forks, ws_load_seq_cst(&forks->owner.bottom));
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* How far to publish when the entries from base on are private. More than base, so that nobody can
 * take the new private_from for the old one. */
static size_t half_above(size_t base, size_t bottom)
{
    const size_t n = bottom > base ? bottom - base : 0;
    return base + larger(1, n / 2);
}

/* ---- pop ------------------------------------------------------------------------------------- */

/* Whether the owner may take entries back from the public part, and down to where: half of what is
 * left below b stays public. */
static bool wants_shrink(const ws_forks *forks, size_t from, size_t b, size_t *to)
{
    if (from >= WS_REVOKING || ws_forks_is_requested(forks))
        return false;
    const size_t top = index_of(ws_load_relaxed(&forks->top));
    *to = b > top ? top + (b - top) / 2 : b;
    return true;
}

/* The entry b at top, or stolen: afterwards nothing is left, and top stands at b again. */
static bool take_last(ws_forks *forks, size_t top, size_t b)
{
    if (index_of(top) == b && ws_cas_seq_cst(&forks->top, top, retagged(top, b))) /* P3 */
        return true;
    /* Stolen: no thief can move top any further, so it is the owner's to write. */
    const size_t last = ws_load_seq_cst(&forks->top);
    WS_ASSERT(index_of(last) == b + 1);
    ws_store_seq_cst(&forks->top, retagged(last, b)); /* P4 */
    return false;
}

bool ws_forks_settle(ws_forks *forks, par_detail_slot *slot)
{
    size_t to = 0;
    const size_t b = (size_t)(slot - forks->slots);
    const size_t from = ws_load_relaxed(&forks->owner.private_from);
    const bool shrink = wants_shrink(forks, from, b, &to);
    if (shrink)
        ws_store_seq_cst(&forks->public_to, to);             /* P0 */
    ws_exchange_seq_cst(&forks->owner.bottom, (size_t)slot); /* P1 */
    const size_t top = ws_load_seq_cst(&forks->top);         /* P2 */
    const bool is_last = b <= index_of(top);
    const bool mine = !is_last || take_last(forks, top, b);
    /* A thief that read public_to before P0 may still take the entry at the top it saw. If that was
     * the last one, P3 or P4 has outdated it; else it keeps its fence. */
    if (shrink)
        ws_cas_seq_cst(&forks->owner.private_from, from,
                       address_of(forks, is_last ? b : larger(to, index_of(top) + 1))); /* P5 */
    return mine;
}

/* ---- publishing ------------------------------------------------------------------------------ */

void ws_forks_set_limit(ws_forks *forks)
{
    /* Sequentially consistent: the owner looks for sleepers once more after this. */
    ws_exchange_seq_cst(&forks->owner.limit, address_of(forks, forks->capacity - 1));
}

/* If the compare-and-swap fails a thief is revoking, and publishes in the owner's place. */
static void publish_to(ws_forks *forks, size_t from, size_t to)
{
    if (ws_cas_seq_cst(&forks->owner.private_from, from, address_of(forks, to))) /* O1 */
        ws_store_seq_cst(&forks->public_to, to);                                 /* O2 */
}

void ws_forks_publish(ws_forks *forks)
{
    const size_t from = ws_load_acquire(&forks->owner.private_from);
    if (from >= WS_REVOKING)
        return;
    const size_t bottom = ws_forks_height(forks);
    const size_t base = larger(index_at(forks, from), index_of(ws_load_acquire(&forks->top)));
    if (bottom > base)
        publish_to(forks, from, half_above(base, bottom));
    else if (ws_load_relaxed(&forks->public_to) < index_at(forks, from))
        ws_store_seq_cst(&forks->public_to, index_at(forks, from)); /* O3: an O2 came late */
}

void ws_forks_publish_all(ws_forks *forks)
{
    const size_t from = ws_load_acquire(&forks->owner.private_from);
    const size_t bottom = ws_forks_height(forks);
    if (from < WS_REVOKING && bottom > index_at(forks, from))
        publish_to(forks, from, bottom);
    else
        ws_forks_publish(forks);
}

/* ---- holding --------------------------------------------------------------------------------- */

/* H1: as R1, but it waits for a thief that is at it. No barrier: the owner's own pops are none. */
static void begin_hold(ws_forks *forks)
{
    for (;;) {
        const size_t from = ws_load_acquire(&forks->owner.private_from);
        if (from == WS_NOTHING_PRIVATE)
            return;
        if (from == WS_REVOKING)
            sched_yield();
        else if (ws_cas_seq_cst(&forks->owner.private_from, from, WS_REVOKING))
            return;
    }
}

void ws_forks_hold(ws_forks *forks)
{
    if (forks->holds++ == 0)
        begin_hold(forks);
}

void ws_forks_expose(ws_forks *forks)
{
    const bool has_private = ws_load_relaxed(&forks->owner.private_from) != WS_NOTHING_PRIVATE;
    ws_store_seq_cst(&forks->public_to, has_private ? forks->capacity : WS_NOTHING_PRIVATE);
}

/* H2 public_to, then H3 a new tag if top stands there: a thief that has read a larger public_to has
 * read top before H2, so its index is less than b, or its compare-and-swap fails. */
static void close_from(ws_forks *forks, size_t b)
{
    if (ws_load_relaxed(&forks->public_to) > b)
        ws_store_seq_cst(&forks->public_to, b); /* H2 */
    const size_t top = ws_load_seq_cst(&forks->top);
    if (index_of(top) == b)
        ws_store_seq_cst(&forks->top, retagged(top, b)); /* H3: no thief can move it from b */
}

void ws_forks_hide(ws_forks *forks, const par_detail_slot *slot)
{
    close_from(forks, (size_t)(slot - forks->slots));
}

void ws_forks_release(ws_forks *forks)
{
    if (--forks->holds > 0)
        return;
    const size_t bottom = (size_t)par_detail_head(&forks->owner);
    if (ws_load_relaxed(&forks->owner.private_from) == WS_NOTHING_PRIVATE) {
        ws_store_seq_cst(&forks->public_to, WS_NOTHING_PRIVATE);
        return;
    }
    close_from(forks, index_at(forks, bottom));
    ws_store_seq_cst(&forks->owner.private_from, bottom); /* H4 */
}

/* ---- thieves --------------------------------------------------------------------------------- */

bool ws_forks_is_empty(const ws_forks *forks)
{
    const size_t top = index_of(ws_load_seq_cst(&forks->top));
    return load_bottom(forks) <= top;
}

bool ws_forks_has_public(const ws_forks *forks)
{
    const size_t top = index_of(ws_load_seq_cst(&forks->top));
    return top < ws_load_seq_cst(&forks->public_to) && top < load_bottom(forks);
}

bool ws_forks_steal(ws_forks *forks, ws_item *item, size_t lowest, ws_may_take *may,
                    const void *ctx)
{
    const size_t top = ws_load_seq_cst(&forks->top); /* S1 */
    const size_t t = index_of(top);
    if (t < lowest || t >= ws_load_seq_cst(&forks->public_to) || t == forks->capacity - 1) /* S2 */
        return false;
    if (t >= load_bottom(forks)) /* S3 */
        return false;
    *item = ws_item_read(&forks->slots[t]);
    if (may != NULL && !may(item, ctx))
        return false;
    return ws_cas_seq_cst(&forks->top, top, top + 1); /* S4 */
}

/* An entry stands above public_to. private_from would not tell: see O3. */
static bool has_private(const ws_forks *forks)
{
    const size_t top = index_of(ws_load_seq_cst(&forks->top));
    return load_bottom(forks) > larger(ws_load_seq_cst(&forks->public_to), top);
}

bool ws_forks_revoke(ws_forks *forks)
{
    const size_t from = ws_load_acquire(&forks->owner.private_from);
    if (from >= WS_REVOKING || !has_private(forks) ||
        !ws_cas_seq_cst(&forks->owner.private_from, from, WS_REVOKING)) /* R1 */
        return false;
    ws_barrier_all(); /* R2 */
    const size_t top = index_of(ws_load_seq_cst(&forks->top));
    const size_t to = half_above(larger(index_at(forks, from), top), load_bottom(forks));
    ws_store_seq_cst(&forks->public_to, to);                             /* R3 */
    ws_store_seq_cst(&forks->owner.private_from, address_of(forks, to)); /* R4 */
    return true;
}
