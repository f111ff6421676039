/* SPDX-License-Identifier: MIT */
/* sort_numbers.c - the sorts of plain numbers: room for the radix sort, on the stack if they are
 * few. */
#include <par/sort.h>

#include "par_iter/base/array.h"
#include "par_iter/sort/sort_radix.h"

#include <stdlib.h>

enum { STACK_BYTES = 16 * 1024 };

static void sort_few(ws_radix_kind kind, void *items, size_t n)
{
    _Alignas(64) char room[STACK_BYTES];
    ws_radix_sort_few(kind, items, n, room);
}

static int sort_many(ws_radix_kind kind, void *items, size_t n)
{
    const size_t counts = ws_radix_counts(kind, n);
    const size_t bytes = n * ws_radix_size(kind);
    if (bytes > PTRDIFF_MAX - counts)
        return ENOMEM;
    char *const room = malloc(counts + bytes);
    if (room == NULL)
        return ENOMEM;
    ws_radix_sort(kind, items, n, room + counts, (size_t *)(void *)room);
    free(room);
    return 0;
}

static int sort_numbers(ws_radix_kind kind, void *items, size_t n)
{
    const int code = ws_array_check(items, ws_radix_size(kind), n);
    if (code != 0)
        return code;
    if (n * ws_radix_size(kind) > STACK_BYTES)
        return sort_many(kind, items, n);
    if (n > 1)
        sort_few(kind, items, n);
    return 0;
}

int par_sort_u32(uint32_t *items, size_t n)
{
    return sort_numbers(WS_RADIX_U32, items, n);
}

int par_sort_u64(uint64_t *items, size_t n)
{
    return sort_numbers(WS_RADIX_U64, items, n);
}

int par_sort_i32(int32_t *items, size_t n)
{
    return sort_numbers(WS_RADIX_I32, items, n);
}

int par_sort_i64(int64_t *items, size_t n)
{
    return sort_numbers(WS_RADIX_I64, items, n);
}

int par_sort_f32(float *items, size_t n)
{
    return sort_numbers(WS_RADIX_F32, items, n);
}

int par_sort_f64(double *items, size_t n)
{
    return sort_numbers(WS_RADIX_F64, items, n);
}
