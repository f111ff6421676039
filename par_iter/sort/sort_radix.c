/* SPDX-License-Identifier: MIT */
/* sort_radix.c - large arrays are dealt out to buckets by the highest digit in which keys differ,
 * in parallel, until a bucket fits in a cache; there it is sorted by one thread
 * (sort_radix_piece.c). Each level of buckets moves the elements to the other side, of the items
 * and the room.
 *
 * X1  An array of two chunks or more is counted and dealt out chunk by chunk, and each chunk has
 *     its own row of counts. The chunks depend on n alone.
 * X2  Places for a digit go to the chunks from left to right. So no two threads write one place,
 *     and dealing out is stable.
 * X3  The rows of an array at `begin` on some level start at row begin / chunk of that level.
 * Arrays with rows are as many chunks long as they have rows, at least, so no two share a row. X4
 * A level takes a whole digit off the bits that differ, or all that are left: there are no more
 *     levels than digits in a key. */
#include "par_iter/sort/sort_radix.h"

#include "par_iter/base/moves.h"
#include "par_iter/sort/sort_radix_few.h"
#include "par_iter/sort/sort_radix_piece.h"

#include <par/loop.h>

#include <errno.h>
#include <string.h>

enum {
    PIECE_BYTES = 512 * 1024, /* with as much room it fits in a second-level cache */
    CHUNK_LEAST = 64 * 1024,  /* elements */
    CHUNKS_MOST = 256,
    ROW = WS_RADIX_BUCKETS + sizeof(ws_radix_bits) / sizeof(size_t),
};

typedef struct radix {
    const ws_radix_loops *loops;
    char *items;
    char *room;
    size_t *counts;
    size_t rows; /* on each level */
    size_t chunk;
} radix;

/* Elements that are to be sorted into the items. */
typedef struct array {
    const radix *all;
    size_t begin;
    size_t n;
    unsigned level;
    bool in_room;
    ws_radix_digit digit; /* by which they are dealt out */
    size_t chunks;
    size_t *rows; /* one for each chunk */
    size_t ends[WS_RADIX_BUCKETS];
} array;

static char *here(const array *a)
{
    return (a->in_room ? a->all->room : a->all->items) + a->begin * a->all->loops->size;
}

static char *there(const array *a)
{
    return (a->in_room ? a->all->items : a->all->room) + a->begin * a->all->loops->size;
}

static size_t chunk_for(size_t n)
{
    const size_t chunk = n / CHUNKS_MOST;
    return chunk > CHUNK_LEAST ? chunk : (size_t)CHUNK_LEAST;
}

static size_t *row_of(const array *a, size_t i)
{
    return a->rows + i * ROW;
}

static const char *chunk_at(const array *a, size_t i, size_t *n)
{
    const size_t length = a->n / a->chunks;
    *n = i + 1 == a->chunks ? a->n - i * length : length;
    return here(a) + i * length * a->all->loops->size;
}

/* ---- input that is sorted -------------------------------------------------------------------- */

struct run {
    const ws_radix_loops *loops;
    const char *items;
    bool falls;
};

static int check_run(size_t begin, size_t end, void *arg)
{
    const struct run *const run = arg;
    const char *const at = run->items + begin * run->loops->size;
    const size_t n = end - begin + 1; /* with the first of the next piece */
    return !(run->falls ? run->loops->falls(at, n) : run->loops->rises(at, n));
}

static bool is_run(const ws_radix_loops *loops, const char *items, size_t n, bool falls)
{
    struct run run = {loops, items, falls};
    return par_try_for(0, n - 1, check_run, &run, NULL) == 0;
}

/* ---- loops over chunks ----------------------------------------------------------------------- */

/* A row is counts and, behind them, the bits of its chunk. */
static void count_chunks(size_t begin, size_t end, void *arg)
{
    const array *const a = arg;
    for (size_t i = begin; i < end; i++) {
        size_t n;
        const char *const chunk = chunk_at(a, i, &n);
        size_t *const row = row_of(a, i);
        memset(row, 0, WS_RADIX_BUCKETS * sizeof *row);
        const ws_radix_bits bits = a->all->loops->count(chunk, n, a->digit, row);
        memcpy(row + WS_RADIX_BUCKETS, &bits, sizeof bits);
    }
}

static void deal_chunks(size_t begin, size_t end, void *arg)
{
    const array *const a = arg;
    for (size_t i = begin; i < end; i++) {
        size_t n;
        const char *const chunk = chunk_at(a, i, &n);
        a->all->loops->deal(there(a), chunk, n, a->digit, row_of(a, i));
    }
}

/* Counts by `digit`. Returns the bits of all elements. */
static ws_radix_bits count_by(array *a, ws_radix_digit digit)
{
    ws_radix_bits all = {0, UINT64_MAX};
    a->digit = digit;
    par_for_grain(0, a->chunks, 1, count_chunks, a);
    for (size_t i = 0; i < a->chunks; i++) {
        ws_radix_bits bits;
        memcpy(&bits, row_of(a, i) + WS_RADIX_BUCKETS, sizeof bits);
        all.any |= bits.any;
        all.all &= bits.all;
    }
    return all;
}

/* ---- which digit ----------------------------------------------------------------------------- */

enum { SAMPLES = 256 };

static void insert(uint64_t *keys, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const uint64_t key = keys[i];
        size_t to = i;
        for (; to > 0 && keys[to - 1] > key; to--)
            keys[to] = keys[to - 1];
        keys[to] = key;
    }
}

/* The highest digit in which keys with these bits differ. */
static ws_radix_digit highest_digit(ws_radix_bits bits)
{
    const unsigned top = ws_radix_piece_top(bits.any ^ bits.all);
    const uint64_t below = top == 0 ? 0 : UINT64_MAX >> (64 - top);
    return (ws_radix_digit){bits.all & ~below, top > WS_RADIX_DIGIT ? top - WS_RADIX_DIGIT : 0};
}

/* The digit that spreads keys from `low` to `high` over nearly all buckets. */
static ws_radix_digit digit_between(uint64_t low, uint64_t high)
{
    ws_radix_digit digit = {low, 0};
    while ((high - low) >> digit.shift >= WS_RADIX_BUCKETS - 1)
        digit.shift++;
    return digit;
}

/* Whether so many of the sorted samples share their highest digit that another one is better:
 * floating-point numbers mostly have one of a few exponents. */
static bool are_crowded(const uint64_t *keys, ws_radix_digit digit)
{
    enum { CROWD = SAMPLES / 8 };
    for (size_t i = CROWD; i < SAMPLES; i++) {
        if ((keys[i] - digit.low) >> digit.shift == (keys[i - CROWD] - digit.low) >> digit.shift)
            return true;
    }
    return false;
}

/* Counts by the highest digit that differs in the samples; again if that is not the highest of all.
 * Returns the bits that differ. */
static uint64_t count_by_highest(array *a, ws_radix_bits samples)
{
    const ws_radix_digit guess = highest_digit(samples);
    const ws_radix_bits bits = count_by(a, guess);
    const ws_radix_digit digit = highest_digit(bits);
    if (digit.low != guess.low || digit.shift != guess.shift)
        (void)count_by(a, digit);
    return bits.any ^ bits.all;
}

/* Counts by some digit. Returns the bits that may differ; none if the elements are sorted, which is
 * asked where they may all be equal. */
static uint64_t count_all(array *a)
{
    enum { EDGE = SAMPLES / 16 };
    uint64_t keys[SAMPLES];
    ws_radix_bits bits = {0, UINT64_MAX};
    a->all->loops->keys(here(a), SAMPLES, a->n / SAMPLES, keys);
    for (size_t i = 0; i < SAMPLES; i++) {
        bits.any |= keys[i];
        bits.all &= keys[i];
    }
    if (bits.any == bits.all && is_run(a->all->loops, here(a), a->n, false))
        return 0;
    if (a->level > 0)
        return count_by_highest(a, bits);
    insert(keys, SAMPLES);
    const uint64_t low = keys[EDGE];
    const uint64_t high = keys[SAMPLES - EDGE];
    if (low == high || !are_crowded(keys, highest_digit(bits)))
        return count_by_highest(a, bits);
    (void)count_by(a, digit_between(low, high));
    return UINT64_MAX;
}

/* Turns the counts of all rows into first places (X2). */
static void make_places(array *a)
{
    size_t place = 0;
    for (size_t digit = 0; digit < WS_RADIX_BUCKETS; digit++) {
        for (size_t i = 0; i < a->chunks; i++) {
            size_t *const count = row_of(a, i) + digit;
            const size_t here_first = place;
            place += *count;
            *count = here_first;
        }
        a->ends[digit] = place;
    }
}

/* ---- levels ---------------------------------------------------------------------------------- */

static void sort_array(const radix *all, size_t begin, size_t n, unsigned level, bool in_room);

static void sort_buckets(size_t begin, size_t end, void *arg)
{
    const array *const a = arg;
    for (size_t i = begin; i < end; i++) {
        const size_t first = i == 0 ? 0 : a->ends[i - 1];
        if (a->ends[i] > first)
            sort_array(a->all, a->begin + first, a->ends[i] - first, a->level + 1, !a->in_room);
    }
}

static void copy_to_items(const array *a)
{
    const size_t size = a->all->loops->size;
    ws_moves_copy(a->all->items + a->begin * size, a->all->room + a->begin * size, a->n * size);
}

static void deal_out(array *a)
{
    const uint64_t differ = count_all(a);
    if (differ != 0) {
        make_places(a);
        par_for_grain(0, a->chunks, 1, deal_chunks, a);
    }
    const bool in_room = a->in_room != (differ != 0);
    if (differ != 0 && differ >> a->digit.shift << a->digit.shift != differ)
        par_for_grain(0, WS_RADIX_BUCKETS, 1, sort_buckets, a);
    else if (in_room)
        copy_to_items(a);
}

static void sort_large(array *a)
{
    size_t row[ROW];
    const radix *const all = a->all;
    a->chunks = a->n / all->chunk;
    a->rows = all->counts + (a->level * all->rows + a->begin / all->chunk) * ROW;
    if (a->chunks < 2) {
        a->chunks = 1;
        a->rows = row;
    }
    deal_out(a);
}

static void sort_array(const radix *all, size_t begin, size_t n, unsigned level, bool in_room)
{
    array a = {.all = all, .begin = begin, .n = n, .level = level, .in_room = in_room};
    if (n * all->loops->size <= PIECE_BYTES)
        all->loops->sort(here(&a), there(&a), n, in_room);
    else
        sort_large(&a);
}

/* ---- the calls ------------------------------------------------------------------------------- */

size_t ws_radix_size(ws_radix_kind kind)
{
    return ws_radix_piece_loops(kind)->size;
}

size_t ws_radix_counts(ws_radix_kind kind, size_t n)
{
    const size_t levels = ws_radix_piece_loops(kind)->key_bytes + 1;
    return levels * (n / chunk_for(n) + 1) * ROW * sizeof(size_t);
}

void ws_radix_sort(ws_radix_kind kind, void *items, size_t n, void *room, size_t *counts)
{
    const size_t chunk = chunk_for(n);
    const radix all = {
        .loops = ws_radix_piece_loops(kind),
        .items = items,
        .room = room,
        .counts = counts,
        .rows = n / chunk + 1,
        .chunk = chunk,
    };
    if (n < 2 || is_run(all.loops, items, n, false))
        return;
    if (is_run(all.loops, items, n, true))
        ws_moves_reverse(items, n, all.loops->size);
    else if (!ws_radix_few_sort(all.loops, items, n))
        sort_array(&all, 0, n, 0, false);
}

void ws_radix_sort_few(ws_radix_kind kind, void *items, size_t n, void *room)
{
    const ws_radix_loops *const loops = ws_radix_piece_loops(kind);
    if (n > 1 && !loops->rises(items, n))
        loops->sort(items, room, n, false);
}
