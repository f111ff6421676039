/* SPDX-License-Identifier: MIT */
/* iter.c - building iterators: stages, and what is asked of pieces. Nothing runs here, and sources
 * are made in iter_make.c and where they are run.
 *
 * B1  The i-th element of a source is the one at the position first + i * step of what it is made
 *     of, modulo the range of size_t: a step of SIZE_MAX goes backwards. rev, take, skip and
 *     step_by change only first, step and n.
 * B2  Stages in between give one element for one while positions are known, so B1 reaches through
 *     them; enumerate keeps a first and a step of its own.
 * B3  The first thing that is wrong is kept in status, and nothing is added from then on. */
#include "par_iter/lazy/iter.h"

#include "par_iter/base/array.h"

/* ---- stages --------------------------------------------------------------------------------- */

par_iter_stage *ws_iter_add_stage(par_iter *it, enum ws_iter_stage_kind kind, size_t size,
                                  bool is_right)
{
    if (it == NULL || it->status_ != 0)
        return NULL;
    if (!is_right || size == 0 || size > PAR_ITER_MAX_SIZE ||
        it->n_stages_ == PAR_ITER_MAX_STAGES) {
        it->status_ = EINVAL;
        return NULL;
    }
    par_iter_stage *const stage = &it->stages_[it->n_stages_++];
    *stage = (par_iter_stage){.kind_ = (int)kind, .size_ = size};
    it->size_ = size;
    return stage;
}

static void add_block_stage(par_iter *it, enum ws_iter_stage_kind kind, size_t size,
                            par_block_fn *fn, void *ctx)
{
    par_iter_stage *const stage = ws_iter_add_stage(it, kind, size, fn != NULL);
    if (stage == NULL)
        return;
    stage->fn_.block = fn;
    stage->ctx_ = ctx;
}

void par_iter_map(par_iter *it, size_t out_size, par_block_fn *map, void *ctx)
{
    add_block_stage(it, WS_STAGE_MAP, out_size, map, ctx);
}

void par_iter_map_init(par_iter *it, size_t out_size, par_block_fn *map, size_t state_size,
                       par_init_fn *init, par_fini_fn *fini, void *ctx)
{
    par_iter_stage *const stage = ws_iter_add_stage(
        it, WS_STAGE_MAP, out_size, map != NULL && state_size > 0 && state_size < PTRDIFF_MAX / 2);
    if (stage == NULL)
        return;
    stage->fn_.block = map;
    stage->ctx_ = ctx;
    stage->first_ = state_size;
    stage->init_ = init;
    stage->fini_ = fini;
}

void par_iter_filter(par_iter *it, par_block_fn *keep, void *ctx)
{
    if (it != NULL)
        par_iter_filter_map(it, it->size_, keep, ctx);
}

void par_iter_filter_map(par_iter *it, size_t out_size, par_block_fn *map, void *ctx)
{
    add_block_stage(it, WS_STAGE_FILTER, out_size, map, ctx);
    if (it != NULL)
        it->has_positions_ = false;
}

void par_iter_flat_map(par_iter *it, size_t out_size, par_flat_fn *flat, void *ctx)
{
    par_iter_stage *const stage = ws_iter_add_stage(it, WS_STAGE_FLAT, out_size, flat != NULL);
    if (stage == NULL)
        return;
    stage->fn_.flat = flat;
    stage->ctx_ = ctx;
    it->has_positions_ = false;
}

void par_iter_flat_map_iter(par_iter *it, size_t out_size, par_inner_fn *inner, void *ctx)
{
    par_iter_stage *const stage =
        ws_iter_add_stage(it, WS_STAGE_FLAT_ITER, out_size, inner != NULL);
    if (stage == NULL)
        return;
    stage->fn_.inner = inner;
    stage->ctx_ = ctx;
    it->has_positions_ = false;
}

void par_iter_update(par_iter *it, par_block_fn *change, void *ctx)
{
    if (it != NULL)
        add_block_stage(it, WS_STAGE_UPDATE, it->size_, change, ctx);
}

void par_iter_inspect(par_iter *it, par_block_fn *look, void *ctx)
{
    if (it != NULL)
        add_block_stage(it, WS_STAGE_INSPECT, it->size_, look, ctx);
}

void par_iter_enumerate(par_iter *it, size_t size, size_t offset)
{
    const bool is_right = it != NULL && it->has_positions_ && offset >= sizeof(size_t) &&
                          size >= it->size_ && offset <= size - it->size_;
    par_iter_stage *const stage = ws_iter_add_stage(it, WS_STAGE_ENUMERATE, size, is_right);
    if (stage == NULL)
        return;
    stage->offset_ = offset;
    stage->step_ = 1;
}

void par_iter_positions(par_iter *it, par_find_fn *find, void *ctx)
{
    const bool is_right = it != NULL && it->has_positions_ && find != NULL;
    par_iter_stage *const stage =
        ws_iter_add_stage(it, WS_STAGE_POSITIONS, sizeof(size_t), is_right);
    if (stage == NULL)
        return;
    stage->fn_.find = find;
    stage->ctx_ = ctx;
    stage->step_ = 1;
    it->has_positions_ = false;
}

/* ---- positions ------------------------------------------------------------------------------ */

static bool can_move(par_iter *it)
{
    if (it == NULL || it->status_ != 0)
        return false;
    if (it->has_positions_)
        return true;
    it->status_ = EINVAL;
    return false;
}

/* From now on the i-th element is the one that was at skip + i * step. */
static void move(par_iter *it, size_t skip, size_t step)
{
    it->first_ += skip * it->step_;
    it->step_ *= step;
    for (size_t i = 0; i < it->n_stages_; i++) {
        par_iter_stage *const stage = &it->stages_[i];
        if (stage->kind_ != WS_STAGE_ENUMERATE)
            continue;
        stage->first_ += skip * stage->step_;
        stage->step_ *= step;
    }
}

void par_iter_rev(par_iter *it)
{
    if (can_move(it) && it->n_ > 0)
        move(it, it->n_ - 1, SIZE_MAX);
}

void par_iter_take(par_iter *it, size_t n)
{
    if (can_move(it) && n < it->n_)
        it->n_ = n;
}

void par_iter_skip(par_iter *it, size_t n)
{
    if (!can_move(it))
        return;
    if (n >= it->n_) {
        it->n_ = 0;
        return;
    }
    move(it, n, 1);
    it->n_ -= n;
}

void par_iter_step_by(par_iter *it, size_t n)
{
    if (!can_move(it))
        return;
    if (n == 0) {
        it->status_ = EINVAL;
        return;
    }
    /* A step beyond the end leaves the first element, and need not be that long. */
    if (n >= it->n_)
        it->n_ = it->n_ > 0;
    else
        it->n_ = it->n_ / n + (it->n_ % n != 0);
    if (it->n_ > 1)
        move(it, 0, n);
}

/* ---- pieces --------------------------------------------------------------------------------- */

void par_iter_pieces(par_iter *it, size_t min, size_t max, size_t max_threads)
{
    if (it == NULL)
        return;
    it->min_piece_ = min;
    it->max_piece_ = max;
    it->max_threads_ = max_threads;
}

static void set_turns(par_iter *it, size_t first, bool grow)
{
    if (it == NULL || it->status_ != 0)
        return;
    if (first == 0)
        it->status_ = EINVAL;
    it->turn_ = first;
    it->turns_grow_ = grow;
}

void par_iter_by_uniform_blocks(par_iter *it, size_t n)
{
    set_turns(it, n, false);
}

void par_iter_by_exponential_blocks(par_iter *it, size_t first)
{
    set_turns(it, first, true);
}

bool par_iter_length(const par_iter *it, size_t *n)
{
    if (it == NULL || n == NULL || it->status_ != 0 || !it->has_positions_)
        return false;
    *n = it->n_;
    return true;
}
