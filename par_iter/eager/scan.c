/* SPDX-License-Identifier: MIT */
/* scan.c - par_scan: blocks cut by length alone, each scanned from the identity; what lies before
 * it is merged in. A block whose before is not known yet is taken twice: once for what it comes to,
 * once for its results. Large arrays go in rounds (rounds.h), whose items are the blocks.
 *
 * S1  What is before block i + 1 is what is before block i, merged with block i taken from the
 *     identity. The caller's accumulator is the identity, and only read until all is done.
 * S2  A slot belongs to one block at a time, from when it is looked at until it has its results.
 *     It holds what the block comes to, then what is before the block.
 * S3  `running` is what is before the next block to go through or to link. */
#include <par/loop.h>
#include <par/pool.h>
#include <par/scan.h>

#include "par_iter/base/apart.h"
#include "par_iter/base/blocks.h"
#include "par_iter/base/rounds.h"
#include "par_iter/base/travel.h"

#include <string.h>

enum {
    STACK_BYTES = 16 * 1024, /* accumulators up to this size need no allocation */
    ALIGNMENT = 64,          /* of them: as much as any type of the CPU asks for */
    ALONE_BYTES = 32 * 1024, /* elements up to this size are not worth a second pass */
};

struct scan {
    char *out;
    const char *in;
    size_t in_size;
    size_t n;
    size_t length; /* of a block; the last may be shorter */
    size_t count;  /* of blocks */
    size_t chunk;  /* blocks in a chunk: slots of a task */
    char *acc;
    size_t acc_size;
    par_scan_fn *fn;
    par_merge_fn *merge;
    void *ctx;
    char *running;
    char *spare;  /* of task 0, and of linking */
    char *slots;  /* S2 */
    char *locals; /* one more for each slot, in which its block is taken */
};

/* ---- a block ---- */

static size_t length_of(size_t n, size_t size)
{
    const size_t share = n / WS_BLOCKS_FEW + (n % WS_BLOCKS_FEW != 0);
    const size_t fits = size < WS_BLOCKS_BYTES ? WS_BLOCKS_BYTES / size : 1;
    return share < fits ? share : fits;
}

static int take_block(const struct scan *scan, size_t block, char *acc, const char *before)
{
    if (par_canceled())
        return ECANCELED;
    const size_t begin = block * scan->length;
    const size_t left = scan->n - begin;
    char *const out = before == NULL ? NULL : scan->out + begin * scan->acc_size;
    memcpy(acc, scan->acc, scan->acc_size);
    return ws_array_code(scan->fn(out, scan->in + begin * scan->in_size,
                                  left < scan->length ? left : scan->length, acc, before,
                                  scan->ctx));
}

/* ---- blocks in slots, from `slot` on ---- */

static int look_at(const struct scan *scan, size_t slot, size_t begin, size_t end)
{
    int code = 0;
    for (size_t block = begin; block < end && code == 0; block++, slot++)
        code = take_block(scan, block, scan->slots + slot * scan->acc_size, NULL);
    return code;
}

static void link_slots(const struct scan *scan, size_t slot, size_t count)
{
    const size_t size = scan->acc_size;
    for (char *at = scan->slots + slot * size; count > 0; count--, at += size) {
        memcpy(scan->spare, at, size);
        memcpy(at, scan->running, size);
        scan->merge(scan->running, scan->spare, scan->ctx);
    }
}

static int end_slots(const struct scan *scan, size_t slot, size_t begin, size_t end)
{
    int code = 0;
    for (size_t block = begin; block < end && code == 0; block++, slot++)
        code = take_block(scan, block, scan->locals + slot * scan->acc_size,
                          scan->slots + slot * scan->acc_size);
    return code;
}

/* ---- in rounds ---- */

static int go(void *arg, size_t begin, size_t end)
{
    const struct scan *scan = arg;
    for (size_t block = begin; block < end; block++) {
        const int code = take_block(scan, block, scan->spare, scan->running);
        if (code != 0)
            return code;
        scan->merge(scan->running, scan->spare, scan->ctx);
    }
    return 0;
}

static size_t slot_of(const struct scan *scan, size_t task)
{
    return (task - 1) * scan->chunk;
}

static int look(void *arg, size_t task, size_t begin, size_t end)
{
    return look_at(arg, slot_of(arg, task), begin, end);
}

static void link_chunk(void *arg, size_t task, size_t begin, size_t end)
{
    link_slots(arg, slot_of(arg, task), end - begin);
}

static int end_chunk(void *arg, size_t task, size_t begin, size_t end)
{
    return end_slots(arg, slot_of(arg, task), begin, end);
}

/* ---- all blocks at once, where they are small: the loop may find that it is not worth it ---- */

static int look_piece(size_t begin, size_t end, void *arg)
{
    return look_at(arg, begin, begin, end);
}

static int end_piece(size_t begin, size_t end, void *arg)
{
    return end_slots(arg, begin, begin, end);
}

static int run_twice(struct scan *scan)
{
    const int code = ws_travel_for(0, scan->count, look_piece, scan, NULL);
    if (code != 0)
        return code;
    link_slots(scan, 0, scan->count);
    return ws_travel_for(0, scan->count, end_piece, scan, NULL);
}

/* ---- the call ---- */

/* `room` has two accumulators, and two for each slot. */
static int run_in(struct scan *scan, const ws_rounds *rounds, size_t slots, char *room)
{
    const size_t size = scan->acc_size;
    scan->running = room;
    scan->spare = room + size;
    scan->slots = room + 2 * size;
    scan->locals = scan->slots + slots * size;
    memcpy(scan->running, scan->acc, size);
    const int code = rounds == NULL ? run_twice(scan) : ws_rounds_run(rounds);
    if (code == 0)
        memcpy(scan->acc, scan->running, size);
    return code;
}

static int run_on_heap(struct scan *scan, const ws_rounds *rounds, size_t slots)
{
    const size_t count = 2 + 2 * slots;
    if (scan->acc_size > (PTRDIFF_MAX - ALIGNMENT) / count)
        return ENOMEM;
    const size_t bytes = (scan->acc_size * count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    char *const room = aligned_alloc(ALIGNMENT, bytes);
    if (room == NULL)
        return ENOMEM;
    PAR_DEFER(free, room);
    return run_in(scan, rounds, slots, room);
}

static int run_on_stack(struct scan *scan, const ws_rounds *rounds, size_t slots)
{
    _Alignas(ALIGNMENT) char room[STACK_BYTES];
    return run_in(scan, rounds, slots, room);
}

static int run_with(struct scan *scan, const ws_rounds *rounds, size_t slots)
{
    if (scan->acc_size <= STACK_BYTES / (2 + 2 * slots))
        return run_on_stack(scan, rounds, slots);
    return run_on_heap(scan, rounds, slots);
}

static int run(struct scan *scan)
{
    ws_rounds rounds = {.n = scan->count,
                        .go = go,
                        .look = look,
                        .link = link_chunk,
                        .end = end_chunk,
                        .arg = scan};
    const size_t block_bytes = scan->length * scan->in_size;
    ws_rounds_cut(&rounds, block_bytes);
    if (scan->n * scan->in_size <= ALONE_BYTES)
        rounds.tasks = 1;
    scan->chunk = rounds.chunk;
    if (rounds.tasks > 1 && block_bytes < WS_BLOCKS_BYTES / 2)
        return run_with(scan, NULL, scan->count);
    return run_with(scan, &rounds, (rounds.tasks - 1) * rounds.chunk);
}

static void check_apart(const struct scan *scan)
{
    if (scan->out == scan->in && scan->in_size == scan->acc_size)
        return;
    ws_apart_check("par_scan", scan->out, scan->n * scan->acc_size, scan->in,
                   scan->n * scan->in_size);
}

int par_scan(void *out, const void *in, size_t in_size, size_t n, void *acc, size_t acc_size,
             par_scan_fn *fn, par_merge_fn *merge, void *ctx)
{
    if (acc == NULL || fn == NULL || merge == NULL)
        return EINVAL;
    const int code = ws_apart_code(out, acc_size, in, in_size, n);
    if (code != 0 || n == 0)
        return code;
    const size_t length = length_of(n, in_size);
    struct scan scan = {.out = out,
                        .in = in,
                        .in_size = in_size,
                        .n = n,
                        .length = length,
                        .count = n / length + (n % length != 0),
                        .acc = acc,
                        .acc_size = acc_size,
                        .fn = fn,
                        .merge = merge,
                        .ctx = ctx};
    check_apart(&scan);
    return run(&scan);
}
