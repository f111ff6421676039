/* SPDX-License-Identifier: MIT */
/* iter_loop.c - where the source of an iterator is cut, and the loop over its pieces.
 *
 * L1  Blocks depend on the length and the element size of the source alone. Pieces are some blocks
 *     that are neighbours, and follow what the iterator asks for: nothing ordered is cut by them.
 */
#include "par_iter/lazy/iter.h"

/* Of an element of the source, in the arithmetic of blocks; the largest sources have no elements in
 * memory. */
static size_t weight_of(const par_iter *it)
{
    return it->n_ > PTRDIFF_MAX / it->source_element_ ? 1 : it->source_element_;
}

ws_blocks ws_iter_cut(const par_iter *it)
{
    return ws_blocks_cut(it->n_, weight_of(it));
}

size_t ws_iter_grain(const par_iter *it, size_t unit)
{
    if (it->max_piece_ == 0 || unit == 0) /* no elements */
        return 0;
    return it->max_piece_ > unit ? it->max_piece_ / unit : 1;
}

size_t ws_iter_unit(const par_iter *it, const ws_blocks *blocks)
{
    const size_t length = blocks->length;
    if (length == 0 || it->min_piece_ <= length)
        return 1;
    const size_t unit = it->min_piece_ / length + (it->min_piece_ % length != 0);
    return unit < blocks->count ? unit : blocks->count;
}

size_t ws_iter_block_grain(const par_iter *it, const ws_blocks *blocks)
{
    const size_t asked = ws_iter_grain(it, ws_iter_unit(it, blocks) * blocks->length);
    return asked > 0 ? asked : ws_blocks_grain(blocks, weight_of(it));
}

/* ---- the loop ------------------------------------------------------------------------------- */

/* A loop over units of blocks. */
typedef struct unit_loop {
    size_t unit;
    size_t count; /* blocks */
    par_try_range_fn *body;
    void *arg;
} unit_loop;

static int run_units(size_t begin, size_t end, void *arg)
{
    const unit_loop *const loop = arg;
    const size_t last = end > loop->count / loop->unit ? loop->count : end * loop->unit;
    return loop->body(begin * loop->unit, last, loop->arg);
}

int ws_iter_loop(const par_iter *it, const ws_blocks *blocks, par_schedule schedule,
                 par_try_range_fn *body, void *arg)
{
    unit_loop loop = {ws_iter_unit(it, blocks), blocks->count, body, arg};
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = ws_iter_block_grain(it, blocks);
    options.max_threads = it->max_threads_;
    options.schedule = schedule;
    const size_t units = loop.count / loop.unit + (loop.count % loop.unit != 0);
    return par_try_for(0, units, run_units, &loop, &options);
}
