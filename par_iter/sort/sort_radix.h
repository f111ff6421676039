/* SPDX-License-Identifier: MIT */
/* sort_radix.h - the radix sort of elements that begin with an integer or floating-point key.
 * Stable. Used by the sorts of numbers and by those by integer keys. */
#ifndef WS_PAR_ITER_SORT_RADIX_H
#define WS_PAR_ITER_SORT_RADIX_H

#include <stddef.h>
#include <stdint.h>

typedef enum ws_radix_kind {
    WS_RADIX_U32,
    WS_RADIX_I32,
    WS_RADIX_F32,
    WS_RADIX_U64,
    WS_RADIX_I64,
    WS_RADIX_F64,
    WS_RADIX_PAIR32,
    WS_RADIX_PAIR64,
} ws_radix_kind;

/* Elements of the last two kinds: a key, and where its item stands. */
typedef struct ws_radix_pair32 {
    uint32_t key;
    uint32_t index;
} ws_radix_pair32;

typedef struct ws_radix_pair64 {
    uint64_t key;
    uint64_t index;
} ws_radix_pair64;

size_t ws_radix_size(ws_radix_kind kind);

/* Bytes of the counts that the sort of n elements needs. */
size_t ws_radix_counts(ws_radix_kind kind, size_t n);

/* Sorts n elements with room for as many, and counts that are aligned as malloc aligns. */
void ws_radix_sort(ws_radix_kind kind, void *items, size_t n, void *room, size_t *counts);

/* The same on the calling thread alone, without counts: for a few thousand elements. */
void ws_radix_sort_few(ws_radix_kind kind, void *items, size_t n, void *room);

#endif
