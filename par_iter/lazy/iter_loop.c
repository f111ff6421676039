/* SPDX-License-Identifier: MIT */
/* iter_loop.c - where the source of an iterator is cut, the loop over its pieces, and its turns.
 *
 * L1  Blocks depend on the length and the element size of the source alone. Pieces are some blocks
 *     that are neighbours, and follow what the iterator asks for: nothing ordered is cut by them.
 */
#include "par_iter/lazy/iter_any.h"

#include "par_iter/base/travel.h"

/* Of an element of the source, in the arithmetic of blocks; the largest sources have no elements in
 * memory. */
static size_t weight_of(const par_iter *it)
{
    return it->n_ > PTRDIFF_MAX / it->source_element_ ? 1 : it->source_element_;
}

ws_blocks ws_iter_cut(const ws_iter_run *run)
{
    return ws_blocks_cut(run->n, weight_of(run->it));
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
    return ws_travel_for(0, units, run_units, &loop, &options);
}

/* ---- growth ---------------------------------------------------------------------------------- */

bool ws_iter_grows(const par_iter *it)
{
    if (it->kind_ == WS_ITER_TEXT || it->kind_ == WS_ITER_CHUNK_BY || it->kind_ == WS_ITER_DIVIDE)
        return true;
    for (size_t i = 0; i < it->n_stages_; i++) {
        if (it->stages_[i].kind_ == WS_STAGE_FLAT || it->stages_[i].kind_ == WS_STAGE_FLAT_ITER)
            return true;
    }
    return (it->left_ != NULL && ws_iter_grows(it->left_)) ||
           (it->right_ != NULL && ws_iter_grows(it->right_));
}

/* ---- turns ----------------------------------------------------------------------------------- */

int ws_iter_turns(ws_iter_run *run, ws_iter_turn *turn, void *arg)
{
    const par_iter *const it = run->it;
    size_t length = run->turn > 0 ? run->turn : it->n_;
    size_t done = 0;
    int code = 0;
    do {
        run->first = done;
        run->n = it->n_ - done < length ? it->n_ - done : length;
        done += run->n;
        code = turn(arg);
        if (it->turns_grow_)
            length = length > SIZE_MAX / 2 ? SIZE_MAX : 2 * length;
    } while (code == 0 && done < it->n_ && !ws_iter_any_is_over(run, it));
    return code;
}
