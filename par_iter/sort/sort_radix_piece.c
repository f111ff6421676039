/* SPDX-License-Identifier: MIT */
/* sort_radix_piece.c - the loops over keys. The functions at the top are inlined into one set of
 * loops for each kind, which is a constant there.
 *
 * A piece is sorted from low digits to high ones, but only by as many digits, from the highest bit
 * in which its keys differ, as tell most of its elements apart. Elements that these do not tell
 * apart are neighbours then, and are sorted among themselves.
 *
 * D1  A pass keeps the order of elements with the same digit; so all is stable.
 * D2  The second step has fewer bits left each time, so it ends. */
#include "par_iter/sort/sort_radix_piece.h"

#include "par_iter/sort/sort_radix_key.h"

#include <string.h>

#define LOOP static inline __attribute__((always_inline))

enum {
    FEW = 24,   /* so many are sorted by insertion */
    SOME = 400, /* one digit tells most of so many apart; of more, two */
    PASSES_MAX = 3,
};

/* ---- digits ---------------------------------------------------------------------------------- */

LOOP size_t digit_of(uint64_t key, unsigned shift)
{
    return (size_t)(key >> shift) % WS_RADIX_BUCKETS;
}

LOOP size_t bucket_of(uint64_t key, ws_radix_digit digit)
{
    const uint64_t far = key < digit.low ? 0 : (key - digit.low) >> digit.shift;
    return far < WS_RADIX_BUCKETS ? (size_t)far : WS_RADIX_BUCKETS - 1;
}

/* ---- loops ----------------------------------------------------------------------------------- */

LOOP ws_radix_bits bits_of(const char *items, size_t n, ws_radix_kind kind)
{
    ws_radix_bits bits = {0, UINT64_MAX};
    for (size_t i = 0; i < n; i++) {
        const uint64_t key = ws_radix_key_of(items + i * ws_radix_key_size(kind), kind);
        bits.any |= key;
        bits.all &= key;
    }
    return bits;
}

/* Neighbours often have the same digit. They count in turns, so that one need not wait for the
 * other. */
LOOP ws_radix_bits count(const char *items, size_t n, ws_radix_digit digit, size_t *counts,
                         ws_radix_kind kind)
{
    const size_t size = ws_radix_key_size(kind);
    size_t odd[WS_RADIX_BUCKETS] = {0};
    ws_radix_bits bits = {0, UINT64_MAX};
    for (size_t i = 0; i + 1 < n; i += 2) {
        const uint64_t first = ws_radix_key_of(items + i * size, kind);
        const uint64_t second = ws_radix_key_of(items + (i + 1) * size, kind);
        counts[bucket_of(first, digit)]++;
        odd[bucket_of(second, digit)]++;
        bits.any |= first | second;
        bits.all &= first & second;
    }
    if (n % 2 == 1) {
        const uint64_t last = ws_radix_key_of(items + (n - 1) * size, kind);
        counts[bucket_of(last, digit)]++;
        bits.any |= last;
        bits.all &= last;
    }
    for (size_t i = 0; i < WS_RADIX_BUCKETS; i++)
        counts[i] += odd[i];
    return bits;
}

LOOP void deal(char *to, const char *items, size_t n, ws_radix_digit digit, size_t *places,
               ws_radix_kind kind)
{
    const size_t size = ws_radix_key_size(kind);
    for (size_t i = 0; i < n; i++) {
        const char *const at = items + i * size;
        memcpy(to + places[bucket_of(ws_radix_key_of(at, kind), digit)]++ * size, at, size);
    }
}

LOOP void keys_of(const char *items, size_t n, size_t stride, uint64_t *keys, ws_radix_kind kind)
{
    for (size_t i = 0; i < n; i++)
        keys[i] = ws_radix_key_of(items + i * stride * ws_radix_key_size(kind), kind);
}

LOOP void scatter(char *to, const char *items, size_t n, unsigned shift, size_t *places,
                  ws_radix_kind kind)
{
    const size_t size = ws_radix_key_size(kind);
    for (size_t i = 0; i < n; i++) {
        const char *const at = items + i * size;
        memcpy(to + places[digit_of(ws_radix_key_of(at, kind), shift)]++ * size, at, size);
    }
}

LOOP bool count_few(const char *items, size_t n, const ws_radix_few *few, size_t *counts,
                    ws_radix_kind kind)
{
    enum { STRETCH = 4096 };
    uint64_t wrong = 0;
    for (size_t i = 0; i < n && wrong == 0;) {
        const size_t end = n - i < STRETCH ? n : i + STRETCH;
        for (; i < end; i++) {
            const uint64_t key = ws_radix_key_of(items + i * ws_radix_key_size(kind), kind);
            const size_t which = few->slots[ws_radix_slot(key, few->factor)];
            wrong |= key ^ few->keys[which];
            counts[which]++;
        }
    }
    return wrong == 0;
}

LOOP void fill(char *items, size_t n, const char *element, ws_radix_kind kind)
{
    char copy[sizeof(ws_radix_pair64)];
    memcpy(copy, element, ws_radix_key_size(kind));
    for (size_t i = 0; i < n; i++)
        memcpy(items + i * ws_radix_key_size(kind), copy, ws_radix_key_size(kind));
}

LOOP void insert(char *items, size_t n, ws_radix_kind kind)
{
    const size_t size = ws_radix_key_size(kind);
    char element[sizeof(ws_radix_pair64)];
    for (size_t i = 1; i < n; i++) {
        char *to = items + i * size;
        const uint64_t key = ws_radix_key_of(to, kind);
        memcpy(element, to, size);
        for (; to > items && key < ws_radix_key_of(to - size, kind); to -= size)
            memcpy(to, to - size, size);
        memcpy(to, element, size);
    }
}

/* ---- a piece --------------------------------------------------------------------------------- */

typedef struct plan {
    unsigned passes;
    unsigned shift; /* of the lowest digit */
    size_t counts[PASSES_MAX][WS_RADIX_BUCKETS];
} plan;

/* One pass more than needed to tell elements apart, if that makes an end of it. */
static void plan_passes(plan *p, unsigned top, size_t n)
{
    const unsigned all = (top + WS_RADIX_DIGIT - 1) / WS_RADIX_DIGIT;
    const unsigned wanted = n <= SOME ? 1 : 2;
    p->passes = all <= wanted + 1 ? all : wanted;
    p->shift = all <= wanted + 1 ? 0 : top - p->passes * WS_RADIX_DIGIT;
}

LOOP void count_all(plan *p, const char *items, size_t n, ws_radix_kind kind)
{
    memset(p->counts, 0, p->passes * sizeof p->counts[0]);
    for (size_t i = 0; i < n; i++) {
        const uint64_t key = ws_radix_key_of(items + i * ws_radix_key_size(kind), kind) >> p->shift;
        p->counts[0][digit_of(key, 0)]++;
        if (p->passes > 1)
            p->counts[1][digit_of(key, WS_RADIX_DIGIT)]++;
        if (p->passes > 2)
            p->counts[2][digit_of(key, 2 * WS_RADIX_DIGIT)]++;
    }
}

/* Turns counts into first places. False if all n elements have one digit. */
static bool make_places(size_t *counts, size_t n)
{
    size_t place = 0;
    for (size_t i = 0; i < WS_RADIX_BUCKETS; i++) {
        const size_t here = counts[i];
        if (here == n)
            return false;
        counts[i] = place;
        place += here;
    }
    return true;
}

typedef void sort_fn(char *items, char *room, size_t n, bool to_room);

/* Sorts neighbours whose digits so far are the same. */
LOOP void sort_groups(char *items, char *room, size_t n, unsigned shift, sort_fn *again,
                      ws_radix_kind kind)
{
    const size_t size = ws_radix_key_size(kind);
    size_t begin = 0;
    while (begin < n) {
        const uint64_t high = ws_radix_key_of(items + begin * size, kind) >> shift;
        size_t end = begin + 1;
        while (end < n && ws_radix_key_of(items + end * size, kind) >> shift == high)
            end++;
        char *const group = items + begin * size;
        if (end - begin > FEW)
            again(group, room + begin * size, end - begin, false);
        else if (end - begin > 1)
            insert(group, end - begin, kind);
        begin = end;
    }
}

/* Sorts to where the result happens to be, and returns that side. */
LOOP char *sort_to_either(char *items, char *room, size_t n, sort_fn *again, ws_radix_kind kind)
{
    const ws_radix_bits bits = bits_of(items, n, kind);
    const unsigned top = ws_radix_piece_top(bits.any ^ bits.all);
    char *from = items;
    char *to = room;
    if (top == 0)
        return from;
    plan p;
    plan_passes(&p, top, n);
    count_all(&p, items, n, kind);
    for (unsigned i = 0; i < p.passes; i++) {
        if (!make_places(p.counts[i], n))
            continue;
        scatter(to, from, n, p.shift + i * WS_RADIX_DIGIT, p.counts[i], kind);
        char *const other = from;
        from = to;
        to = other;
    }
    if (p.shift > 0)
        sort_groups(from, to, n, p.shift, again, kind);
    return from;
}

LOOP void sort(char *items, char *room, size_t n, bool to_room, sort_fn *again, ws_radix_kind kind)
{
    char *at = items;
    if (n <= FEW)
        insert(items, n, kind);
    else
        at = sort_to_either(items, room, n, again, kind);
    if ((at == room) != to_room)
        memcpy(to_room ? room : items, at, n * ws_radix_key_size(kind));
}

unsigned ws_radix_piece_top(uint64_t differ)
{
    unsigned top = 0;
    for (; differ > 0; differ >>= 1)
        top++;
    return top;
}

/* ---- the kinds ------------------------------------------------------------------------------- */

#define LOOPS(name, kind)                                                                          \
    static bool name##_rises(const char *items, size_t n)                                          \
    {                                                                                              \
        return ws_radix_key_is_run(items, n, false, kind);                                         \
    }                                                                                              \
    static bool name##_falls(const char *items, size_t n)                                          \
    {                                                                                              \
        return ws_radix_key_is_run(items, n, true, kind);                                          \
    }                                                                                              \
    static void name##_keys(const char *items, size_t n, size_t stride, uint64_t *keys)            \
    {                                                                                              \
        keys_of(items, n, stride, keys, kind);                                                     \
    }                                                                                              \
    static ws_radix_bits name##_count(const char *items, size_t n, ws_radix_digit digit,           \
                                      size_t *counts)                                              \
    {                                                                                              \
        return count(items, n, digit, counts, kind);                                               \
    }                                                                                              \
    static void name##_deal(char *to, const char *items, size_t n, ws_radix_digit digit,           \
                            size_t *places)                                                        \
    {                                                                                              \
        deal(to, items, n, digit, places, kind);                                                   \
    }                                                                                              \
    static bool name##_count_few(const char *items, size_t n, const ws_radix_few *few,             \
                                 size_t *counts)                                                   \
    {                                                                                              \
        return count_few(items, n, few, counts, kind);                                             \
    }                                                                                              \
    static void name##_fill(char *items, size_t n, const char *element)                            \
    {                                                                                              \
        fill(items, n, element, kind);                                                             \
    }                                                                                              \
    static void name##_sort(char *items, char *room, size_t n, bool to_room)                       \
    {                                                                                              \
        sort(items, room, n, to_room, name##_sort, kind);                                          \
    }

LOOPS(u32, WS_RADIX_U32)
LOOPS(i32, WS_RADIX_I32)
LOOPS(f32, WS_RADIX_F32)
LOOPS(u64, WS_RADIX_U64)
LOOPS(i64, WS_RADIX_I64)
LOOPS(f64, WS_RADIX_F64)
LOOPS(pair32, WS_RADIX_PAIR32)
LOOPS(pair64, WS_RADIX_PAIR64)

#define ROW(name, bytes, key)                                                                      \
    {                                                                                              \
        bytes, key, name##_rises, name##_falls, name##_keys, name##_count, name##_deal,            \
            name##_count_few, name##_fill, name##_sort                                             \
    }

const ws_radix_loops *ws_radix_piece_loops(ws_radix_kind kind)
{
    static const ws_radix_loops loops[] = {
        [WS_RADIX_U32] = ROW(u32, 4, 4),       [WS_RADIX_I32] = ROW(i32, 4, 4),
        [WS_RADIX_F32] = ROW(f32, 4, 4),       [WS_RADIX_U64] = ROW(u64, 8, 8),
        [WS_RADIX_I64] = ROW(i64, 8, 8),       [WS_RADIX_F64] = ROW(f64, 8, 8),
        [WS_RADIX_PAIR32] = ROW(pair32, 8, 4), [WS_RADIX_PAIR64] = ROW(pair64, 16, 8),
    };
    return &loops[kind];
}
