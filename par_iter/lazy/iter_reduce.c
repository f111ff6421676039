/* SPDX-License-Identifier: MIT */
/* iter_reduce.c - running an iterator for something of all its elements: for each, reduce, count.
 *
 * A reduction has a result for each block of the source (ordered.h). A block that no element comes
 * out of has none. */
#include "par_iter/lazy/iter.h"

#include <par/loop.h>

#include "par_iter/base/array.h"
#include "par_iter/base/ordered.h"
#include "par_iter/base/travel.h"

#include <stdlib.h>
#include <string.h>

/* ---- for each ------------------------------------------------------------------------------- */

typedef struct each {
    ws_iter_run run;
    size_t unit; /* positions */
    par_block_fn *fn;
    void *ctx;
} each;

static int hand_on(void *to, const void *block, size_t n)
{
    const each *const e = to;
    return ws_array_code(e->fn(NULL, block, n, e->ctx));
}

static int each_piece(size_t begin, size_t end, void *arg)
{
    each *const e = arg;
    const size_t n = e->run.n;
    const size_t first = begin * e->unit;
    const size_t last = end > n / e->unit ? n : end * e->unit;
    return ws_iter_turn_piece(&e->run, first, last, hand_on, e);
}

static int each_turn(void *arg)
{
    each *const e = arg;
    const par_iter *const it = e->run.it;
    const size_t n = e->run.n;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = ws_iter_grain(it, e->unit);
    options.max_threads = it->max_threads_;
    return ws_travel_for(0, n / e->unit + (n % e->unit != 0), each_piece, e, &options);
}

int par_iter_for_each(const par_iter *it, par_block_fn *fn, void *ctx)
{
    each e = {.fn = fn, .ctx = ctx};
    if (fn == NULL)
        return EINVAL;
    int code = ws_iter_begin(&e.run, it);
    if (code != 0)
        return code;
    e.unit = it->min_piece_ > 0 ? it->min_piece_ : 1;
    PAR_DEFER(ws_iter_end, &e.run);
    return ws_iter_turns(&e.run, each_turn, &e);
}

/* ---- reduce --------------------------------------------------------------------------------- */

typedef struct reduction {
    ws_iter_run run;
    ws_blocks blocks;
    size_t acc_size;
    const void *identity; /* NULL: a block begins from its first element */
    par_block_fn *fold;
    par_merge_fn *merge;
    void *ctx;
    char *result; /* of the turns so far */
    bool has;
    char *more; /* of one more turn */
} reduction;

/* The result of a block that is under way. */
typedef struct partial {
    const reduction *r;
    char *acc;
    bool has;
} partial;

static int fold_emitted(void *to, const void *block, size_t n)
{
    partial *const p = to;
    const reduction *const r = p->r;
    const char *in = block;
    if (!p->has) {
        p->has = true;
        memcpy(p->acc, r->identity != NULL ? r->identity : block, r->acc_size);
        if (r->identity == NULL) {
            in += r->acc_size;
            n--;
        }
    }
    return n > 0 ? ws_array_code(r->fold(p->acc, in, n, r->ctx)) : 0;
}

static int reduce_block(void *result, bool *has, size_t i, void *arg)
{
    const reduction *const r = arg;
    partial p = {r, result, false};
    const int code = ws_iter_turn_piece(&r->run, ws_blocks_begin(&r->blocks, i),
                                        ws_blocks_begin(&r->blocks, i + 1), fold_emitted, &p);
    *has = p.has;
    return code;
}

/* Reduces what a turn gives, if anything, and merges it with what was there before. */
static int reduce_turn(void *arg)
{
    reduction *const r = arg;
    const par_iter *const it = r->run.it;
    bool has = false;
    r->blocks = ws_iter_cut(&r->run);
    if (r->blocks.count == 0)
        return 0;
    const ws_ordered ordered = {
        .count = r->blocks.count,
        .size = r->acc_size,
        .fn = reduce_block,
        .arg = r,
        .merge = r->merge,
        .ctx = r->ctx,
        .unit = ws_iter_unit(it, &r->blocks),
        .grain = ws_iter_block_grain(it, &r->blocks),
        .max_threads = it->max_threads_,
    };
    const int code = ws_ordered_run(&ordered, r->has ? r->more : r->result, &has);
    if (code == 0 && has && r->has)
        r->merge(r->result, r->more, r->ctx);
    r->has = r->has || (code == 0 && has);
    return code;
}

/* With turns the caller's result must wait until the last one has succeeded. */
static int reduce_in_turns(reduction *r)
{
    const size_t stride =
        (r->acc_size + WS_ITER_ALIGNMENT - 1) / WS_ITER_ALIGNMENT * WS_ITER_ALIGNMENT;
    void *const result = r->result;
    char *const both =
        r->acc_size > PTRDIFF_MAX / 4 ? NULL : aligned_alloc(WS_ITER_ALIGNMENT, 2 * stride);
    if (both == NULL)
        return ENOMEM;
    r->result = both;
    r->more = both + stride;
    PAR_DEFER(free, both);
    const int code = ws_iter_turns(&r->run, reduce_turn, r);
    if (code == 0 && r->has)
        memcpy(result, both, r->acc_size);
    return code;
}

static int run_reduction(const par_iter *it, reduction *r)
{
    const int code = ws_iter_begin(&r->run, it);
    if (code != 0)
        return code;
    if (r->acc_size == 0) /* that of an element, which is known now */
        r->acc_size = it->size_;
    PAR_DEFER(ws_iter_end, &r->run);
    return it->turn_ > 0 ? reduce_in_turns(r) : reduce_turn(r);
}

int par_iter_reduce(const par_iter *it, void *acc, size_t acc_size, par_block_fn *fold,
                    par_merge_fn *merge, void *ctx)
{
    if (acc == NULL || acc_size == 0 || fold == NULL || merge == NULL)
        return EINVAL;
    reduction r = {.acc_size = acc_size,
                   .identity = acc,
                   .fold = fold,
                   .merge = merge,
                   .ctx = ctx,
                   .result = acc};
    return run_reduction(it, &r);
}

int par_iter_reduce_with(const par_iter *it, void *result, par_block_fn *fold, par_merge_fn *merge,
                         void *ctx)
{
    if (result == NULL || fold == NULL || merge == NULL)
        return EINVAL;
    reduction r = {.fold = fold, .merge = merge, .ctx = ctx, .result = result};
    const int code = run_reduction(it, &r);
    return code == 0 && !r.has ? ENODATA : code;
}

/* ---- count ---------------------------------------------------------------------------------- */

static ptrdiff_t count_block(void *out, const void *in, size_t n, void *ctx)
{
    size_t *const sum = out;
    (void)in;
    (void)ctx;
    *sum += n;
    return 0;
}

static void add_counts(void *left, const void *right, void *ctx)
{
    size_t *const sum = left;
    const size_t *const more = right;
    (void)ctx;
    *sum += *more;
}

int par_iter_count(const par_iter *it, size_t *n)
{
    size_t sum = 0;
    if (n == NULL)
        return EINVAL;
    const int code = par_iter_reduce(it, &sum, sizeof sum, count_block, add_counts, NULL);
    if (code == 0)
        *n = sum;
    return code;
}
