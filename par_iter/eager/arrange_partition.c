/* SPDX-License-Identifier: MIT */
/* arrange_partition.c - par_partition. Each chunk is split in a place of its task's. The elements
 * kept are copied to the front of the output as a filter does it, the others to its end, backwards;
 * when all are there the end is reversed.
 *
 * P1  `kept` and `others` together are what lies before the next chunk, so the two parts of the
 *     output never meet before the last chunk. */
#include <par/arrange.h>
#include <par/loop.h>
#include <par/panic.h>
#include <par/pool.h>

#include "par_iter/base/apart.h"
#include "par_iter/base/count.h"
#include "par_iter/base/rounds.h"

#include <string.h>

struct chunk {
    size_t n;
    size_t kept;
    size_t front; /* where those kept go */
    size_t back;  /* where the others end */
};

struct partition {
    char *out;
    const char *in;
    size_t size;
    size_t n;
    par_block_fn *split;
    void *ctx;
    size_t kept;
    size_t others;
    size_t room;          /* elements in a task's place */
    char *places;         /* of the tasks */
    struct chunk *chunks; /* in them */
};

static char *place_of(const struct partition *partition, size_t task)
{
    return partition->places + task * partition->room * partition->size;
}

static int split(struct partition *partition, size_t task, size_t begin, size_t end)
{
    struct chunk *chunk = &partition->chunks[task];
    const char *const in = partition->in + begin * partition->size;
    const ptrdiff_t value =
        partition->split(place_of(partition, task), in, end - begin, partition->ctx);
    ws_count_check("par_partition", 0, value, end - begin, false);
    chunk->n = end - begin;
    chunk->kept = value > 0 ? (size_t)value : 0;
    return ws_array_code(value);
}

static void find_places(struct partition *partition, size_t task)
{
    struct chunk *chunk = &partition->chunks[task];
    chunk->front = partition->kept;
    chunk->back = partition->n - partition->others;
    partition->kept += chunk->kept;
    partition->others += chunk->n - chunk->kept;
}

static void place(const struct partition *partition, size_t task)
{
    const size_t size = partition->size;
    const struct chunk *chunk = &partition->chunks[task];
    const char *const from = place_of(partition, task);
    const size_t others = chunk->n - chunk->kept;
    memcpy(partition->out + chunk->front * size, from, chunk->kept * size);
    memcpy(partition->out + (chunk->back - others) * size, from + chunk->kept * size,
           others * size);
}

/* ---- in rounds ---- */

static int go(void *arg, size_t begin, size_t end)
{
    struct partition *partition = arg;
    int code = 0;
    for (size_t at = begin; at < end && code == 0;) {
        const size_t stop = end - at < partition->room ? end : at + partition->room;
        code = par_canceled() ? ECANCELED : split(partition, 0, at, stop);
        if (code == 0) {
            find_places(partition, 0);
            place(partition, 0);
        }
        at = stop;
    }
    return code;
}

static int look(void *arg, size_t task, size_t begin, size_t end)
{
    return split(arg, task, begin, end);
}

static void link_chunk(void *arg, size_t task, size_t begin, size_t end)
{
    (void)begin;
    (void)end;
    find_places(arg, task);
}

static int end_chunk(void *arg, size_t task, size_t begin, size_t end)
{
    (void)begin;
    (void)end;
    place(arg, task);
    return 0;
}

static int run(struct partition *partition)
{
    ws_rounds rounds = {.n = partition->n,
                        .go = go,
                        .look = look,
                        .link = link_chunk,
                        .end = end_chunk,
                        .arg = partition};
    ws_rounds_cut(&rounds, partition->size);
    partition->room = rounds.chunk;
    partition->places = ws_rounds_places(&rounds, rounds.tasks, partition->size);
    partition->chunks = calloc(rounds.tasks, sizeof *partition->chunks);
    PAR_DEFER(free, partition->places);
    PAR_DEFER(free, partition->chunks);
    const bool has_room = partition->places != NULL && partition->chunks != NULL;
    return has_room ? ws_rounds_run(&rounds) : ENOMEM;
}

int par_partition(void *out, size_t *kept, const void *in, size_t size, size_t n, par_block_fn *fn,
                  void *ctx)
{
    if (kept == NULL || fn == NULL)
        return EINVAL;
    int code = ws_apart_code(out, size, in, size, n);
    if (code != 0)
        return code;
    ws_apart_check("par_partition", out, n * size, in, n * size);
    struct partition partition = {
        .out = out, .in = in, .size = size, .n = n, .split = fn, .ctx = ctx};
    if (n > 0)
        code = run(&partition);
    if (code == 0 && n > 0)
        code = par_rev(partition.out + partition.kept * size, size, partition.others);
    if (code == 0)
        *kept = partition.kept;
    return code;
}
