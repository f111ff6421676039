/* SPDX-License-Identifier: MIT */
/* sort_runs.c - the merge: cut at the middle of the longest run until a piece fits in a first-level
 * cache, then merged pair by pair there. So four runs cross the memory once, not twice. */
#include "par_iter/sort/sort_runs.h"

#include <par/task.h>

#include <string.h>

/* A part of the output. */
typedef struct part {
    ws_sort_run runs[WS_SORT_RUNS_MAX];
    size_t count;
    size_t n; /* in all runs */
    char *out;
} part;

static size_t longest_of(const part *p)
{
    size_t longest = 0;
    for (size_t i = 1; i < p->count; i++) {
        if (p->runs[i].n > p->runs[longest].n)
            longest = i;
    }
    return longest;
}

/* How many elements of the run stand before the pivot: those less than it, with `equal` also those
 * that are not more. */
static size_t count_before(const ws_sort_order *order, const ws_sort_run *run, const char *pivot,
                           bool equal)
{
    const size_t size = order->ops->item_size;
    par_sort_less_fn *const less = order->ops->less;
    size_t begin = 0;
    size_t end = run->n;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        const char *const at = run->at + middle * size;
        if (equal ? !less(pivot, at, order->ctx) : less(at, pivot, order->ctx))
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

static void add_run(part *p, const char *at, size_t n)
{
    if (n == 0)
        return;
    p->runs[p->count++] = (ws_sort_run){at, n};
    p->n += n;
}

/* Cuts in two, before the middle of the longest run. Its equals in the runs before it stay in front
 * of it, and those in the runs behind it stay behind (R1). */
static void cut(const ws_sort_order *order, const part *p, part *low, part *high)
{
    const size_t size = order->ops->item_size;
    const size_t longest = longest_of(p);
    const size_t middle = p->runs[longest].n / 2;
    const char *const pivot = p->runs[longest].at + middle * size;
    *low = (part){.out = p->out};
    *high = (part){.count = 0};
    for (size_t i = 0; i < p->count; i++) {
        const ws_sort_run run = p->runs[i];
        const size_t before = i == longest ? middle : count_before(order, &run, pivot, i < longest);
        add_run(low, run.at, before);
        add_run(high, run.at + before * size, run.n - before);
    }
    high->out = p->out + low->n * size;
}

static void merge_two(const ws_sort_order *order, char *out, ws_sort_run a, ws_sort_run b)
{
    order->ops->merge(out, a.at, a.n, b.at, b.n, order->ctx);
}

static void merge_many(const ws_sort_order *order, const part *p)
{
    _Alignas(64) char room[WS_SORT_RUNS_PIECE];
    const size_t size = order->ops->item_size;
    const ws_sort_run ab = {room, p->runs[0].n + p->runs[1].n};
    merge_two(order, room, p->runs[0], p->runs[1]);
    if (p->count == 3) {
        merge_two(order, p->out, ab, p->runs[2]);
        return;
    }
    const ws_sort_run cd = {room + ab.n * size, p->runs[2].n + p->runs[3].n};
    merge_two(order, room + ab.n * size, p->runs[2], p->runs[3]);
    merge_two(order, p->out, ab, cd);
}

static void merge_piece(const ws_sort_order *order, const part *p)
{
    if (p->count == 1)
        memcpy(p->out, p->runs[0].at, p->n * order->ops->item_size);
    else if (p->count == 2)
        merge_two(order, p->out, p->runs[0], p->runs[1]);
    else if (p->count > 2)
        merge_many(order, p);
}

PAR_VOID_TASK_2(merge_part, const ws_sort_order *, order, const part *, p)
{
    const size_t bytes = p->n * order->ops->item_size;
    if (bytes <= WS_SORT_RUNS_PIECE || p->n < 2 * WS_SORT_RUNS_MAX) {
        merge_piece(order, p);
        return;
    }
    part low;
    part high;
    cut(order, p, &low, &high);
    if (bytes <= WS_SORT_RUNS_SHARE) {
        PAR_CALL(merge_part, order, &low);
        PAR_CALL(merge_part, order, &high);
        return;
    }
    PAR_FORK(merge_part, rest, order, &high);
    PAR_CALL(merge_part, order, &low);
    PAR_JOIN(merge_part, rest);
}

void ws_sort_runs_merge(const ws_sort_order *order, const ws_sort_run *runs, size_t count,
                        char *out)
{
    part all = {.out = out};
    for (size_t i = 0; i < count; i++)
        add_run(&all, runs[i].at, runs[i].n);
    merge_part(order, &all);
}
