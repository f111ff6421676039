/* SPDX-License-Identifier: MIT */
/* iter_source.c - the elements of sources, written one behind the other: of those that are computed
 * or lie apart, and of iterators that are made of others. */
#include "par_iter/lazy/iter_source.h"

#include "par_iter/base/array.h"
#include "par_iter/base/element.h"

static void fill_range(const par_iter *it, size_t begin, size_t n, void *out)
{
    size_t *const to = out;
    for (size_t i = 0; i < n; i++)
        to[i] = it->offset_ + ws_iter_place(it, begin + i);
}

static void fill_grid(const par_iter *it, size_t begin, size_t n, void *out)
{
    par_cell *const to = out;
    for (size_t i = 0; i < n; i++) {
        const size_t place = ws_iter_place(it, begin + i);
        to[i] = (par_cell){place / it->chunk_, place % it->chunk_};
    }
}

static void fill_slices(const par_iter *it, size_t begin, size_t n, void *out)
{
    const size_t distance = it->kind_ == WS_ITER_WINDOWS ? 1 : it->chunk_;
    par_slice *const to = out;
    for (size_t i = 0; i < n; i++) {
        const size_t index = ws_iter_place(it, begin + i) * distance;
        const size_t left = it->offset_ - index;
        to[i] = (par_slice){(const char *)it->base_ + index * it->source_size_,
                            left < it->chunk_ ? left : it->chunk_, index};
    }
}

/* From the end on: the last one may have fewer. */
static void fill_rslices(const par_iter *it, size_t begin, size_t n, void *out)
{
    par_slice *const to = out;
    for (size_t i = 0; i < n; i++) {
        const size_t end = it->offset_ - ws_iter_place(it, begin + i) * it->chunk_;
        const size_t length = end < it->chunk_ ? end : it->chunk_;
        const size_t index = end - length;
        to[i] = (par_slice){(const char *)it->base_ + index * it->source_size_, length, index};
    }
}

static int fill_generated(const par_iter *it, size_t begin, size_t n, char *out)
{
    if (it->step_ == 1)
        return it->fn_.fill(out, ws_iter_place(it, begin), n, it->ctx_);
    int code = 0;
    for (size_t i = 0; i < n && code == 0; i++)
        code =
            it->fn_.fill(out + i * it->source_element_, ws_iter_place(it, begin + i), 1, it->ctx_);
    return code;
}

/* ---- iterators made of iterators ------------------------------------------------------------ */

/* Collects what a piece of another iterator emits. */
typedef struct keeper {
    char *end;
    size_t size;
} keeper;

static int keep(void *to, const void *block, size_t n)
{
    keeper *const k = to;
    memcpy(k->end, block, n * k->size);
    k->end += n * k->size;
    return 0;
}

int ws_iter_gather(const ws_iter_run *run, const par_iter *it, size_t begin, size_t end, char *out)
{
    keeper k = {out, it->size_};
    return ws_iter_piece(run, it, begin, end, keep, &k);
}

static int gather_pairs(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                        char *out)
{
    _Alignas(WS_ITER_ALIGNMENT) char elements[WS_ITER_BLOCK];
    int code = ws_iter_gather(run, it->left_, place, place + n, elements);
    if (code != 0)
        return code;
    ws_element_copy_strided(out, it->source_size_, elements, (ptrdiff_t)it->left_->size_,
                            it->left_->size_, n);
    code = ws_iter_gather(run, it->right_, place, place + n, elements);
    if (code != 0)
        return code;
    ws_element_copy_strided(out + it->offset_, it->source_size_, elements,
                            (ptrdiff_t)it->right_->size_, it->right_->size_, n);
    return 0;
}

/* As far as both go they take turns. */
static int gather_turns(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                        char *out)
{
    const par_iter *const sides[] = {it->left_, it->right_};
    const size_t shorter = it->left_->n_ < it->right_->n_ ? it->left_->n_ : it->right_->n_;
    const par_iter *const longer = it->left_->n_ > shorter ? it->left_ : it->right_;
    const size_t size = it->source_size_;
    const size_t turns = place >= 2 * shorter      ? 0
                         : 2 * shorter - place < n ? 2 * shorter - place
                                                   : n;
    _Alignas(WS_ITER_ALIGNMENT) char elements[WS_ITER_BLOCK];
    for (size_t side = 0; side < 2 && turns > 0; side++) {
        const size_t skipped = (place + side) % 2; /* places before the first of this side */
        if (skipped >= turns)
            continue;
        const size_t count = (turns - skipped + 1) / 2;
        const size_t begin = (place + skipped) / 2;
        const int code = ws_iter_gather(run, sides[side], begin, begin + count, elements);
        if (code != 0)
            return code;
        ws_element_copy_strided(out + skipped * size, 2 * size, elements, (ptrdiff_t)size, size,
                                count);
    }
    if (turns == n)
        return 0;
    const size_t begin = place + turns - shorter;
    return ws_iter_gather(run, longer, begin, begin + (n - turns), out + turns * size);
}

/* Elements of a chain that knows its positions. */
static int gather_chain(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                        char *out)
{
    const size_t left_n = it->left_->n_;
    const size_t of_left = place >= left_n ? 0 : left_n - place < n ? left_n - place : n;
    if (of_left > 0) {
        const int code = ws_iter_gather(run, it->left_, place, place + of_left, out);
        if (code != 0)
            return code;
    }
    if (of_left == n)
        return 0;
    const size_t begin = place + of_left - left_n;
    return ws_iter_gather(run, it->right_, begin, begin + n - of_left,
                          out + of_left * it->source_size_);
}

/* Elements stand at even places, the value at odd ones. */
static int gather_between(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                          char *out)
{
    _Alignas(WS_ITER_ALIGNMENT) char elements[WS_ITER_BLOCK];
    const size_t size = it->source_size_;
    const size_t skipped = place % 2;
    if (n > skipped) {
        const size_t begin = (place + skipped) / 2;
        const size_t count = (n - skipped + 1) / 2;
        const int code = ws_iter_gather(run, it->left_, begin, begin + count, elements);
        if (code != 0)
            return code;
        ws_element_copy_strided(out + skipped * size, 2 * size, elements, (ptrdiff_t)size, size,
                                count);
    }
    for (size_t i = 1 - skipped; i < n; i += 2)
        ws_element_copy(out + i * size, it->base_, size);
    return 0;
}

/* A chunk that is being folded. */
typedef struct folded {
    const par_iter *it;
    char *acc;
} folded;

static int fold_emitted(void *to, const void *block, size_t n)
{
    const folded *const f = to;
    return ws_array_code(f->it->fn_.fold(f->acc, block, n, f->it->ctx_));
}

/* An accumulator is aligned while it is folded, wherever it goes. */
static int fold_chunks(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                       char *out)
{
    _Alignas(WS_ITER_ALIGNMENT) char acc[WS_ITER_BLOCK];
    const par_iter *const inner = it->left_;
    folded f = {it, acc};
    int code = 0;
    for (size_t i = 0; i < n && code == 0; i++) {
        const size_t begin = (place + i) * it->chunk_;
        const size_t left = inner->n_ - begin;
        memcpy(acc, it->base_, it->source_size_);
        code = ws_iter_piece(run, inner, begin, begin + (left < it->chunk_ ? left : it->chunk_),
                             fold_emitted, &f);
        memcpy(out + i * it->source_size_, acc, it->source_size_);
    }
    return code;
}

/* n neighbours of a source that is made of others. */
static int gather_places(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                         char *out)
{
    if (it->kind_ == WS_ITER_ZIP)
        return gather_pairs(run, it, place, n, out);
    if (it->kind_ == WS_ITER_INTERLEAVE)
        return gather_turns(run, it, place, n, out);
    if (it->kind_ == WS_ITER_INTERSPERSE)
        return gather_between(run, it, place, n, out);
    if (it->kind_ == WS_ITER_FOLD_CHUNKS)
        return fold_chunks(run, it, place, n, out);
    return gather_chain(run, it, place, n, out);
}

static int fill_combined(const ws_iter_run *run, const par_iter *it, size_t begin, size_t n,
                         char *out)
{
    if (it->step_ == 1)
        return gather_places(run, it, ws_iter_place(it, begin), n, out);
    int code = 0;
    for (size_t i = 0; i < n && code == 0; i++)
        code = gather_places(run, it, ws_iter_place(it, begin + i), 1, out + i * it->source_size_);
    return code;
}

/* ---- any of them ----------------------------------------------------------------------------- */

static void fill_array(const par_iter *it, size_t begin, size_t n, char *out)
{
    const char *const from = (const char *)it->base_ + ws_iter_place(it, begin) * it->chunk_;
    ws_element_copy_strided(out, it->source_size_, from, (ptrdiff_t)(it->chunk_ * it->step_),
                            it->source_size_, n);
}

int ws_iter_fill(const ws_iter_run *run, const par_iter *it, size_t begin, size_t n, char *out)
{
    switch ((enum ws_iter_kind)it->kind_) {
    case WS_ITER_ARRAY:
        fill_array(it, begin, n, out);
        return 0;
    case WS_ITER_RANGE:
        fill_range(it, begin, n, out);
        return 0;
    case WS_ITER_GRID:
        fill_grid(it, begin, n, out);
        return 0;
    case WS_ITER_CHUNKS:
    case WS_ITER_CHUNKS_EXACT:
    case WS_ITER_WINDOWS:
        fill_slices(it, begin, n, out);
        return 0;
    case WS_ITER_RCHUNKS:
    case WS_ITER_RCHUNKS_EXACT:
        fill_rslices(it, begin, n, out);
        return 0;
    case WS_ITER_REPEAT:
        ws_element_copy_strided(out, it->source_size_, it->base_, 0, it->source_size_, n);
        return 0;
    case WS_ITER_GENERATE:
        return fill_generated(it, begin, n, out);
    case WS_ITER_CHAIN:
    case WS_ITER_ZIP:
    case WS_ITER_INTERLEAVE:
    case WS_ITER_INTERSPERSE:
    case WS_ITER_FOLD_CHUNKS:
        return fill_combined(run, it, begin, n, out);
    case WS_ITER_CHUNKS_OF:
    case WS_ITER_CHUNK_BY:
    case WS_ITER_DIVIDE:
    case WS_ITER_TEXT:
        break;
    }
    return EINVAL;
}
