/* SPDX-License-Identifier: MIT */
/* sort_keys.c - sorts by keys. All but par_sort_by_key make each key once and sort entries of a key
 * and the index of its item; then each item moves to its place, by way of a buffer.
 *
 * E1  The items are only read until all that can fail has been done. */
#include <par/loop.h>
#include <par/panic.h>
#include <par/sort.h>

#include "par_iter/base/array.h"
#include "par_iter/base/moves.h"
#include "par_iter/sort/sort_radix.h"

#include <stdlib.h>
#include <string.h>

/* ---- entries --------------------------------------------------------------------------------- */

/* An entry is a key, and from `index_at` on an index of 4 or 8 bytes. */
typedef struct entries {
    char *at;
    size_t size;
    size_t index_at;
    bool is_short; /* the index */
    size_t n;
} entries;

static size_t index_of(const entries *e, size_t i)
{
    const char *const at = e->at + i * e->size + e->index_at;
    uint32_t narrow;
    uint64_t wide;
    if (e->is_short) {
        memcpy(&narrow, at, sizeof narrow);
        return narrow;
    }
    memcpy(&wide, at, sizeof wide);
    return (size_t)wide;
}

static void set_index(const entries *e, size_t i)
{
    char *const at = e->at + i * e->size + e->index_at;
    const uint32_t narrow = (uint32_t)i;
    const uint64_t wide = i;
    if (e->is_short)
        memcpy(at, &narrow, sizeof narrow);
    else
        memcpy(at, &wide, sizeof wide);
}

/* ---- moving the items ------------------------------------------------------------------------ */

struct fetch {
    const entries *entries;
    char *to;
    const char *items;
    size_t size;
};

static void fetch_items(size_t begin, size_t end, void *arg)
{
    const struct fetch *const f = arg;
    for (size_t i = begin; i < end; i++)
        memcpy(f->to + i * f->size, f->items + index_of(f->entries, i) * f->size, f->size);
}

/* Puts each item where its entry stands, with room for all items. */
static void arrange(const entries *e, char *items, size_t size, char *room)
{
    struct fetch fetch = {e, room, items, size};
    par_for(0, e->n, fetch_items, &fetch);
    ws_moves_copy(items, room, e->n * size);
}

/* ---- integer keys ---------------------------------------------------------------------------- */

typedef struct radix_call {
    char *items;
    size_t size;
    par_key_u32_fn *key_u32; /* one of the two */
    par_key_u64_fn *key_u64;
    void *ctx;
    ws_radix_kind kind;
    entries entries;
} radix_call;

static void make_entries(size_t begin, size_t end, void *arg)
{
    const radix_call *const call = arg;
    const entries *const e = &call->entries;
    for (size_t i = begin; i < end; i++) {
        const char *const item = call->items + i * call->size;
        const uint64_t key =
            call->key_u32 != NULL ? call->key_u32(item, call->ctx) : call->key_u64(item, call->ctx);
        const uint32_t narrow = (uint32_t)key;
        if (e->is_short)
            memcpy(e->at + i * e->size, &narrow, sizeof narrow);
        else
            memcpy(e->at + i * e->size, &key, sizeof key);
        set_index(e, i);
    }
}

/* One block: the counts, the entries, and room for the entries or the items. */
static int run_radix(radix_call *call)
{
    entries *const e = &call->entries;
    const size_t larger = call->size > e->size ? call->size : e->size;
    const size_t counts = ws_radix_counts(call->kind, e->n);
    if (e->n > (PTRDIFF_MAX - counts) / (e->size + larger))
        return ENOMEM;
    char *const block = malloc(counts + e->n * (e->size + larger));
    if (block == NULL)
        return ENOMEM;
    PAR_DEFER(free, block);
    e->at = block + counts;
    char *const room = e->at + e->n * e->size;
    par_for(0, e->n, make_entries, call);
    ws_radix_sort(call->kind, e->at, e->n, room, (size_t *)(void *)block);
    arrange(e, call->items, call->size, room);
    return 0;
}

static int sort_by_number(radix_call *call, size_t n)
{
    const bool is_short = call->key_u32 != NULL && n <= UINT32_MAX;
    const int code = ws_array_check(call->items, call->size, n);
    if (code != 0 || n < 2)
        return code;
    call->kind = is_short ? WS_RADIX_PAIR32 : WS_RADIX_PAIR64;
    call->entries = (entries){.size = ws_radix_size(call->kind),
                              .index_at = ws_radix_size(call->kind) / 2,
                              .is_short = is_short,
                              .n = n};
    return run_radix(call);
}

int par_sort_by_u32(void *items, size_t size, size_t n, par_key_u32_fn *key, void *ctx)
{
    radix_call call = {.items = items, .size = size, .key_u32 = key, .ctx = ctx};
    return key == NULL ? EINVAL : sort_by_number(&call, n);
}

int par_sort_by_u64(void *items, size_t size, size_t n, par_key_u64_fn *key, void *ctx)
{
    radix_call call = {.items = items, .size = size, .key_u64 = key, .ctx = ctx};
    return key == NULL ? EINVAL : sort_by_number(&call, n);
}

/* ---- keys of any type ------------------------------------------------------------------------ */

enum { ALIGNMENT = 16 }; /* of keys: as much as malloc's */

typedef struct key_call {
    char *items;
    size_t size;
    size_t key_size;
    par_key_fn *key;
    par_compare_fn *compare;
    void *ctx;
    entries entries;
} key_call;

static void make_keys(size_t begin, size_t end, void *arg)
{
    const key_call *const call = arg;
    const entries *const e = &call->entries;
    for (size_t i = begin; i < end; i++) {
        call->key(e->at + i * e->size, call->items + i * call->size, call->ctx);
        set_index(e, i);
    }
}

/* A key is aligned as its size lets one suppose. False if there are no entries as large. */
static bool shape_entries(entries *e, size_t key_size, size_t n)
{
    const size_t lowest = key_size & (0 - key_size);
    const size_t alignment = lowest < ALIGNMENT ? lowest : (size_t)ALIGNMENT;
    *e = (entries){.index_at = key_size, .is_short = n <= UINT32_MAX, .n = n};
    const size_t index = e->is_short ? sizeof(uint32_t) : sizeof(uint64_t);
    if (key_size > PTRDIFF_MAX / n - index - alignment)
        return false;
    e->size = (key_size + index + alignment - 1) / alignment * alignment;
    return true;
}

static int sort_and_arrange(key_call *call)
{
    entries *const e = &call->entries;
    par_for(0, e->n, make_keys, call);
    const int code = par_sort(e->at, e->size, e->n, call->compare, call->ctx);
    if (code != 0)
        return code;
    char *const room = malloc(e->n * call->size);
    if (room == NULL)
        return ENOMEM;
    arrange(e, call->items, call->size, room);
    free(room);
    return 0;
}

static int check_key_call(const key_call *call, size_t n)
{
    if (call->key == NULL || call->compare == NULL || call->key_size == 0)
        return EINVAL;
    return ws_array_check(call->items, call->size, n);
}

static int run_cached(key_call *call, size_t n)
{
    entries *const e = &call->entries;
    if (!shape_entries(e, call->key_size, n))
        return ENOMEM;
    e->at = malloc(n * e->size);
    if (e->at == NULL)
        return ENOMEM;
    PAR_DEFER(free, e->at);
    return sort_and_arrange(call);
}

int par_sort_by_cached_key(void *items, size_t size, size_t n, size_t key_size, par_key_fn *key,
                           par_compare_fn *compare, void *ctx)
{
    key_call call = {.items = items,
                     .size = size,
                     .key_size = key_size,
                     .key = key,
                     .compare = compare,
                     .ctx = ctx};
    const int code = check_key_call(&call, n);
    return code != 0 || n < 2 ? code : run_cached(&call, n);
}

enum { KEY_BYTES = 256 }; /* keys that are made again each time are no larger */

static int compare_by_key(const void *a, const void *b, void *ctx)
{
    _Alignas(ALIGNMENT) char a_key[KEY_BYTES];
    _Alignas(ALIGNMENT) char b_key[KEY_BYTES];
    const key_call *const call = ctx;
    call->key(a_key, a, call->ctx);
    call->key(b_key, b, call->ctx);
    return call->compare(a_key, b_key, call->ctx);
}

int par_sort_by_key(void *items, size_t size, size_t n, size_t key_size, par_key_fn *key,
                    par_compare_fn *compare, void *ctx)
{
    key_call call = {.items = items,
                     .size = size,
                     .key_size = key_size,
                     .key = key,
                     .compare = compare,
                     .ctx = ctx};
    const int code = check_key_call(&call, n);
    if (code != 0 || n < 2)
        return code;
    if (key_size > KEY_BYTES)
        return run_cached(&call, n);
    return par_sort(items, size, n, compare_by_key, &call);
}
