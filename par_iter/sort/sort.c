/* SPDX-License-Identifier: MIT */
/* sort.c - the stable sort: pieces that fit in a cache are sorted by one thread each, and merged
 * two to four at a time in a tree.
 *
 * S1  The tree depends on n and the size of an element alone.
 * S2  Sorted elements are either where they were in the items, or at the same places in the room. A
 *     merge moves them to the other side. The tree has an even number of levels, so elements that
 *     all take part in all merges end in the items.
 * S3  Neighbours that are one run already, rising or falling, are not moved: input that is sorted
 *     costs its comparisons alone. What falls is turned around when it meets what does not.
 * S4  Falling runs have no equal elements, so turning them around is stable. */
#include <par/panic.h>
#include <par/sort.h>
#include <par/task.h>

#include "par_iter/base/array.h"
#include "par_iter/base/moves.h"
#include "par_iter/sort/sort_any.h"
#include "par_iter/sort/sort_runs.h"

#include <stdlib.h>
#include <string.h>

enum {
    PIECE_BYTES = 2 * 1024 * 1024, /* with as much room it fits in a core's share of the caches */
    PIECE_LEAST = 2048,            /* elements: fewer are not worth a fork */
    PIECES = 64,                   /* aimed at at least: something for each of many threads */
};

struct sort {
    ws_sort_order order;
    char *items;
    char *room;
    size_t piece; /* elements */
};

/* A part of the array, and how its elements stand. */
struct state {
    size_t begin;
    size_t n;
    bool in_room;
    bool falling;
};

static char *place_of(const struct sort *s, const struct state *part)
{
    return (part->in_room ? s->room : s->items) + part->begin * s->order.ops->item_size;
}

/* ---- joining sorted parts -------------------------------------------------------------------- */

/* Whether `next`, which follows `part` in the array, continues its run. */
static bool continues(const struct sort *s, const struct state *part, const struct state *next)
{
    const size_t size = s->order.ops->item_size;
    if (part->in_room != next->in_room || part->falling != next->falling)
        return false;
    const char *const last = place_of(s, part) + (part->n - 1) * size;
    return s->order.ops->less(place_of(s, next), last, s->order.ctx) == part->falling;
}

/* Joins neighbours that are one run. Returns how many parts are left. */
static size_t join_neighbours(const struct sort *s, struct state *parts, size_t count)
{
    size_t kept = 0;
    for (size_t i = 1; i < count; i++) {
        if (continues(s, &parts[kept], &parts[i]))
            parts[kept].n += parts[i].n;
        else
            parts[++kept] = parts[i];
    }
    return kept + 1;
}

/* Makes all parts rise, on one side. Returns whether that is the room. */
static bool make_alike(const struct sort *s, struct state *parts, size_t count)
{
    const size_t size = s->order.ops->item_size;
    bool in_room = true;
    for (size_t i = 0; i < count; i++)
        in_room = in_room && parts[i].in_room;
    for (size_t i = 0; i < count; i++) {
        struct state *const part = &parts[i];
        if (part->falling)
            ws_moves_reverse(place_of(s, part), part->n, size);
        if (part->in_room != in_room)
            ws_moves_copy(s->items + part->begin * size, place_of(s, part), part->n * size);
    }
    return in_room;
}

static struct state merge_parts(const struct sort *s, struct state *parts, size_t count)
{
    ws_sort_run runs[WS_SORT_RUNS_MAX];
    struct state whole = {.begin = parts[0].begin};
    count = join_neighbours(s, parts, count);
    if (count == 1)
        return parts[0];
    const bool in_room = make_alike(s, parts, count);
    for (size_t i = 0; i < count; i++) {
        parts[i].in_room = in_room;
        runs[i] = (ws_sort_run){place_of(s, &parts[i]), parts[i].n};
        whole.n += parts[i].n;
    }
    whole.in_room = !in_room;
    ws_sort_runs_merge(&s->order, runs, count, place_of(s, &whole));
    return whole;
}

/* ---- the tree -------------------------------------------------------------------------------- */

static struct state sort_piece(const struct sort *s, size_t begin, size_t n)
{
    const par_sort_ops *const ops = s->order.ops;
    const size_t offset = begin * ops->item_size;
    const par_sort_run run = ops->sort(s->items + offset, s->room + offset, n, s->order.ctx);
    return (struct state){begin, n, false, run == PAR_SORT_FALLING};
}

/* As few parts as leave no more for each than the levels below can take. */
static size_t count_parts(const struct sort *s, size_t n, size_t levels)
{
    const size_t most = s->order.ops->item_size > WS_SORT_RUNS_LARGE_ITEM ? 2 : WS_SORT_RUNS_MAX;
    size_t below = s->piece;
    for (size_t i = 1; i < levels && below < n; i++)
        below *= most;
    const size_t wanted = n / below + 1;
    if (wanted > most)
        return most;
    return wanted < 2 ? 2 : wanted;
}

PAR_TASK_4(struct state, sort_tree, const struct sort *, s, size_t, begin, size_t, n, size_t,
           levels)
{
    if (levels == 0)
        return sort_piece(s, begin, n);
    struct state parts[WS_SORT_RUNS_MAX];
    const size_t count = count_parts(s, n, levels);
    const size_t part = n / count;
    const size_t rest = n - (count - 1) * part;
    const size_t last = begin + (count - 1) * part;
    PAR_FORK(sort_tree, d, s, last, rest, levels - 1);
    if (count == 2) {
        parts[0] = PAR_CALL(sort_tree, s, begin, part, levels - 1);
    } else {
        PAR_FORK(sort_tree, c, s, last - part, part, levels - 1);
        parts[0] = PAR_CALL(sort_tree, s, begin, part, levels - 1);
        if (count == 4)
            parts[1] = PAR_CALL(sort_tree, s, begin + part, part, levels - 1);
        parts[count - 2] = PAR_JOIN(sort_tree, c);
    }
    parts[count - 1] = PAR_JOIN(sort_tree, d);
    return merge_parts(s, parts, count);
}

/* ---- the calls ------------------------------------------------------------------------------- */

static size_t piece_for(size_t n, size_t size)
{
    const size_t in_cache = PIECE_BYTES / size;
    const size_t shared = n / PIECES;
    const size_t piece = shared < in_cache ? shared : in_cache;
    return piece > PIECE_LEAST ? piece : (size_t)PIECE_LEAST;
}

/* Even (S2). A piece may be twice as long as aimed at. */
static size_t count_levels(const struct sort *s, size_t n)
{
    const size_t most = s->order.ops->item_size > WS_SORT_RUNS_LARGE_ITEM ? 2 : WS_SORT_RUNS_MAX;
    size_t levels = 0;
    for (size_t rest = n / 2 / s->piece; rest > 0; rest /= most * most)
        levels += 2;
    return levels;
}

static void sort_with_room(struct sort *s, size_t n)
{
    const size_t size = s->order.ops->item_size;
    s->piece = piece_for(n, size);
    const struct state whole = sort_tree(s, 0, n, count_levels(s, n));
    if (whole.falling)
        ws_moves_reverse(place_of(s, &whole), n, size);
    if (whole.in_room)
        ws_moves_copy(s->items, s->room, n * size);
}

int par_sort_with(void *items, size_t n, const par_sort_ops *ops, void *ctx)
{
    if (ops == NULL || ops->size != sizeof *ops || ops->less == NULL || ops->sort == NULL ||
        ops->merge == NULL)
        return EINVAL;
    const int code = ws_array_check(items, ops->item_size, n);
    if (code != 0 || n < 2)
        return code;
    struct sort s = {.order = {ops, ctx}, .items = items};
    s.room = malloc(n * ops->item_size);
    if (s.room == NULL)
        return ENOMEM;
    PAR_DEFER(free, s.room);
    sort_with_room(&s, n);
    return 0;
}

int par_sort(void *items, size_t size, size_t n, par_compare_fn *compare, void *ctx)
{
    if (compare == NULL)
        return EINVAL;
    ws_sort_any any = {compare, ctx, size};
    const par_sort_ops ops = ws_sort_any_ops(size);
    return par_sort_with(items, n, &ops, &any);
}
