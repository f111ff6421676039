/* SPDX-License-Identifier: MIT */
/* ordered.c - see ordered.h. */
#include "par_iter/base/ordered.h"

#include <par/loop.h>

#include "par_iter/base/blocks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 }; /* of the results: as much as any type of the CPU asks for */

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
    const int code = par_try_for(0, units, work_on_piece, &work, &options);
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
    const int code = run_in(ordered, results, result, has);
    free(results);
    return code;
}

static int run_on_stack(const ws_ordered *ordered, void *result, bool *has)
{
    _Alignas(ALIGNMENT) char results[WS_ORDERED_STACK];
    return run_in(ordered, results, result, has);
}

int ws_ordered_run(const ws_ordered *ordered, void *result, bool *has)
{
    if (ordered->size <= WS_ORDERED_STACK / ordered->count)
        return run_on_stack(ordered, result, has);
    return run_on_heap(ordered, result, has);
}
