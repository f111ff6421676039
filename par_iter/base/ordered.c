/* SPDX-License-Identifier: MIT */
/* ordered.c - see ordered.h. */
#include "par_iter/base/ordered.h"

#include <par/join.h>
#include <par/loop.h>

#include "par_iter/base/blocks.h"
#include "par_iter/base/shared.h"
#include "par_iter/base/travel.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 }; /* of the results: as much as any type of the CPU asks for */

/* ---- by a loop, O3 and O5 -------------------------------------------------------------------- */

struct work {
    const ws_ordered *ordered;
    size_t unit;
    char *results;
    bool *has; /* of each block */
};

/* The loop looks between pieces only, and a piece may be many blocks. If it was stopped by the code
 * of a block, the ECANCELED of the others comes too late to count. */
static int work_on_piece(size_t begin, size_t end, void *arg)
{
    const struct work *const work = arg;
    const ws_ordered *const o = work->ordered;
    const size_t last = end > o->count / work->unit ? o->count : end * work->unit;
    int code = 0;
    for (size_t i = begin * work->unit; i < last && code == 0; i++)
        code = par_canceled() ? ECANCELED
                              : o->fn(work->results + i * o->size, &work->has[i], i, o->arg);
    return code;
}

/* Merges the right one of two neighbours into the left one. */
static void merge_two(const struct work *work, size_t left, size_t right)
{
    const ws_ordered *const o = work->ordered;
    char *const to = work->results + left * o->size;
    const char *const from = work->results + right * o->size;
    if (!work->has[right])
        return;
    if (work->has[left])
        o->merge(to, from, o->ctx);
    else
        memcpy(to, from, o->size);
    work->has[left] = true;
}

/* Neighbours first, then pairs of them, and so on: numbers that are added up meet others of about
 * their size. */
static void merge_all(const struct work *work, void *result, bool *has)
{
    const ws_ordered *const o = work->ordered;
    for (size_t distance = 1; distance < o->count; distance *= 2) {
        for (size_t left = 0; left + distance < o->count; left += 2 * distance)
            merge_two(work, left, left + distance);
    }
    *has = work->has[0];
    if (*has)
        memcpy(result, work->results, o->size);
}

static int run_in(const ws_ordered *ordered, char *results, void *result, bool *has)
{
    bool has_result[WS_BLOCKS_MAX] = {false};
    const size_t unit = ordered->unit > 0 ? ordered->unit : 1;
    const size_t units = ordered->count / unit + (ordered->count % unit != 0);
    struct work work = {ordered, unit, results, has_result};
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = ordered->grain;
    options.max_threads = ordered->max_threads;
    const int code = ws_travel_for(0, units, work_on_piece, &work, &options);
    if (code == 0)
        merge_all(&work, result, has);
    return code;
}

static int run_on_heap(const ws_ordered *ordered, void *result, bool *has)
{
    if (ordered->size > (PTRDIFF_MAX - ALIGNMENT) / ordered->count)
        return ENOMEM;
    const size_t bytes = (ordered->size * ordered->count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    char *const results = aligned_alloc(ALIGNMENT, bytes);
    if (results == NULL)
        return ENOMEM;
    PAR_DEFER(free, results);
    return run_in(ordered, results, result, has);
}

static int run_on_stack(const ws_ordered *ordered, void *result, bool *has)
{
    _Alignas(ALIGNMENT) char results[WS_ORDERED_STACK];
    return run_in(ordered, results, result, has);
}

/* ---- by joins, O4 ---------------------------------------------------------------------------- */

struct tree {
    const ws_ordered *ordered;
    par_group group; /* stops blocks that are under way */
    int code;        /* of the first block that failed */
    void *result;
    bool *has;
};

/* The blocks first <= i < first + width, as far as there are such. */
struct node {
    struct tree *tree;
    size_t first;
    size_t width;   /* a power of two */
    size_t threads; /* that may work below it */
    char *result;
    bool has;
};

static void run_node(void *arg);

static void fail(struct tree *tree, int code)
{
    ws_shared_set_first(&tree->code, code);
    par_cancel(&tree->group);
}

static void run_leaf(struct node *node)
{
    const ws_ordered *const o = node->tree->ordered;
    const int code =
        par_canceled() ? ECANCELED : o->fn(node->result, &node->has, node->first, o->arg);
    if (code != 0)
        fail(node->tree, code);
}

static void run_both(struct node *left, struct node *right, size_t unit)
{
    if (left->threads > 1 && left->width >= unit) {
        right->threads = left->threads / 2;
        left->threads -= right->threads;
        par_join(run_node, left, run_node, right);
        return;
    }
    run_node(left);
    run_node(right);
}

/* The right half writes to `room`. */
static void split(struct node *node, char *room)
{
    const ws_ordered *const o = node->tree->ordered;
    const size_t half = node->width / 2;
    struct node left = *node;
    struct node right = *node;
    left.width = half;
    right.width = half;
    right.first += half;
    right.result = room;
    run_both(&left, &right, o->unit);
    node->has = left.has || right.has;
    if (!right.has || par_canceled())
        return;
    if (left.has)
        o->merge(left.result, room, o->ctx);
    else
        memcpy(node->result, room, o->size);
}

/* Frames of a few sizes, each of a function that is not compiled into another. */
#define FRAME(name, bytes)                                                                         \
    __attribute__((noinline)) static void name(struct node *node)                                  \
    {                                                                                              \
        _Alignas(ALIGNMENT) char room[bytes];                                                      \
        split(node, room);                                                                         \
    }
FRAME(split_tiny, 256)
FRAME(split_small, 1024)
FRAME(split_medium, 4096)
FRAME(split_large, WS_ORDERED_FRAME)
#undef FRAME

static void run_node(void *arg)
{
    struct node *const node = arg;
    const ws_ordered *const o = node->tree->ordered;
    while (node->width > 1 && o->count - node->first <= node->width / 2)
        node->width /= 2; /* nothing is on the right */
    if (node->width == 1)
        run_leaf(node);
    else if (o->size <= 256)
        split_tiny(node);
    else if (o->size <= 1024)
        split_small(node);
    else if (o->size <= 4096)
        split_medium(node);
    else
        split_large(node);
}

/* One piece of a loop, so that what runs in it can be stopped. */
static int run_root(size_t begin, size_t end, void *arg)
{
    _Alignas(ALIGNMENT) char room[WS_ORDERED_FRAME];
    struct tree *const tree = arg;
    const ws_ordered *const o = tree->ordered;
    struct node root = {tree, 0, 1, o->max_threads > 0 ? o->max_threads : SIZE_MAX, room, false};
    (void)begin;
    (void)end;
    while (root.width < o->count)
        root.width *= 2;
    run_node(&root);
    if (tree->code != 0)
        return tree->code;
    *tree->has = root.has;
    if (root.has)
        memcpy(tree->result, room, o->size);
    return 0;
}

static int run_by_joins(const ws_ordered *ordered, void *result, bool *has)
{
    struct tree tree = {.ordered = ordered, .group = PAR_GROUP_INIT, .result = result, .has = has};
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &tree.group;
    const int code = ws_travel_for(0, 1, run_root, &tree, &options);
    return tree.code != 0 ? tree.code : code;
}

int ws_ordered_run(const ws_ordered *ordered, void *result, bool *has)
{
    if (ordered->size <= WS_ORDERED_STACK / ordered->count)
        return run_on_stack(ordered, result, has);
    if (ordered->size <= WS_ORDERED_FRAME)
        return run_by_joins(ordered, result, has);
    return run_on_heap(ordered, result, has);
}
