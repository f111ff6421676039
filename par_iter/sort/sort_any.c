/* SPDX-License-Identifier: MIT */
/* sort_any.c - the loops of par/detail/sort.h for the common sizes, where an element moves in
 * registers, and for all others. */
#include "par_iter/sort/sort_any.h"

static bool any_less(const void *a, const void *b, void *ctx)
{
    const ws_sort_any *const any = ctx;
    return any->compare(a, b, any->ctx) < 0;
}

static size_t size_of(const void *ctx)
{
    return ((const ws_sort_any *)ctx)->size;
}

/* `bytes` may use ctx. */
#define LOOPS(name, bytes)                                                                         \
    static par_sort_run name##_sort(void *items, void *room, size_t n, void *ctx)                  \
    {                                                                                              \
        return par_detail_sort_stable(items, room, n, bytes, any_less, ctx);                       \
    }                                                                                              \
    static void name##_merge(void *out, const void *a, size_t a_n, const void *b, size_t b_n,      \
                             void *ctx)                                                            \
    {                                                                                              \
        par_detail_sort_merge(out, a, a_n, b, b_n, bytes, any_less, ctx);                          \
    }                                                                                              \
    static void name##_sort_in_place(void *items, size_t n, bool after, void *ctx)                 \
    {                                                                                              \
        par_detail_sort_unstable(items, n, after, bytes, any_less, ctx);                           \
    }                                                                                              \
    static size_t name##_partition(void *left, size_t left_n, void *right, size_t right_n,         \
                                   size_t *right_low, const void *pivot, bool equal, void *ctx)    \
    {                                                                                              \
        return par_detail_sort_partition_pair(left, left_n, right, right_n, right_low, pivot,      \
                                              equal, bytes, any_less, ctx);                        \
    }                                                                                              \
    static const par_sort_ops name##_ops = {                                                       \
        sizeof(par_sort_ops), 0,    any_less, name##_sort, name##_merge, name##_sort_in_place,     \
        name##_partition,     NULL,                                                                \
    };

LOOPS(of_4, 4)
LOOPS(of_8, 8)
LOOPS(of_16, 16)
LOOPS(of_32, 32)
LOOPS(of_any, size_of(ctx))

par_sort_ops ws_sort_any_ops(size_t size)
{
    par_sort_ops ops = of_any_ops;
    if (size == 4)
        ops = of_4_ops;
    else if (size == 8)
        ops = of_8_ops;
    else if (size == 16)
        ops = of_16_ops;
    else if (size == 32)
        ops = of_32_ops;
    ops.item_size = size;
    return ops;
}
