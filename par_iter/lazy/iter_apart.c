/* SPDX-License-Identifier: MIT */
/* iter_apart.c - see iter_apart.h. Empty in release builds. */
#include "par_iter/lazy/iter_apart.h"

#include "par_iter/base/apart.h"
#include "par_iter/lazy/iter_source.h"

#ifdef NDEBUG
void ws_iter_apart_check(const char *caller, const par_iter *it, const void *out, size_t bytes)
{
    (void)caller;
    (void)it;
    (void)out;
    (void)bytes;
}
#else
/* Only the elements that are left of it. */
static void check_array(const char *caller, const par_iter *it, const void *out, size_t bytes)
{
    if (it->n_ == 0)
        return;
    const size_t one = ws_iter_place(it, 0);
    const size_t other = ws_iter_place(it, it->n_ - 1);
    const size_t low = one < other ? one : other;
    const size_t high = one < other ? other : one;
    ws_apart_check(caller, out, bytes, (const char *)it->base_ + low * it->chunk_,
                   (high - low) * it->chunk_ + it->source_size_);
}

void ws_iter_apart_check(const char *caller, const par_iter *it, const void *out, size_t bytes)
{
    if (bytes == 0)
        return;
    switch ((enum ws_iter_kind)it->kind_) {
    case WS_ITER_ARRAY:
        check_array(caller, it, out, bytes);
        break;
    case WS_ITER_CHUNKS:
    case WS_ITER_CHUNKS_EXACT:
    case WS_ITER_RCHUNKS:
    case WS_ITER_RCHUNKS_EXACT:
    case WS_ITER_WINDOWS:
    case WS_ITER_CHUNK_BY:
    case WS_ITER_TEXT:
        ws_apart_check(caller, out, bytes, it->base_, it->offset_ * it->source_size_);
        break;
    case WS_ITER_REPEAT:
    case WS_ITER_INTERSPERSE:
    case WS_ITER_FOLD_CHUNKS:
    case WS_ITER_DIVIDE:
        ws_apart_check(caller, out, bytes, it->base_, it->source_size_);
        break;
    case WS_ITER_RANGE:
    case WS_ITER_GRID:
    case WS_ITER_GENERATE:
    case WS_ITER_CHAIN:
    case WS_ITER_ZIP:
    case WS_ITER_INTERLEAVE:
    case WS_ITER_CHUNKS_OF:
        break;
    }
    if (it->left_ != NULL)
        ws_iter_apart_check(caller, it->left_, out, bytes);
    if (it->right_ != NULL)
        ws_iter_apart_check(caller, it->right_, out, bytes);
}
#endif
