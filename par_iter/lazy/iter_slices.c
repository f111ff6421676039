/* SPDX-License-Identifier: MIT */
/* iter_slices.c - slices of an array that are counted from its end, or that end where neighbours do
 * not belong together. The positions of the latter are the elements of the array.
 *
 * S1  A slice begins at 0, and at each element that does not belong together with the one before.
 *     So at most one begins at each position, and whether one does shows in two elements.
 * S2  A piece emits the slices that begin in it, and follows the last one to its end, also beyond
 *     the piece's. It looks for the first beginning only inside the piece. So all pieces together
 *     emit each slice once, and look at an element twice at most. */
#include "par_iter/lazy/iter_slices.h"

#include "par_iter/base/array.h"
#include "par_iter/base/count.h"
#include "par_iter/lazy/iter_make.h"

/* ---- sources -------------------------------------------------------------------------------- */

par_iter par_iter_rchunks(const void *base, size_t size, size_t n, size_t chunk)
{
    const size_t count = chunk == 0 ? 0 : n / chunk + (n % chunk != 0);
    return ws_iter_make_slices(WS_ITER_RCHUNKS, base, size, n, chunk, count);
}

par_iter par_iter_rchunks_exact(const void *base, size_t size, size_t n, size_t chunk)
{
    return ws_iter_make_slices(WS_ITER_RCHUNKS_EXACT, base, size, n, chunk,
                               chunk == 0 ? 0 : n / chunk);
}

par_slice par_iter_remainder(const par_iter *it)
{
    const bool is_exact = it != NULL && it->status_ == 0 &&
                          (it->kind_ == WS_ITER_CHUNKS_EXACT || it->kind_ == WS_ITER_RCHUNKS_EXACT);
    if (!is_exact)
        return (par_slice){NULL, 0, 0};
    const size_t left = it->offset_ % it->chunk_;
    const size_t index = it->kind_ == WS_ITER_CHUNKS_EXACT ? it->offset_ - left : 0;
    return (par_slice){(const char *)it->base_ + index * it->source_size_, left, index};
}

par_iter par_iter_chunk_by(const void *base, size_t size, size_t n, par_border_fn *border,
                           void *ctx)
{
    par_iter it = ws_iter_make_slices(WS_ITER_CHUNK_BY, base, size, n, 1, n);
    it.has_positions_ = false;
    it.fn_.border = border;
    it.ctx_ = ctx;
    if (border == NULL)
        it.status_ = EINVAL;
    return it;
}

/* ---- pieces --------------------------------------------------------------------------------- */

/* Sets *found to the first position of begin <= i < end where a slice begins, or to `end`. */
static int find_border(const par_iter *it, size_t begin, size_t end, size_t *found)
{
    *found = begin;
    if (begin == 0 || begin >= end)
        return 0;
    const ptrdiff_t next =
        it->fn_.border((const char *)it->base_ + begin * it->source_size_, end - begin, it->ctx_);
    ws_count_check("chunk_by", 0, next, end - begin, false);
    if (next > 0)
        *found += (size_t)next;
    return ws_array_code(next);
}

int ws_iter_slices_piece(const par_iter *it, size_t begin, size_t end, par_slice *block,
                         size_t most, ws_iter_emit *emit, void *to)
{
    size_t from = 0;
    size_t n = 0;
    int code = find_border(it, begin, end, &from);
    while (from < end && code == 0) {
        size_t next = 0;
        code = find_border(it, from + 1, it->offset_, &next);
        if (code != 0)
            return code;
        block[n++] =
            (par_slice){(const char *)it->base_ + from * it->source_size_, next - from, from};
        from = next;
        if (n < most)
            continue;
        code = emit(to, block, n);
        n = 0;
    }
    return code != 0 || n == 0 ? code : emit(to, block, n);
}
