/* SPDX-License-Identifier: MIT */
/* sort_radix_few.c - which values there are is learnt from samples, and every element is compared
 * with its value while it is counted: one that was not in the samples ends the attempt.
 *
 * F1  Elements with equal keys are equal bytes, so copies of a sample stand for all of them.
 * F2  Nothing is written before all elements have been counted. */
#include "par_iter/sort/sort_radix_few.h"

#include <par/loop.h>

#include <string.h>

enum {
    SAMPLES = 256,
    CHUNKS = 64, /* each has its own counts */
    LEAST = 64 * 1024,
};

typedef struct attempt {
    const ws_radix_loops *loops;
    char *items;
    size_t n;
    ws_radix_few few;               /* keys from small to large */
    char elements[WS_RADIX_FEW][8]; /* one for each key */
    size_t counts[CHUNKS][WS_RADIX_FEW];
    size_t ends[WS_RADIX_FEW]; /* of the elements of each key, in the result */
} attempt;

/* ---- values ---------------------------------------------------------------------------------- */

/* Adds a key at its place in the order. False if there are too many. */
static bool add_key(attempt *a, uint64_t key, const char *element)
{
    ws_radix_few *const few = &a->few;
    size_t at = 0;
    while (at < few->n && few->keys[at] < key)
        at++;
    if (at < few->n && few->keys[at] == key)
        return true;
    if (few->n == WS_RADIX_FEW)
        return false;
    memmove(few->keys + at + 1, few->keys + at, (few->n - at) * sizeof *few->keys);
    memmove(a->elements + at + 1, a->elements + at, (few->n - at) * sizeof *a->elements);
    few->keys[at] = key;
    memcpy(a->elements[at], element, a->loops->size);
    few->n++;
    return true;
}

static bool find_keys(attempt *a)
{
    uint64_t keys[SAMPLES];
    const size_t stride = a->n / SAMPLES;
    a->loops->keys(a->items, SAMPLES, stride, keys);
    for (size_t i = 0; i < SAMPLES; i++) {
        if (!add_key(a, keys[i], a->items + i * stride * a->loops->size))
            return false;
    }
    return true;
}

/* False if two keys have one slot. */
static bool place_keys(ws_radix_few *few)
{
    bool taken[WS_RADIX_SLOTS] = {false};
    memset(few->slots, 0, sizeof few->slots);
    for (size_t i = 0; i < few->n; i++) {
        const size_t slot = ws_radix_slot(few->keys[i], few->factor);
        if (taken[slot])
            return false;
        taken[slot] = true;
        few->slots[slot] = (unsigned char)i;
    }
    return true;
}

/* Looks for a factor that gives each key a slot of its own: one in two does. */
static bool find_slots(ws_radix_few *few)
{
    enum { TRIES = 20 };
    few->factor = UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < TRIES; i++) {
        if (place_keys(few))
            return true;
        few->factor = few->factor * UINT64_C(6364136223846793005) + 2;
    }
    return false;
}

/* ---- counting and writing -------------------------------------------------------------------- */

static int count_chunks(size_t begin, size_t end, void *arg)
{
    attempt *const a = arg;
    for (size_t i = begin; i < end; i++) {
        const size_t first = a->n / CHUNKS * i;
        const size_t n = i + 1 == CHUNKS ? a->n - first : a->n / CHUNKS;
        if (!a->loops->count_few(a->items + first * a->loops->size, n, &a->few, a->counts[i]))
            return -1;
    }
    return 0;
}

static bool count_all(attempt *a)
{
    size_t end = 0;
    memset(a->counts, 0, sizeof a->counts);
    if (par_try_for(0, CHUNKS, count_chunks, a, NULL) != 0)
        return false;
    for (size_t key = 0; key < a->few.n; key++) {
        for (size_t i = 0; i < CHUNKS; i++)
            end += a->counts[i][key];
        a->ends[key] = end;
    }
    return true;
}

static void write_elements(size_t begin, size_t end, void *arg)
{
    const attempt *const a = arg;
    for (size_t key = 0; begin < end; key++) {
        const size_t stop = a->ends[key] < end ? a->ends[key] : end;
        if (stop <= begin)
            continue;
        a->loops->fill(a->items + begin * a->loops->size, stop - begin, a->elements[key]);
        begin = stop;
    }
}

bool ws_radix_few_sort(const ws_radix_loops *loops, char *items, size_t n)
{
    attempt a = {.loops = loops, .items = items, .n = n};
    if (loops->size != loops->key_bytes || n < LEAST)
        return false;
    if (!find_keys(&a) || !find_slots(&a.few) || !count_all(&a))
        return false;
    par_for(0, n, write_elements, &a);
    return true;
}
