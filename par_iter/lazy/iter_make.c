/* SPDX-License-Identifier: MIT */
/* iter_make.c - building sources that need no file of their own, and iterators made of others. */
#include "par_iter/lazy/iter_make.h"

#include "par_iter/base/array.h"

par_iter ws_iter_make(enum ws_iter_kind kind, size_t size, size_t n, int status)
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
    par_iter it = ws_iter_make(WS_ITER_ARRAY, size, n, code == 0 && stride < size ? EINVAL : code);
    it.base_ = base;
    it.chunk_ = stride;
    return it;
}

par_iter par_iter_range(size_t begin, size_t end)
{
    par_iter it = ws_iter_make(WS_ITER_RANGE, sizeof(size_t), begin < end ? end - begin : 0, 0);
    it.offset_ = begin;
    return it;
}

par_iter par_iter_grid(size_t rows, size_t columns)
{
    const bool fits = columns == 0 || rows <= SIZE_MAX / columns;
    par_iter it = ws_iter_make(WS_ITER_GRID, sizeof(par_cell), fits ? rows * columns : 0,
                               fits ? 0 : EOVERFLOW);
    it.chunk_ = columns;
    return it;
}

/* Slices of `length` elements. */
par_iter ws_iter_make_slices(enum ws_iter_kind kind, const void *base, size_t size, size_t n,
                             size_t length, size_t count)
{
    const int code = ws_array_check(base, size, n);
    par_iter it = ws_iter_make(kind, sizeof(par_slice), count, length == 0 ? EINVAL : code);
    it.base_ = base;
    it.source_size_ = size;
    it.chunk_ = length;
    it.offset_ = n;
    return it;
}

par_iter par_iter_chunks(const void *base, size_t size, size_t n, size_t chunk)
{
    const size_t count = chunk == 0 ? 0 : n / chunk + (n % chunk != 0);
    return ws_iter_make_slices(WS_ITER_CHUNKS, base, size, n, chunk, count);
}

par_iter par_iter_chunks_exact(const void *base, size_t size, size_t n, size_t chunk)
{
    return ws_iter_make_slices(WS_ITER_CHUNKS_EXACT, base, size, n, chunk,
                               chunk == 0 ? 0 : n / chunk);
}

par_iter par_iter_windows(const void *base, size_t size, size_t n, size_t window)
{
    const size_t count = window == 0 || window > n ? 0 : n - window + 1;
    return ws_iter_make_slices(WS_ITER_WINDOWS, base, size, n, window, count);
}

par_iter par_iter_repeat(const void *value, size_t size, size_t n)
{
    par_iter it = ws_iter_make(WS_ITER_REPEAT, size, n, value == NULL && n > 0 ? EINVAL : 0);
    it.base_ = value;
    return it;
}

par_iter par_iter_generate(size_t size, size_t n, par_fill_fn *fill, void *ctx)
{
    par_iter it = ws_iter_make(WS_ITER_GENERATE, size, n, fill == NULL ? EINVAL : 0);
    it.fn_.fill = fill;
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

bool ws_iter_can_be_kept(const par_iter *it)
{
    for (size_t i = 0; i < it->n_stages_; i++) {
        if (it->stages_[i].kind_ == WS_STAGE_MAP)
            return true;
    }
    return it->kind_ != WS_ITER_CHUNKS_OF;
}

/* Whether elements at the same position, or neighbours, can be brought together. */
static bool can_be_gathered(const par_iter *it)
{
    return it->has_positions_ && ws_iter_can_be_kept(it);
}

static bool have_positions(const par_iter *a, const par_iter *b)
{
    return can_be_gathered(a) && can_be_gathered(b);
}

static par_iter both(enum ws_iter_kind kind, const par_iter *a, const par_iter *b, size_t size,
                     size_t n, int status)
{
    par_iter it = ws_iter_make(kind, size, n, status);
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

par_iter par_iter_interleave_shortest(const par_iter *a, const par_iter *b)
{
    par_iter it = par_iter_interleave(a, b);
    if (it.status_ == 0)
        it.n_ = a->n_ <= b->n_ ? 2 * a->n_ : 2 * b->n_ + 1;
    return it;
}

par_iter par_iter_intersperse(const par_iter *inner, const void *value)
{
    int status = status_of_both(inner, inner);
    if (status == 0 && (!can_be_gathered(inner) || value == NULL))
        status = EINVAL;
    if (status == 0 && inner->n_ > SIZE_MAX / 2)
        status = EOVERFLOW;
    if (status != 0)
        return both(WS_ITER_INTERSPERSE, inner, NULL, 1, 0, status);
    const size_t n = inner->n_ == 0 ? 0 : 2 * inner->n_ - 1;
    par_iter it = both(WS_ITER_INTERSPERSE, inner, NULL, inner->size_, n, 0);
    it.base_ = value;
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
        (!can_be_gathered(inner) || chunk == 0 || chunk > PAR_ITER_MAX_SIZE / inner->size_))
        status = EINVAL;
    if (status != 0)
        return both(WS_ITER_CHUNKS_OF, inner, NULL, sizeof(par_slice), 0, status);
    const size_t n = inner->n_ / chunk + (inner->n_ % chunk != 0);
    par_iter it = both(WS_ITER_CHUNKS_OF, inner, NULL, sizeof(par_slice), n, 0);
    it.chunk_ = chunk;
    return it;
}

par_iter par_iter_fold_chunks(const par_iter *inner, size_t chunk, size_t acc_size,
                              const void *identity, par_block_fn *fold, void *ctx)
{
    int status = status_of_both(inner, inner);
    if (status == 0 && (!inner->has_positions_ || chunk == 0 || identity == NULL || fold == NULL))
        status = EINVAL;
    if (status != 0)
        return both(WS_ITER_FOLD_CHUNKS, inner, NULL, 1, 0, status);
    const size_t n = inner->n_ / chunk + (inner->n_ % chunk != 0);
    par_iter it = both(WS_ITER_FOLD_CHUNKS, inner, NULL, acc_size, n, 0);
    it.chunk_ = chunk;
    it.base_ = identity;
    it.fn_.fold = fold;
    it.ctx_ = ctx;
    return it;
}
