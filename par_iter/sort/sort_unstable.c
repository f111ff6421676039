/* SPDX-License-Identifier: MIT */
/* sort_unstable.c - the sort in place: a quicksort whose large partitions are parallel, whose two
 * sides are sorted at the same time, and whose small pieces are sorted by one thread each. And
 * selection, which goes on with one of the sides only.
 *
 * U1  What is cut and where depends on the elements alone, so equal elements end at the same places
 *     on every run.
 * U2  A count of cuts ends a sequence of bad pivots: what is left is one piece then, which ends in
 *     heapsort. */
#include <par/sort.h>
#include <par/task.h>

#include "par_iter/base/array.h"
#include "par_iter/base/moves.h"
#include "par_iter/sort/sort_any.h"
#include "par_iter/sort/sort_check.h"
#include "par_iter/sort/sort_part.h"

enum {
    PIECE_BYTES = 64 * 1024,
    PIECE_LEAST = 2048, /* elements: fewer are not worth a fork */
};

static bool is_piece(const ws_sort_order *order, const ws_sort_part *part)
{
    return part->n <= PIECE_LEAST || part->n * order->ops->item_size <= PIECE_BYTES;
}

static void sort_piece(const ws_sort_order *order, const ws_sort_part *part)
{
    if (part->n > 1)
        order->ops->sort_in_place(part->items, part->n, part->after, order->ctx);
}

/* The pointers stay right: who forks joins before it leaves. */
PAR_VOID_TASK_3(sort_part, const ws_sort_order *, order, const ws_sort_part *, part, unsigned,
                limit)
{
    if (is_piece(order, part) || limit == 0) {
        sort_piece(order, part);
        return;
    }
    const ws_sort_cut cut = ws_sort_part_cut(order, part);
    const ws_sort_part low = ws_sort_part_low(order, part, cut);
    const ws_sort_part high = ws_sort_part_high(order, part, cut);
    PAR_FORK(sort_part, rest, order, &high, limit - 1);
    PAR_CALL(sort_part, order, &low, limit - 1);
    PAR_JOIN(sort_part, rest);
}

/* ---- the calls ------------------------------------------------------------------------------- */

static bool was_run(const ws_sort_order *order, char *items, size_t n)
{
    if (ws_sort_check_run(order, items, n, false) == 0)
        return true;
    if (ws_sort_check_run(order, items, n, true) != 0)
        return false;
    ws_moves_reverse(items, n, order->ops->item_size);
    return true;
}

int par_sort_unstable_with(void *items, size_t n, const par_sort_ops *ops, void *ctx)
{
    if (ops == NULL || ops->size != sizeof *ops || ops->less == NULL ||
        ops->sort_in_place == NULL || ops->partition == NULL)
        return EINVAL;
    const int code = ws_array_check(items, ops->item_size, n);
    if (code != 0 || n < 2)
        return code;
    const ws_sort_order order = {ops, ctx};
    const ws_sort_part all = {items, n, false};
    if (is_piece(&order, &all))
        sort_piece(&order, &all);
    else if (!was_run(&order, items, n))
        sort_part(&order, &all, par_detail_sort_limit(n));
    return 0;
}

int par_sort_unstable(void *items, size_t size, size_t n, par_compare_fn *compare, void *ctx)
{
    if (compare == NULL)
        return EINVAL;
    ws_sort_any any = {compare, ctx, size};
    const par_sort_ops ops = ws_sort_any_ops(size);
    return par_sort_unstable_with(items, n, &ops, &any);
}

/* Cuts until the part with element nth is a piece, or that element stands where it belongs. */
static void select_in(const ws_sort_order *order, ws_sort_part part, size_t nth)
{
    unsigned limit = par_detail_sort_limit(part.n);
    while (!is_piece(order, &part) && limit-- > 0) {
        const ws_sort_cut cut = ws_sort_part_cut(order, &part);
        if (nth < cut.low) {
            part = ws_sort_part_low(order, &part, cut);
        } else if (nth >= cut.low + cut.done) {
            part = ws_sort_part_high(order, &part, cut);
            nth -= cut.low + cut.done;
        } else {
            return;
        }
    }
    if (is_piece(order, &part))
        sort_piece(order, &part);
    else
        sort_part(order, &part, par_detail_sort_limit(part.n));
}

int par_select_nth(void *items, size_t size, size_t n, size_t nth, par_compare_fn *compare,
                   void *ctx)
{
    if (compare == NULL || nth >= n)
        return EINVAL;
    const int code = ws_array_check(items, size, n);
    if (code != 0)
        return code;
    ws_sort_any any = {compare, ctx, size};
    const par_sort_ops ops = ws_sort_any_ops(size);
    const ws_sort_order order = {&ops, &any};
    select_in(&order, (ws_sort_part){items, n, false}, nth);
    return 0;
}
