/* SPDX-License-Identifier: MIT */
/* sort_radix_key.h - keys as unsigned integers of the same order, and whether they are a run. All
 * is inlined where the kind is a constant. Used by sort_radix_piece.c. */
#ifndef WS_PAR_ITER_SORT_RADIX_KEY_H
#define WS_PAR_ITER_SORT_RADIX_KEY_H

#include "par_iter/sort/sort_radix.h"

#include <par/config.h>
#include <string.h>

PAR_DETAIL_INLINE bool ws_radix_key_is_short(ws_radix_kind kind)
{
    return kind == WS_RADIX_U32 || kind == WS_RADIX_I32 || kind == WS_RADIX_F32 ||
           kind == WS_RADIX_PAIR32;
}

PAR_DETAIL_INLINE size_t ws_radix_key_size(ws_radix_kind kind)
{
    if (kind == WS_RADIX_PAIR32 || kind == WS_RADIX_PAIR64)
        return kind == WS_RADIX_PAIR32 ? sizeof(ws_radix_pair32) : sizeof(ws_radix_pair64);
    return ws_radix_key_is_short(kind) ? sizeof(uint32_t) : sizeof(uint64_t);
}

PAR_DETAIL_INLINE uint64_t ws_radix_key_short(const char *at, ws_radix_kind kind)
{
    const uint32_t sign = UINT32_C(1) << 31;
    uint32_t bits;
    memcpy(&bits, at, sizeof bits);
    if (kind == WS_RADIX_I32)
        bits ^= sign;
    if (kind == WS_RADIX_F32)
        bits ^= (0 - (bits >> 31)) | sign;
    return bits;
}

PAR_DETAIL_INLINE uint64_t ws_radix_key_bits_at(const char *at)
{
    uint64_t bits;
    memcpy(&bits, at, sizeof bits);
    return bits;
}

PAR_DETAIL_INLINE uint64_t ws_radix_key_long(const char *at, ws_radix_kind kind)
{
    const uint64_t sign = UINT64_C(1) << 63;
    uint64_t bits = ws_radix_key_bits_at(at);
    if (kind == WS_RADIX_I64)
        bits ^= sign;
    if (kind == WS_RADIX_F64)
        bits ^= (0 - (bits >> 63)) | sign;
    return bits;
}

PAR_DETAIL_INLINE uint64_t ws_radix_key_of(const char *at, ws_radix_kind kind)
{
    return ws_radix_key_is_short(kind) ? ws_radix_key_short(at, kind) : ws_radix_key_long(at, kind);
}

/* Whether n long keys are surely a run: if all have one sign bit, the differences of neighbours
 * tell by theirs. Of that compilers without a comparison of long integers make vectors too. */
PAR_DETAIL_INLINE bool ws_radix_key_is_plain_run(const char *items, size_t n, bool falls,
                                                 ws_radix_kind kind)
{
    const size_t size = ws_radix_key_size(kind);
    const uint64_t down = kind == WS_RADIX_F64 ? 0 - (ws_radix_key_bits_at(items) >> 63) : 0;
    uint64_t any = 0;
    uint64_t all = UINT64_MAX;
    uint64_t mixed = 0;
    for (size_t i = 1; i < n; i++) {
        const uint64_t before = ws_radix_key_bits_at(items + (i - 1) * size);
        const uint64_t bits = ws_radix_key_bits_at(items + i * size);
        const uint64_t up = (bits ^ down) - (before ^ down);
        any |= up;
        all &= up;
        mixed |= before ^ bits;
    }
    return mixed >> 63 == 0 && (falls ? all : ~any) >> 63 == 1;
}

/* Whether a key and the one before it are as they must be, for n elements. Stretch by stretch: a
 * loop that ends at the first wrong one is not vectorised. */
PAR_DETAIL_INLINE bool ws_radix_key_is_run(const char *items, size_t n, bool falls,
                                           ws_radix_kind kind)
{
    enum { STRETCH = 256 };
    const size_t size = ws_radix_key_size(kind);
    bool right = true;
    for (size_t i = 1; i < n && right;) {
        const size_t end = n - i < STRETCH ? n : i + STRETCH;
        size_t wrong = 0;
        if (!ws_radix_key_is_short(kind) &&
            ws_radix_key_is_plain_run(items + (i - 1) * size, end - i + 1, falls, kind))
            i = end;
        for (; i < end; i++) {
            const uint64_t before = ws_radix_key_of(items + (i - 1) * size, kind);
            const uint64_t key = ws_radix_key_of(items + i * size, kind);
            wrong += falls ? before <= key : before > key;
        }
        right = wrong == 0;
    }
    return right;
}

#endif
