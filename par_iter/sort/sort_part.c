/* SPDX-License-Identifier: MIT */
/* sort_part.c - the parallel partition. The array is cut into pairs of pieces, the i-th from the
 * left with the i-th from the right. A pair is partitioned by one thread as if its pieces were
 * neighbours: with a pivot near the median its left piece is then nearly all low, and its right
 * piece nearly all high. What is left on the wrong side of the whole is exchanged, in parallel too.
 *
 * T1  The pairs depend on n and the size of an element alone.
 * T2  Each piece is low elements, then high ones. A piece is written by one thread.
 * T3  On both sides of the border as many elements are misplaced. They are exchanged by position,
 *     so that no element is lost whatever the order says. */
#include "par_iter/sort/sort_part.h"

#include "par_iter/base/moves.h"

#include <par/loop.h>

enum {
    PAIRS_MAX = 64,
    PIECE_BYTES = 128 * 1024, /* about as large are pieces, if the array has enough for that */
};

typedef struct piece {
    size_t begin;
    size_t n;
    size_t low; /* so many of its elements, the first, are low */
} piece;

typedef struct partition {
    const ws_sort_order *order;
    char *items;
    size_t n;
    const char *pivot;
    bool equal; /* what is equal to the pivot is low */
    size_t pairs;
    piece pieces[2 * PAIRS_MAX]; /* from left to right */
} partition;

/* ---- pairs ----------------------------------------------------------------------------------- */

static void partition_pair(const partition *p, piece *left, piece *right)
{
    const par_sort_ops *const ops = p->order->ops;
    left->low = ops->partition(p->items + left->begin * ops->item_size, left->n,
                               p->items + right->begin * ops->item_size, right->n, &right->low,
                               p->pivot, p->equal, p->order->ctx);
}

static void partition_pairs(size_t begin, size_t end, void *arg)
{
    partition *const p = arg;
    for (size_t i = begin; i < end; i++)
        partition_pair(p, &p->pieces[i], &p->pieces[2 * p->pairs - 1 - i]);
}

static void cut_pieces(partition *p, size_t pieces)
{
    size_t begin = 0;
    for (size_t i = 0; i < pieces; i++) {
        const size_t n = p->n / pieces + (i < p->n % pieces);
        p->pieces[i] = (piece){begin, n, 0};
        begin += n;
    }
}

/* ---- the exchange ---------------------------------------------------------------------------- */

/* Elements on the wrong side, in order: the high ones left of the border, or the low ones right of
 * it. */
typedef struct misplaced {
    size_t n;
    size_t count;
    piece runs[2 * PAIRS_MAX];
} misplaced;

typedef struct exchange {
    char *items;
    size_t size;
    misplaced high;
    misplaced low;
} exchange;

static void add_run(misplaced *m, size_t begin, size_t end)
{
    if (begin >= end)
        return;
    m->runs[m->count++] = (piece){begin, end - begin, 0};
    m->n += end - begin;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void find_misplaced(const partition *p, size_t border, exchange *e)
{
    for (size_t i = 0; i < 2 * p->pairs; i++) {
        const piece *const at = &p->pieces[i];
        add_run(&e->high, at->begin + at->low, least(at->begin + at->n, border));
        add_run(&e->low, most(at->begin, border), at->begin + at->low);
    }
}

/* The run that holds element i of the misplaced, from that element on. */
static piece run_from(const misplaced *m, size_t i)
{
    size_t run = 0;
    while (i >= m->runs[run].n)
        i -= m->runs[run++].n;
    return (piece){m->runs[run].begin + i, m->runs[run].n - i, 0};
}

static void exchange_some(size_t begin, size_t end, void *arg)
{
    const exchange *const e = arg;
    while (begin < end) {
        const piece high = run_from(&e->high, begin);
        const piece low = run_from(&e->low, begin);
        const size_t n = least(end - begin, least(high.n, low.n));
        ws_moves_swap_many(e->items + high.begin * e->size, e->items + low.begin * e->size, n,
                           e->size);
        begin += n;
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Returns how many are low; they are the first. */
static size_t partition_all(partition *p)
{
    const size_t size = p->order->ops->item_size;
    const size_t wanted = p->n * size / PIECE_BYTES / 2;
    p->pairs = most(least(least(wanted, PAIRS_MAX), p->n / 2), 1);
    cut_pieces(p, 2 * p->pairs);
    par_for_grain(0, p->pairs, 1, partition_pairs, p);
    size_t border = 0;
    for (size_t i = 0; i < 2 * p->pairs; i++)
        border += p->pieces[i].low;
    exchange e = {.items = p->items, .size = size};
    find_misplaced(p, border, &e);
    par_for(0, e.high.n, exchange_some, &e);
    return border;
}

static const char *median(const ws_sort_order *order, const char *a, const char *b, const char *c)
{
    return par_detail_sort_median(a, b, c, order->ops->less, order->ctx);
}

/* A median of medians of three, of 81 elements spread over the part. */
static const char *choose(const ws_sort_order *order, const ws_sort_part *part)
{
    enum { SAMPLES = 81 };
    const size_t size = order->ops->item_size;
    const char *sample[SAMPLES];
    for (size_t i = 0; i < SAMPLES; i++)
        sample[i] = part->items + (part->n / SAMPLES * i + part->n / SAMPLES / 2) * size;
    for (size_t n = SAMPLES / 3; n > 0; n /= 3) {
        for (size_t i = 0; i < n; i++)
            sample[i] = median(order, sample[3 * i], sample[3 * i + 1], sample[3 * i + 2]);
    }
    return sample[0];
}

ws_sort_cut ws_sort_part_cut(const ws_sort_order *order, const ws_sort_part *part)
{
    const size_t size = order->ops->item_size;
    char *const items = part->items;
    ws_moves_swap(items, items + (choose(order, part) - items), size);
    partition p = {.order = order, .items = items + size, .n = part->n - 1, .pivot = items};
    p.equal = part->after && !order->ops->less(items - size, items, order->ctx);
    const size_t low = partition_all(&p);
    if (p.equal)
        return (ws_sort_cut){0, low + 1};
    ws_moves_swap(items, items + low * size, size);
    return (ws_sort_cut){low, 1};
}

ws_sort_part ws_sort_part_low(const ws_sort_order *order, const ws_sort_part *part, ws_sort_cut cut)
{
    (void)order;
    return (ws_sort_part){part->items, cut.low, part->after};
}

ws_sort_part ws_sort_part_high(const ws_sort_order *order, const ws_sort_part *part,
                               ws_sort_cut cut)
{
    const size_t skipped = cut.low + cut.done;
    return (ws_sort_part){part->items + skipped * order->ops->item_size, part->n - skipped, true};
}
