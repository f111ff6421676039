/* SPDX-License-Identifier: MIT */
/* sort_radix_piece.h - the inner loops of the radix sort, made for each kind of element. On the
 * calling thread. Used by sort_radix.c. */
#ifndef WS_PAR_ITER_SORT_RADIX_PIECE_H
#define WS_PAR_ITER_SORT_RADIX_PIECE_H

#include "par_iter/sort/sort_radix.h"

#include <stdbool.h>

enum { WS_RADIX_DIGIT = 8, WS_RADIX_BUCKETS = 1 << WS_RADIX_DIGIT };

/* Which bits the keys of some elements have: in any of them, and in all. */
typedef struct ws_radix_bits {
    uint64_t any;
    uint64_t all;
} ws_radix_bits;

/* Keys are dealt out by their distance above `low`, without its lowest `shift` bits. Keys below
 * `low` are in the first bucket, and those too far above it in the last: so the buckets are in the
 * order of the keys, whatever the digit is. */
typedef struct ws_radix_digit {
    uint64_t low;
    unsigned shift;
} ws_radix_digit;

enum { WS_RADIX_FEW = 32, WS_RADIX_SLOT_BITS = 10, WS_RADIX_SLOTS = 1 << WS_RADIX_SLOT_BITS };

/* The only keys that an array is thought to have, found by their slots: the highest bits of their
 * product with an odd number. */
typedef struct ws_radix_few {
    size_t n;
    uint64_t factor;
    uint64_t keys[WS_RADIX_FEW];
    unsigned char slots[WS_RADIX_SLOTS]; /* which key */
} ws_radix_few;

static inline size_t ws_radix_slot(uint64_t key, uint64_t factor)
{
    return (size_t)(key * factor >> (64 - WS_RADIX_SLOT_BITS));
}

typedef struct ws_radix_loops {
    size_t size;
    size_t key_bytes;

    /* Whether each element is no less than the one before it; and whether each is less. */
    bool (*rises)(const char *items, size_t n);
    bool (*falls)(const char *items, size_t n);

    /* The keys of n elements that are `stride` elements apart. */
    void (*keys)(const char *items, size_t n, size_t stride, uint64_t *keys);

    /* Counts the elements by their digit. Returns their bits. */
    ws_radix_bits (*count)(const char *items, size_t n, ws_radix_digit digit, size_t *counts);

    /* Copies each element to the next place for its digit. */
    void (*deal)(char *to, const char *items, size_t n, ws_radix_digit digit, size_t *places);

    /* Counts the elements of each of a few keys. False if there is another key. */
    bool (*count_few)(const char *items, size_t n, const ws_radix_few *few, size_t *counts);

    /* Makes n elements copies of one. */
    void (*fill)(char *items, size_t n, const char *element);

    /* Sorts elements that fit in a cache with as much room; the result is in the room if `to_room`.
     */
    void (*sort)(char *items, char *room, size_t n, bool to_room);
} ws_radix_loops;

const ws_radix_loops *ws_radix_piece_loops(ws_radix_kind kind);

/* The number of the lowest bit above all that differ. */
unsigned ws_radix_piece_top(uint64_t differ);

#endif
