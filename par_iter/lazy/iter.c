/* SPDX-License-Identifier: MIT */
/* iter.c - building iterators: sources, stages and what is asked of pieces. Nothing runs here.
 *
 * B1  The i-th element of a source is the one at the position first + i * step of what it is made
 *     of, modulo the range of size_t: a step of SIZE_MAX goes backwards. rev, take, skip and
 *     step_by change only first, step and n.
 * B2  Stages in between give one element for one while positions are known, so B1 reaches through
 *     them; enumerate keeps a first and a step of its own.
 * B3  The first thing that is wrong is kept in status, and nothing is added from then on. */
#include "par_iter/lazy/iter.h"

#include "par_iter/base/array.h"

static par_iter source(enum ws_iter_kind kind, size_t size, size_t n, int status)
{
    par_iter it = {.status_ = status,
                   .kind_ = (int)kind,
                   .has_positions_ = true,
                   .size_ = size,
                   .n_ = n,
                   .step_ = 1,
                   .source_size_ = size,
                   .source_element_ = size};
    if (status == 0 && (size == 0 || size > PAR_ITER_MAX_SIZE))
        it.status_ = EINVAL;
    return it;
}

/* ---- sources -------------------------------------------------------------------------------- */

par_iter par_iter_over(const void *base, size_t size, size_t n)
{
    return par_iter_strided(base, size, size, n);
}

par_iter par_iter_strided(const void *base, size_t size, size_t stride, size_t n)
{
    const int code = ws_array_check(base, stride, n);
    par_iter it = source(WS_ITER_ARRAY, size, n, code == 0 && stride < size ? EINVAL : code);
    it.base_ = base;
    it.chunk_ = stride;
    return it;
}

par_iter par_iter_range(size_t begin, size_t end)
{
    par_iter it = source(WS_ITER_RANGE, sizeof(size_t), begin < end ? end - begin : 0, 0);
    it.offset_ = begin;
    return it;
}

par_iter par_iter_grid(size_t rows, size_t columns)
{
    const bool fits = columns == 0 || rows <= SIZE_MAX / columns;
    par_iter it =
        source(WS_ITER_GRID, sizeof(par_cell), fits ? rows * columns : 0, fits ? 0 : EOVERFLOW);
    it.chunk_ = columns;
    return it;
}

/* Slices of `length` elements, `distance` apart. */
static par_iter slices(enum ws_iter_kind kind, const void *base, size_t size, size_t n,
                       size_t length, size_t count)
{
    const int code = ws_array_check(base, size, n);
    par_iter it = source(kind, sizeof(par_slice), count, length == 0 ? EINVAL : code);
    it.base_ = base;
    it.source_size_ = size;
    it.chunk_ = length;
    it.offset_ = n;
    return it;
}

par_iter par_iter_chunks(const void *base, size_t size, size_t n, size_t chunk)
{
    const size_t count = chunk == 0 ? 0 : n / chunk + (n % chunk != 0);
    return slices(WS_ITER_CHUNKS, base, size, n, chunk, count);
}

par_iter par_iter_chunks_exact(const void *base, size_t size, size_t n, size_t chunk)
{
    return slices(WS_ITER_CHUNKS, base, size, n, chunk, chunk == 0 ? 0 : n / chunk);
}

par_iter par_iter_windows(const void *base, size_t size, size_t n, size_t window)
{
    const size_t count = window == 0 || window > n ? 0 : n - window + 1;
    return slices(WS_ITER_WINDOWS, base, size, n, window, count);
}

par_iter par_iter_repeat(const void *value, size_t size, size_t n)
{
    par_iter it = source(WS_ITER_REPEAT, size, n, value == NULL && n > 0 ? EINVAL : 0);
    it.base_ = value;
    return it;
}

par_iter par_iter_generate(size_t size, size_t n, par_fill_fn *fill, void *ctx)
{
    par_iter it = source(WS_ITER_GENERATE, size, n, fill == NULL ? EINVAL : 0);
    it.fill_ = fill;
    it.ctx_ = ctx;
    return it;
}

/* ---- two in one ----------------------------------------------------------------------------- */

static int status_of_both(const par_iter *a, const par_iter *b)
{
    if (a == NULL || b == NULL)
        return EINVAL;
    return a->status_ != 0 ? a->status_ : b->status_;
}

static bool have_positions(const par_iter *a, const par_iter *b)
{
    return a->has_positions_ && b->has_positions_;
}

static par_iter both(enum ws_iter_kind kind, const par_iter *a, const par_iter *b, size_t size,
                     size_t n, int status)
{
    par_iter it = source(kind, size, n, status);
    it.left_ = a;
    it.right_ = b;
    return it;
}

/* As many as both have together. */
static par_iter sum_of_both(enum ws_iter_kind kind, const par_iter *a, const par_iter *b)
{
    int status = status_of_both(a, b);
    if (status == 0 && a->size_ != b->size_)
        status = EINVAL;
    if (status == 0 && a->n_ > SIZE_MAX - b->n_)
        status = EOVERFLOW;
    if (status != 0)
        return both(kind, a, b, 1, 0, status);
    return both(kind, a, b, a->size_, a->n_ + b->n_, 0);
}

par_iter par_iter_chain(const par_iter *first, const par_iter *second)
{
    par_iter it = sum_of_both(WS_ITER_CHAIN, first, second);
    if (it.status_ == 0)
        it.has_positions_ = have_positions(first, second);
    return it;
}

par_iter par_iter_interleave(const par_iter *a, const par_iter *b)
{
    par_iter it = sum_of_both(WS_ITER_INTERLEAVE, a, b);
    if (it.status_ == 0 && !have_positions(a, b))
        it.status_ = EINVAL;
    return it;
}

par_iter par_iter_zip(const par_iter *a, const par_iter *b, size_t size, size_t offset)
{
    int status = status_of_both(a, b);
    if (status == 0 &&
        (!have_positions(a, b) || offset < a->size_ || size < b->size_ || offset > size - b->size_))
        status = EINVAL;
    if (status != 0)
        return both(WS_ITER_ZIP, a, b, 1, 0, status);
    par_iter it = both(WS_ITER_ZIP, a, b, size, a->n_ < b->n_ ? a->n_ : b->n_, 0);
    it.offset_ = offset;
    return it;
}

par_iter par_iter_zip_eq(const par_iter *a, const par_iter *b, size_t size, size_t offset)
{
    par_iter it = par_iter_zip(a, b, size, offset);
    if (it.status_ == 0 && a->n_ != b->n_)
        it.status_ = EINVAL;
    return it;
}

par_iter par_iter_chunks_of(const par_iter *inner, size_t chunk)
{
    int status = status_of_both(inner, inner);
    if (status == 0 &&
        (!inner->has_positions_ || chunk == 0 || chunk > PAR_ITER_MAX_SIZE / inner->size_))
        status = EINVAL;
    if (status != 0)
        return both(WS_ITER_CHUNKS_OF, inner, NULL, sizeof(par_slice), 0, status);
    const size_t n = inner->n_ / chunk + (inner->n_ % chunk != 0);
    par_iter it = both(WS_ITER_CHUNKS_OF, inner, NULL, sizeof(par_slice), n, 0);
    it.chunk_ = chunk;
    return it;
}

/* ---- stages --------------------------------------------------------------------------------- */

/* The place for one more stage, or NULL and the status says why. */
static par_iter_stage *add_stage(par_iter *it, enum ws_iter_stage_kind kind, size_t size,
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

static void add_block_stage(par_iter *it, size_t size, par_block_fn *fn, void *ctx)
{
    par_iter_stage *const stage = add_stage(it, WS_STAGE_BLOCK, size, fn != NULL);
    if (stage == NULL)
        return;
    stage->fn_.block = fn;
    stage->ctx_ = ctx;
}

void par_iter_map(par_iter *it, size_t out_size, par_block_fn *map, void *ctx)
{
    add_block_stage(it, out_size, map, ctx);
}

void par_iter_map_init(par_iter *it, size_t out_size, par_block_fn *map, size_t state_size,
                       par_init_fn *init, par_fini_fn *fini, void *ctx)
{
    par_iter_stage *const stage =
        add_stage(it, WS_STAGE_BLOCK, out_size,
                  map != NULL && state_size > 0 && state_size < PTRDIFF_MAX / 2);
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
    add_block_stage(it, out_size, map, ctx);
    if (it != NULL)
        it->has_positions_ = false;
}

void par_iter_flat_map(par_iter *it, size_t out_size, par_flat_fn *flat, void *ctx)
{
    par_iter_stage *const stage = add_stage(it, WS_STAGE_FLAT, out_size, flat != NULL);
    if (stage == NULL)
        return;
    stage->fn_.flat = flat;
    stage->ctx_ = ctx;
    it->has_positions_ = false;
}

void par_iter_inspect(par_iter *it, par_block_fn *look, void *ctx)
{
    par_iter_stage *const stage =
        add_stage(it, WS_STAGE_INSPECT, it != NULL ? it->size_ : 0, look != NULL);
    if (stage == NULL)
        return;
    stage->fn_.block = look;
    stage->ctx_ = ctx;
}

void par_iter_enumerate(par_iter *it, size_t size, size_t offset)
{
    const bool is_right = it != NULL && it->has_positions_ && offset >= sizeof(size_t) &&
                          size >= it->size_ && offset <= size - it->size_;
    par_iter_stage *const stage = add_stage(it, WS_STAGE_ENUMERATE, size, is_right);
    if (stage == NULL)
        return;
    stage->offset_ = offset;
    stage->step_ = 1;
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

bool par_iter_length(const par_iter *it, size_t *n)
{
    if (it == NULL || n == NULL || it->status_ != 0 || !it->has_positions_)
        return false;
    *n = it->n_;
    return true;
}
