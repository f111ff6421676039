/* SPDX-License-Identifier: MIT */
/* sort_check.c - compares neighbours until a pair is wrong. */
#include "par_iter/sort/sort_check.h"

#include "par_iter/base/array.h"
#include "par_iter/base/travel.h"
#include "par_iter/sort/sort_any.h"

#include <par/loop.h>

struct search {
    const ws_sort_order *order;
    const char *items;
    bool falling;
};

/* Whether n pairs of neighbours, of which the first begins at `at`, are in order. */
static bool are_run(const struct search *all, const char *at, size_t n)
{
    const par_sort_ops *const ops = all->order->ops;
    if (ops->run != NULL)
        return ops->run(at, n + 1, all->falling, all->order->ctx) == n + 1;
    return par_detail_sort_run(at, n + 1, all->falling, ops->item_size, ops->less,
                               all->order->ctx) == n + 1;
}

/* The loop looks between pieces only, so a piece looks now and then itself. */
static int search_piece(size_t begin, size_t end, void *arg)
{
    enum { AT_ONCE = 4096 };
    const struct search *const all = arg;
    const size_t size = all->order->ops->item_size;
    for (size_t i = begin; i < end;) {
        const size_t n = end - i < AT_ONCE ? end - i : AT_ONCE;
        if (!are_run(all, all->items + i * size, n))
            return WS_SORT_CHECK_BROKEN;
        i += n;
        if (i < end && par_canceled())
            return ECANCELED;
    }
    return 0;
}

int ws_sort_check_run(const ws_sort_order *order, const char *items, size_t n, bool falling)
{
    struct search all = {order, items, falling};
    return n < 2 ? 0 : ws_travel_for(0, n - 1, search_piece, &all, NULL);
}

int par_is_sorted(const void *items, size_t size, size_t n, par_compare_fn *compare, void *ctx,
                  bool *sorted)
{
    if (compare == NULL || sorted == NULL)
        return EINVAL;
    int code = ws_array_check(items, size, n);
    if (code != 0)
        return code;
    ws_sort_any any = {compare, ctx, size};
    const par_sort_ops ops = ws_sort_any_ops(size);
    const ws_sort_order order = {&ops, &any};
    code = ws_sort_check_run(&order, items, n, false);
    if (code == ECANCELED)
        return code;
    *sorted = code == 0;
    return 0;
}
