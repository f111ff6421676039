/* SPDX-License-Identifier: MIT */
/* arrange_filter.c - par_filter and par_unique. Large arrays go in rounds (rounds.h): a chunk whose
 * place in the output is known is filtered right there, another one into a place of its task's, and
 * from there copied while it is still in the cache. Small arrays are filtered at their own places
 * in the output, and then moved together.
 *
 * F1  Elements kept are never more than those seen, so a block function that writes at `kept`, or
 *     at the block's own place, has room in the output for all that it is given.
 * F2  What it writes beyond those it keeps lies behind all that is in its final place (R3). */
#include <par/arrange.h>
#include <par/loop.h>
#include <par/pool.h>

#include "par_iter/base/apart.h"
#include "par_iter/base/blocks.h"
#include "par_iter/base/count.h"
#include "par_iter/base/rounds.h"
#include "par_iter/base/travel.h"

#include <string.h>

enum { DIRECT_BYTES = 64 * 1024 }; /* between looks at whether the call is canceled */

struct chunk {
    size_t count; /* elements kept, */
    size_t place; /* and where they go */
};

struct filter {
    char *out;
    const char *in;
    size_t size;
    size_t n;
    par_block_fn *keep;
    void *ctx;
    size_t kept;          /* in their final place, or on their way there */
    size_t room;          /* elements in a task's place */
    char *places;         /* of the tasks but the first */
    struct chunk *chunks; /* in them */
};

/* Filters the elements begin <= i < end to `out`; how many were kept to *kept. */
static int keep(const struct filter *filter, size_t begin, size_t end, char *out, size_t *kept)
{
    const char *const in = filter->in + begin * filter->size;
    const ptrdiff_t value = filter->keep(out, in, end - begin, filter->ctx);
    ws_count_check("par_filter", 0, value, end - begin, false);
    *kept = value > 0 ? (size_t)value : 0;
    return ws_array_code(value);
}

/* ---- in rounds ---- */

static int go(void *arg, size_t begin, size_t end)
{
    struct filter *filter = arg;
    const size_t step = filter->size < DIRECT_BYTES ? DIRECT_BYTES / filter->size : 1;
    int code = 0;
    for (size_t at = begin; at < end && code == 0;) {
        const size_t stop = end - at < step ? end : at + step;
        size_t kept = 0;
        char *const out = filter->out + filter->kept * filter->size;
        code = par_canceled() ? ECANCELED : keep(filter, at, stop, out, &kept);
        filter->kept += kept;
        at = stop;
    }
    return code;
}

static char *place_of(const struct filter *filter, size_t task)
{
    return filter->places + (task - 1) * filter->room * filter->size;
}

static int look(void *arg, size_t task, size_t begin, size_t end)
{
    struct filter *filter = arg;
    return keep(filter, begin, end, place_of(filter, task), &filter->chunks[task - 1].count);
}

static void link_chunk(void *arg, size_t task, size_t begin, size_t end)
{
    struct filter *filter = arg;
    struct chunk *chunk = &filter->chunks[task - 1];
    (void)begin;
    (void)end;
    chunk->place = filter->kept;
    filter->kept += chunk->count;
}

static int end_chunk(void *arg, size_t task, size_t begin, size_t end)
{
    const struct filter *filter = arg;
    const struct chunk *chunk = &filter->chunks[task - 1];
    (void)begin;
    (void)end;
    memcpy(filter->out + chunk->place * filter->size, place_of(filter, task),
           chunk->count * filter->size);
    return 0;
}

/* Takes room for the tasks, or makes do with one. */
static void take_room(struct filter *filter, ws_rounds *rounds)
{
    const size_t others = rounds->tasks - 1;
    filter->room = rounds->chunk;
    filter->places = others > 0 ? ws_rounds_places(rounds, others, filter->size) : NULL;
    filter->chunks = others > 0 ? calloc(others, sizeof *filter->chunks) : NULL;
    if (filter->places == NULL || filter->chunks == NULL)
        rounds->tasks = 1;
}

static int run_rounds(struct filter *filter)
{
    ws_rounds rounds = {.n = filter->n,
                        .go = go,
                        .look = look,
                        .link = link_chunk,
                        .end = end_chunk,
                        .arg = filter};
    ws_rounds_cut(&rounds, filter->size);
    take_room(filter, &rounds);
    PAR_DEFER(free, filter->places);
    PAR_DEFER(free, filter->chunks);
    return ws_rounds_run(&rounds);
}

/* ---- small arrays ---- */

struct small {
    struct filter *filter;
    ws_blocks blocks;
    size_t counts[WS_BLOCKS_MAX]; /* kept of the pieces that begin with these blocks; else 0 */
};

static int keep_piece(size_t begin, size_t end, void *arg)
{
    struct small *small = arg;
    const struct filter *filter = small->filter;
    const size_t from = ws_blocks_begin(&small->blocks, begin);
    memset(small->counts + begin, 0, (end - begin) * sizeof *small->counts);
    return keep(filter, from, ws_blocks_begin(&small->blocks, end),
                filter->out + from * filter->size, &small->counts[begin]);
}

static int run_small(struct filter *filter)
{
    struct small small;
    small.filter = filter;
    small.blocks = ws_blocks_cut(filter->n, filter->size);
    const int code = ws_travel_for(0, small.blocks.count, keep_piece, &small, NULL);
    for (size_t i = 0; i < small.blocks.count && code == 0; i++) {
        const char *const from = filter->out + ws_blocks_begin(&small.blocks, i) * filter->size;
        memmove(filter->out + filter->kept * filter->size, from, small.counts[i] * filter->size);
        filter->kept += small.counts[i];
    }
    return code;
}

/* ---- the calls ---- */

static int run(struct filter *filter)
{
    if (filter->n == 0)
        return 0;
    if (par_num_threads() == 1)
        return go(filter, 0, filter->n);
    return filter->n * filter->size < WS_ROUNDS_SMALL ? run_small(filter) : run_rounds(filter);
}

int par_filter(void *out, size_t *out_n, const void *in, size_t size, size_t n, par_block_fn *fn,
               void *ctx)
{
    if (out_n == NULL || fn == NULL)
        return EINVAL;
    int code = ws_apart_code(out, size, in, size, n);
    if (code != 0)
        return code;
    ws_apart_check("par_filter", out, n * size, in, n * size);
    struct filter filter = {.out = out, .in = in, .size = size, .n = n, .keep = fn, .ctx = ctx};
    code = run(&filter);
    if (code == 0)
        *out_n = filter.kept;
    return code;
}

int par_unique(void *out, size_t *out_n, const void *in, size_t size, size_t n, par_block_fn *fn,
               void *ctx)
{
    if (out_n == NULL || fn == NULL)
        return EINVAL;
    const int code = ws_apart_code(out, size, in, size, n);
    if (code != 0)
        return code;
    if (n == 0) {
        *out_n = 0;
        return 0;
    }
    ws_apart_check("par_unique", out, n * size, in, n * size);
    memcpy(out, in, size);
    size_t others = 0;
    const int rest =
        par_filter((char *)out + size, &others, (const char *)in + size, size, n - 1, fn, ctx);
    if (rest == 0)
        *out_n = 1 + others;
    return rest;
}
