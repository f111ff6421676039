/* SPDX-License-Identifier: MIT */
/* loop.c - loops that split on demand.
 *
 * Whoever runs a range works off chunks from its front. When nothing of his own can be stolen, he
 * first forks the back half of what remains: so there is always one half to be had, the biggest,
 * and a range that nobody asks for is split a logarithmic number of times (lazy binary splitting,
 * after Tzannes et al., PPoPP 2010). Without a grain, chunks grow until one takes long enough to
 * hide the cost of the look, and nothing is forked before the loop has shown that it is worth
 * waking somebody for. Design: docs/design/loops.md */
#include <par/loop.h>

#include "base/clock.h"
#include "base/option.h"
#include "job/group.h"
#include "scope/outside.h"

#include <errno.h>

enum {
    CHUNK_NS = 5000,         /* chunks grow until they take this long */
    WORTH_WAKING_NS = 10000, /* what must remain before somebody is woken */
};

struct loop {
    par_range_fn *body; /* one of the two */
    par_try_range_fn *try_body;
    void *arg;
    size_t grain;    /* no piece is larger; 0 = by time */
    ws_group *group; /* NULL if nothing can stop it */
    size_t credits;  /* how many more halves may be out at once; SIZE_MAX: any number */
};

/* A range, and what its runner has learnt. */
struct range {
    size_t begin;
    size_t end;
    size_t chunk;
    uint64_t spent_ns; /* on the first `done` indices, until the loop is open */
    size_t done;
    bool open; /* may be split */
};

struct half {
    par_detail_job job;
    struct loop *loop;
    struct range range;
};

/* ---- chunks ---------------------------------------------------------------------------------- */

static void call_body(struct loop *loop, size_t begin, size_t end)
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

static void run_grain(struct loop *loop, struct range *range)
{
    const size_t n = smaller(loop->grain, range->end - range->begin);
    call_body(loop, range->begin, range->begin + n);
    range->begin += n;
}

/* Grows the chunk by what the last one of n took; opens the loop once enough is left to do. */
static void learn(struct range *range, size_t n, uint64_t took)
{
    if (n == range->chunk && took < CHUNK_NS / 2)
        range->chunk *= took < CHUNK_NS / 8 ? 4 : 2;
    else if (took > 2 * CHUNK_NS && range->chunk > 1)
        range->chunk /= 2;
    if (range->open)
        return;
    range->spent_ns += took;
    range->done += n;
    const double left = (double)(range->end - range->begin);
    range->open = (double)range->spent_ns / (double)range->done * left > WORTH_WAKING_NS;
}

static void run_timed(struct loop *loop, struct range *range)
{
    const size_t left = range->end - range->begin;
    /* A closed loop looks up often: what comes next may be slower than what was. */
    const size_t most = range->open ? left : left / 4 + 1;
    const size_t n = smaller(range->chunk, most);
    const uint64_t start = ws_clock_ns();
    call_body(loop, range->begin, range->begin + n);
    range->begin += n;
    learn(range, n, ws_clock_ns() - start);
}

static bool is_stopped(const struct loop *loop)
{
    return loop->group != NULL && ws_group_is_stopped(loop->group);
}

/* ---- splitting ------------------------------------------------------------------------------- */

static bool take_credit(struct loop *loop)
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

static void return_credit(struct loop *loop)
{
    if (ws_load_relaxed(&loop->credits) != SIZE_MAX)
        ws_add_relaxed(&loop->credits, 1);
}

static bool wants_split(const ws_worker *worker, const struct loop *loop, const struct range *range)
{
    const size_t least = loop->grain > 0 ? loop->grain : range->chunk;
    return range->open && range->end - range->begin > least && worker->crew->threads > 1 &&
           ws_forks_is_empty(&worker->forks);
}

static void run_range(ws_worker *worker, struct loop *loop, struct range range);

static void run_half(void *frame)
{
    struct half *self = frame;
    run_range(ws_worker_self(), self->loop, self->range);
}

/* Forks the back half and runs the front one; false if it could not be forked. True: the range is
 * what is left to do, perhaps nothing. */
static bool split(ws_worker *worker, struct loop *loop, struct range *range)
{
    if (!take_credit(loop))
        return false;
    struct half back = {.loop = loop, .range = *range};
    back.range.begin += (range->end - range->begin) / 2;
    par_detail_worker *owner = &worker->forks.owner;
    par_detail_slot *base = par_detail_head(owner);
    par_detail_slot *head = par_detail_push(owner, base, run_half, &back.job);
    if (head == base) {
        return_credit(loop);
        return false;
    }
    struct range front = *range;
    front.end = back.range.begin;
    run_range(worker, loop, front);
    const bool mine = par_detail_pop(owner, &head, run_half, &back.job);
    range->begin = mine ? back.range.begin : range->end;
    return_credit(loop);
    return true;
}

static void run_range(ws_worker *worker, struct loop *loop, struct range range)
{
    while (range.begin < range.end && !is_stopped(loop)) {
        if (worker != NULL && wants_split(worker, loop, &range) && split(worker, loop, &range))
            continue;
        if (loop->grain > 0)
            run_grain(loop, &range);
        else
            run_timed(loop, &range);
    }
}

/* ---- the calls ------------------------------------------------------------------------------- */

struct call {
    struct loop *loop;
    struct range range;
};

/* Somebody is looking for work: then splitting costs no wake-up. */
static bool somebody_searches(const ws_worker *worker)
{
    return ws_state_searching(ws_load_relaxed(&worker->crew->state)) > 0;
}

static void run_inside(void *arg)
{
    const struct call *call = arg;
    par_detail_worker *self = par_detail_self_v1;
    ws_worker *worker = ws_worker_self();
    struct range range = call->range;
    range.chunk = 1;
    range.open = worker != NULL && (call->loop->grain > 0 || somebody_searches(worker));
    void *before = self->group;
    if (call->loop->group != NULL)
        self->group = call->loop->group;
    run_range(worker, call->loop, range);
    self->group = before;
}

static void run_loop(struct loop *loop, size_t begin, size_t end)
{
    if (loop->grain == 0)
        loop->grain = (size_t)ws_option_get(WS_OPTION_GRAIN);
    struct call call = {.loop = loop, .range = {.begin = begin, .end = end}};
    if (ws_outside())
        ws_outside_run(run_inside, &call);
    else
        run_inside(&call);
}

void par_for_grain(size_t begin, size_t end, size_t grain, par_range_fn *body, void *arg)
{
    if (begin >= end)
        return;
    struct loop loop = {.body = body, .arg = arg, .grain = grain, .credits = SIZE_MAX};
    run_loop(&loop, begin, end);
}

void par_for(size_t begin, size_t end, par_range_fn *body, void *arg)
{
    par_for_grain(begin, end, 0, body, arg);
}

int par_try_for(size_t begin, size_t end, par_try_range_fn *body, void *arg,
                const par_loop_options *options)
{
    const par_loop_options defaults = PAR_LOOP_OPTIONS_INIT;
    if (options == NULL)
        options = &defaults;
    if (body == NULL || options->size != sizeof *options)
        return EINVAL;
    par_detail_worker *self = par_detail_self_v1;
    ws_group group = {.asked = options->group, .around = self != NULL ? self->group : NULL};
    const size_t most = options->max_threads;
    struct loop loop = {.try_body = body,
                        .arg = arg,
                        .grain = options->grain,
                        .group = &group,
                        .credits = most == 0 ? SIZE_MAX : most - 1};
    if (begin < end)
        run_loop(&loop, begin, end);
    const int code = ws_group_code(&group);
    return code == 0 && ws_group_is_stopped(&group) ? ECANCELED : code;
}

bool par_canceled(void)
{
    const par_detail_worker *self = par_detail_self_v1;
    return self != NULL && ws_group_is_stopped(self->group);
}
