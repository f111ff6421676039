/* SPDX-License-Identifier: MIT */
/* iter_compare.c - two iterators compared, block by block, until it is known which pair decides.
 *
 * P1  `best` is the first block so far with a pair that is not equal. A block behind it is left
 * out, and so is what is left of one under way. What decides is the order of the first block that
 *     has one, when all have ended. */
#include <par/iter_compare.h>

#include <par/loop.h>

#include "par_iter/base/array.h"
#include "par_iter/base/count.h"
#include "par_iter/base/shared.h"
#include "par_iter/lazy/iter_make.h"
#include "par_iter/lazy/iter_source.h"

enum { NO_ORDER = INT_MAX };

typedef struct comparison {
    ws_iter_run runs[2];
    ws_blocks blocks;
    par_pairs_fn *pairs;
    void *ctx;
    size_t most; /* elements that are looked at together */
    size_t best;
    int orders[WS_BLOCKS_MAX];
} comparison;

/* n elements of a side, where they stand or at `room`. */
static int get(const ws_iter_run *run, size_t begin, size_t n, char *room, const char **elements)
{
    const par_iter *const it = run->it;
    const bool is_there = it->kind_ == WS_ITER_ARRAY && it->step_ == 1 &&
                          it->chunk_ == it->source_size_ && it->n_stages_ == 0;
    *elements = room;
    if (!is_there)
        return ws_iter_gather(run, it, begin, begin + n, room);
    *elements = (const char *)it->base_ + ws_iter_place(it, begin) * it->source_size_;
    return 0;
}

static int compare_some(comparison *c, size_t block, size_t begin, size_t n)
{
    _Alignas(WS_ITER_ALIGNMENT) char rooms[2][WS_ITER_BLOCK];
    const char *sides[2];
    int order = PAR_EQUAL;
    for (size_t side = 0; side < 2; side++) {
        const int code = get(&c->runs[side], begin, n, rooms[side], &sides[side]);
        if (code != 0)
            return code;
    }
    const ptrdiff_t found = c->pairs(&order, sides[0], sides[1], n, c->ctx);
    ws_count_check("par_iter_compare", 0, found, n, false);
    if (found >= 0 && (size_t)found < n) {
        c->orders[block] = order;
        ws_shared_lower(&c->best, block);
    }
    return ws_array_code(found);
}

static int compare_piece(size_t begin, size_t end, void *arg)
{
    comparison *const c = arg;
    int code = 0;
    for (size_t block = begin; block < end && code == 0; block++) {
        const size_t last = ws_blocks_begin(&c->blocks, block + 1);
        size_t at = ws_blocks_begin(&c->blocks, block);
        while (at < last && code == 0 && ws_shared_load(&c->best) > block) {
            const size_t n = last - at < c->most ? last - at : c->most;
            code = par_canceled() ? ECANCELED : compare_some(c, block, at, n);
            at += n;
        }
    }
    return code;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Of as many pairs as there are. */
static int run(comparison *c, int *order)
{
    const par_iter *const a = c->runs[0].it;
    const par_iter *const b = c->runs[1].it;
    const size_t n = a->n_ < b->n_ ? a->n_ : b->n_;
    const size_t weight = larger(a->source_element_, b->source_element_);
    c->blocks = ws_blocks_cut(n, n > PTRDIFF_MAX / weight ? 1 : weight);
    c->most = WS_ITER_BLOCK / larger(a->size_, b->size_);
    c->best = SIZE_MAX;
    for (size_t i = 0; i < c->blocks.count; i++)
        c->orders[i] = NO_ORDER;
    const int code = ws_iter_loop(a, &c->blocks, PAR_SCHEDULE_DYNAMIC, compare_piece, c);
    if (code != 0)
        return code;
    for (size_t i = 0; i < c->blocks.count; i++) {
        if (c->orders[i] == NO_ORDER)
            continue;
        *order = c->orders[i];
        return 0;
    }
    *order = (a->n_ > b->n_) - (a->n_ < b->n_);
    return 0;
}

static int check(const void *result, const par_iter *a, const par_iter *b, par_pairs_fn *pairs)
{
    if (result == NULL || a == NULL || b == NULL || pairs == NULL)
        return EINVAL;
    if (a->status_ != 0 || b->status_ != 0)
        return a->status_ != 0 ? a->status_ : b->status_;
    const bool last = ws_iter_can_be_kept(a) && ws_iter_can_be_kept(b);
    return a->has_positions_ && b->has_positions_ && last ? 0 : EINVAL;
}

int par_iter_compare(int *order, const par_iter *a, const par_iter *b, par_pairs_fn *pairs,
                     void *ctx)
{
    comparison c;
    int code = check(order, a, b, pairs);
    if (code == 0)
        code = ws_iter_begin(&c.runs[0], a);
    if (code != 0)
        return code;
    PAR_DEFER(ws_iter_end, &c.runs[0]);
    code = ws_iter_begin(&c.runs[1], b);
    if (code != 0)
        return code;
    PAR_DEFER(ws_iter_end, &c.runs[1]);
    c.pairs = pairs;
    c.ctx = ctx;
    return run(&c, order);
}

int par_iter_equal(bool *equal, const par_iter *a, const par_iter *b, par_pairs_fn *pairs,
                   void *ctx)
{
    int order = PAR_EQUAL;
    int code = check(equal, a, b, pairs);
    if (code != 0)
        return code;
    if (a->n_ != b->n_)
        order = PAR_UNORDERED;
    else
        code = par_iter_compare(&order, a, b, pairs, ctx);
    if (code == 0)
        *equal = order == PAR_EQUAL;
    return code;
}
