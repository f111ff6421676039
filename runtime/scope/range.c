/* SPDX-License-Identifier: MIT */
#include "scope/range.h"

#include "base/clock.h"

enum { CHUNK_NS = 5000 }; /* chunks grow until they take this long */

struct half {
    par_detail_job job;
    ws_loop *loop;
    ws_range range;
};

/* ---- chunks ---------------------------------------------------------------------------------- */

static void call_body(ws_loop *loop, size_t begin, size_t end)
{
    if (loop->body != NULL)
        loop->body(begin, end, loop->arg);
    else
        ws_group_fail(loop->group, loop->try_body(begin, end, loop->arg));
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void run_grain(ws_loop *loop, ws_range *range)
{
    const size_t n = smaller(loop->grain, range->end - range->begin);
    call_body(loop, range->begin, range->begin + n);
    range->begin += n;
}

static size_t next_chunk(const ws_range *range, size_t n, uint64_t took)
{
    if (n == range->chunk && took < CHUNK_NS / 2 && n <= SIZE_MAX / 4)
        return n * (took < CHUNK_NS / 8 ? 4 : 2);
    if (took > 2 * CHUNK_NS && range->chunk > 1)
        return range->chunk / 2;
    return range->chunk;
}

/* Sizes the next chunk by what the last one of n took; opens the loop once enough is left to do. */
static void learn(ws_loop *loop, ws_range *range, size_t n, uint64_t took)
{
    const size_t chunk = next_chunk(range, n, took);
    if (chunk != range->chunk) {
        range->chunk = chunk;
        ws_store_relaxed(&loop->chunk, chunk);
    }
    if (range->open)
        return;
    range->spent_ns += took;
    range->done += n;
    const double left = (double)(range->end - range->begin);
    range->open = (double)range->spent_ns * left > loop->worth_ns * (double)range->done;
}

/* A closed loop looks up often: what comes next may be slower than what was. */
static size_t most_of(const ws_range *range)
{
    const size_t left = range->end - range->begin;
    return range->open || left <= range->done / 4 ? left : (left + 1) / 2;
}

/* Returns when it ended. */
static uint64_t run_timed(ws_loop *loop, ws_range *range, uint64_t start)
{
    const size_t n = smaller(range->chunk, most_of(range));
    call_body(loop, range->begin, range->begin + n);
    range->begin += n;
    const uint64_t end = ws_clock_ns();
    learn(loop, range, n, end - start);
    return end;
}

bool ws_loop_is_stopped(const ws_loop *loop)
{
    return ws_first_is_set(loop->first) ||
           (loop->group != NULL && ws_group_is_stopped(loop->group));
}

/* ---- splitting ------------------------------------------------------------------------------- */

bool ws_loop_take_credit(ws_loop *loop)
{
    for (;;) {
        const size_t left = ws_load_relaxed(&loop->credits);
        if (left == SIZE_MAX)
            return true;
        if (left == 0)
            return false;
        if (ws_cas_acq_rel(&loop->credits, left, left - 1))
            return true;
    }
}

void ws_loop_return_credit(ws_loop *loop)
{
    if (ws_load_relaxed(&loop->credits) != SIZE_MAX)
        ws_add_relaxed(&loop->credits, 1);
}

static size_t piece_of(const ws_loop *loop, const ws_range *range)
{
    return loop->grain > 0 ? loop->grain : range->chunk;
}

static bool may_fork(const ws_worker *worker, const ws_loop *loop, const ws_range *range)
{
    return worker != NULL && worker->crew->threads > 1 && range->open && loop->splits &&
           range->end - range->begin > piece_of(loop, range);
}

/* The middle of a range of more than one piece, where a piece ends. */
static size_t middle(const ws_loop *loop, const ws_range *range)
{
    const size_t piece = piece_of(loop, range);
    const size_t pieces = (range->end - range->begin - 1) / piece + 1;
    return range->begin + pieces / 2 * piece;
}

static void run_pieces(void *frame)
{
    const struct half *self = frame;
    ws_range_run(ws_worker_self(), self->loop, self->range);
}

static void run_half(void *frame)
{
    struct half *self = frame;
    self->range.chunk = ws_load_relaxed(&self->loop->chunk); /* it was forked long ago, perhaps */
    ws_first_run(self->loop->first, run_pieces, self);
    ws_loop_return_credit(self->loop);
}

/* Forks the back half of the range, for which there is a credit, and runs the front one. The range
 * is then what is left to do, perhaps nothing. */
static void split(ws_worker *worker, ws_loop *loop, ws_range *range)
{
    struct half back = {.loop = loop, .range = *range};
    back.range.begin = middle(loop, range);
    par_detail_worker *owner = &worker->forks.owner;
    par_detail_slot *base = par_detail_head(owner);
    par_detail_push(owner, base, run_half, &back.job);
    ws_range front = *range;
    front.end = back.range.begin;
    range->chunk = ws_range_run(worker, loop, front);
    const bool mine = par_detail_pop(owner, base, run_half, &back.job);
    if (mine)
        ws_loop_return_credit(loop);
    range->begin = mine ? back.range.begin : range->end;
}

static void run_chunk(ws_loop *loop, ws_range *range)
{
    if (loop->grain > 0)
        run_grain(loop, range);
    else
        run_timed(loop, range, ws_clock_ns());
}

void ws_range_run_closed(ws_loop *loop, ws_range *range)
{
    uint64_t now = range->open ? 0 : ws_clock_ns();
    while (!range->open && range->begin < range->end && !ws_loop_is_stopped(loop))
        now = run_timed(loop, range, now);
}

size_t ws_range_run(ws_worker *worker, ws_loop *loop, ws_range range)
{
    while (range.begin < range.end && !ws_loop_is_stopped(loop)) {
        if (may_fork(worker, loop, &range) && ws_loop_take_credit(loop))
            split(worker, loop, &range);
        else
            run_chunk(loop, &range);
    }
    return range.chunk;
}
