/* SPDX-License-Identifier: MIT */
/* iter_find.c - running an iterator until it is known which element is the one.
 *
 * F1  Blocks are ranked in the order in which they may win: from the first to the last, or from the
 *     last to the first. `best` is the rank of the best block with an element so far.
 * F2  A block that is behind `best` is left out, and so is what is left of one under way, at its
 *     next block of elements. `best` only steers; what is found stands in the slot of its block,
 *     and the best slot is chosen when all have ended.
 * F3  For any, every rank is as good: the first block with an element stops the loop.
 *     In turns, those behind the one with an element are not begun. The last element is looked for
 *     in one turn.
 * F4  A block may be long, and filters may leave nothing of it that could be looked at. So it is
 *     run some positions at a time, the last of them first if the last element is asked for. */
#include "par_iter/lazy/iter.h"

#include "par_iter/base/array.h"
#include "par_iter/base/shared.h"
#include "par_iter/lazy/iter_any.h"

#include <stdlib.h>
#include <string.h>

enum { STACK_BYTES = 16 * 1024, STOP = INT_MAX, ALIGNMENT = 64 };

enum which { FIRST, LAST, ANY };

/* What a block has found: the head, and the element behind it. */
typedef struct slot {
    bool has;
    size_t position;
} slot;

typedef struct search {
    ws_iter_run run;
    ws_blocks blocks;
    enum which which;
    par_find_fn *find;
    void *ctx;
    void *result;
    size_t *position;
    bool has;
    size_t best;
    char *slots;
    size_t stride;
} search;

/* A block under way. */
typedef struct part {
    search *s;
    size_t rank;
    slot *slot;
    size_t at; /* position of the next element */
} part;

static slot *slot_at(const search *s, size_t rank)
{
    return (slot *)(void *)(s->slots + rank * s->stride);
}

static char *element_of(slot *found)
{
    return (char *)found + ALIGNMENT;
}

static int look(void *to, const void *block, size_t n)
{
    part *const p = to;
    search *const s = p->s;
    const size_t size = s->run.it->size_;
    if (ws_shared_load(&s->best) < p->rank)
        return STOP;
    const ptrdiff_t found = s->find(block, n, s->which == LAST, s->ctx);
    if (found >= 0 && (size_t)found < n) {
        p->slot->has = true;
        p->slot->position = p->at + (size_t)found;
        memcpy(element_of(p->slot), (const char *)block + (size_t)found * size, size);
        if (s->which != LAST) {
            ws_shared_lower(&s->best, p->rank);
            return STOP;
        }
    }
    p->at += n;
    return ws_array_code(found);
}

/* The next so many positions of a block. Returns STOP once it does not matter any more. */
static int search_some(search *s, size_t begin, size_t end, part *p)
{
    p->at = s->run.first + begin;
    if (ws_shared_load(&s->best) < p->rank)
        return STOP;
    if (par_canceled())
        return ECANCELED;
    const int code = ws_iter_turn_piece(&s->run, begin, end, look, p);
    if (!p->slot->has || (code != 0 && code != STOP))
        return code;
    ws_shared_lower(&s->best, p->rank);
    return STOP;
}

/* F4 */
static int search_block(search *s, size_t rank)
{
    const size_t most = PAR_ITER_MAX_SIZE / s->run.it->source_element_;
    const size_t i = s->which == LAST ? s->blocks.count - 1 - rank : rank;
    const size_t begin = ws_blocks_begin(&s->blocks, i);
    const size_t end = ws_blocks_begin(&s->blocks, i + 1);
    part p = {.s = s, .rank = s->which == ANY ? 0 : rank, .slot = slot_at(s, rank)};
    int code = 0;
    for (size_t done = 0; done < end - begin && code == 0;) {
        if (ws_iter_any_is_over(&s->run, s->run.it))
            break;
        const size_t n = end - begin - done < most ? end - begin - done : most;
        const size_t from = s->which == LAST ? end - done - n : begin + done;
        code = search_some(s, from, from + n, &p);
        done += n;
    }
    return code == STOP && (p.slot->has || ws_shared_load(&s->best) < p.rank) ? 0 : code;
}

static int search_piece(size_t begin, size_t end, void *arg)
{
    search *const s = arg;
    int code = 0;
    for (size_t rank = begin; rank < end && code == 0; rank++) {
        code = par_canceled() ? ECANCELED : search_block(s, rank);
        if (code == 0 && s->which == ANY && slot_at(s, rank)->has)
            code = STOP;
    }
    return code;
}

static slot *winner(const search *s)
{
    for (size_t rank = 0; rank < s->blocks.count; rank++) {
        slot *const found = slot_at(s, rank);
        if (found->has)
            return found;
    }
    return NULL;
}

static int run_in(search *s, char *slots)
{
    const par_iter *const it = s->run.it;
    s->slots = slots;
    for (size_t i = 0; i < s->blocks.count; i++)
        slot_at(s, i)->has = false;
    /* Dynamic: the caller begins with the best block. */
    const int code = ws_iter_loop(it, &s->blocks, PAR_SCHEDULE_DYNAMIC, search_piece, s);
    slot *const found = winner(s);
    if (code != 0 && (code != STOP || s->which != ANY || found == NULL))
        return code;
    if (found == NULL)
        return 0;
    s->has = true;
    if (s->result != NULL)
        memcpy(s->result, element_of(found), it->size_);
    if (s->position != NULL)
        *s->position = found->position;
    return STOP;
}

static int run_on_heap(search *s)
{
    char *const slots = aligned_alloc(ALIGNMENT, s->stride * s->blocks.count);
    if (slots == NULL)
        return ENOMEM;
    PAR_DEFER(free, slots);
    return run_in(s, slots);
}

static int run_on_stack(search *s)
{
    _Alignas(ALIGNMENT) char slots[STACK_BYTES];
    return run_in(s, slots);
}

/* Returns STOP if an element was found. */
static int search_turn(void *arg)
{
    search *const s = arg;
    s->blocks = ws_iter_cut(&s->run);
    s->stride = (ALIGNMENT + s->run.it->size_ + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    s->best = SIZE_MAX;
    if (s->blocks.count == 0)
        return 0;
    return s->stride <= STACK_BYTES / s->blocks.count ? run_on_stack(s) : run_on_heap(s);
}

static int run(search *s)
{
    const int code = s->which == LAST ? search_turn(s) : ws_iter_turns(&s->run, search_turn, s);
    if (s->has)
        return 0;
    return code == 0 ? ENODATA : code;
}

static int find_which(enum which which, const par_iter *it, void *result, size_t *position,
                      par_find_fn *find, void *ctx)
{
    search s = {.which = which, .find = find, .ctx = ctx, .result = result, .position = position};
    if (find == NULL)
        return EINVAL;
    const int code = ws_iter_begin(&s.run, it);
    if (code != 0)
        return code;
    PAR_DEFER(ws_iter_end, &s.run);
    return position != NULL && !it->has_positions_ ? EINVAL : run(&s);
}

int par_iter_find_first(const par_iter *it, void *result, size_t *position, par_find_fn *find,
                        void *ctx)
{
    return find_which(FIRST, it, result, position, find, ctx);
}

int par_iter_find_last(const par_iter *it, void *result, size_t *position, par_find_fn *find,
                       void *ctx)
{
    return find_which(LAST, it, result, position, find, ctx);
}

int par_iter_find_any(const par_iter *it, void *result, size_t *position, par_find_fn *find,
                      void *ctx)
{
    return find_which(ANY, it, result, position, find, ctx);
}
