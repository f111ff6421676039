/* SPDX-License-Identifier: MIT */
/* loop.c - the calls that run loops: how one begins, in which pool, and what it returns. How a
 * range is run is in range.h, and how a loop is cut for the threads of a pool in slices.h. */
#include <par/loop.h>

#include "base/option.h"
#include "scope/outside.h"
#include "scope/slices.h"

#include <errno.h>

/* ---- the calls ------------------------------------------------------------------------------- */

struct call {
    ws_loop loop;
    size_t begin;
    size_t end;
    par_schedule schedule;
};

/* Somebody is looking for work: then splitting costs no wake-up. */
static bool somebody_searches(const ws_worker *worker)
{
    return ws_state_searching(ws_load_relaxed(&worker->crew->state)) > 0;
}

/* An outermost loop has the pool to itself; an inner one has a share of it, which is not a matter
 * of thread numbers. */
static bool wants_slices(const ws_worker *worker, par_schedule schedule)
{
    if (schedule == PAR_SCHEDULE_DEFAULT)
        return ws_forks_height(&worker->forks) == 0;
    return schedule != PAR_SCHEDULE_DYNAMIC;
}

static void run_alone(ws_loop *loop, ws_range range)
{
    if (loop->group == NULL && loop->grain == 0)
        loop->grain = SIZE_MAX; /* nobody to share with, and nothing that could stop it */
    ws_range_run(NULL, loop, range);
}

static void run_on(ws_worker *worker, struct call *call)
{
    enum { WAKE_NS = 10000, SHARE_NS = 2000, FEW = 32 };
    ws_loop *loop = &call->loop;
    ws_range range = {.begin = call->begin, .end = call->end, .chunk = 1};
    if (worker == NULL || worker->crew->threads == 1) {
        run_alone(loop, range);
        return;
    }
    const bool searched = somebody_searches(worker);
    loop->worth_ns = searched ? SHARE_NS : WAKE_NS;
    range.open = loop->grain > 0 || call->schedule == PAR_SCHEDULE_STATIC ||
                 (searched && range.end - range.begin <= FEW);
    ws_range_run_closed(loop, &range);
    if (range.begin < range.end && wants_slices(worker, call->schedule))
        ws_slices_run(worker, loop, range);
    else
        ws_range_run(worker, loop, range);
}

static void run_pieces(void *arg)
{
    run_on(ws_worker_self(), arg);
}

static void run_inside(void *arg)
{
    struct call *call = arg;
    par_detail_worker *self = par_detail_self_v1;
    void *before = self->group;
    if (call->loop.group != NULL)
        self->group = call->loop.group;
    ws_first_run(call->loop.first, run_pieces, call);
    self->group = before;
}

/* Asked when a panic begins in a piece: others stop at once. */
static bool may_be_first(void *group, int code)
{
    return ws_group_claim(group, code);
}

static void run_loop(struct call *call)
{
    if (call->loop.grain == 0)
        call->loop.grain = (size_t)ws_option_get(WS_OPTION_GRAIN);
    call->loop.chunk = 1;
    call->loop.splits = call->schedule != PAR_SCHEDULE_STATIC;
    if (ws_outside())
        ws_outside_run_safe(run_inside, call);
    else
        run_inside(call);
}

void par_for_grain(size_t begin, size_t end, size_t grain, par_range_fn *body, void *arg)
{
    if (begin >= end)
        return;
    ws_first first;
    ws_first_init(&first, NULL, NULL);
    struct call call = {
        .loop = {.body = body, .arg = arg, .grain = grain, .credits = SIZE_MAX, .first = &first},
        .begin = begin,
        .end = end,
    };
    run_loop(&call);
    ws_first_raise(&first);
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
    if (body == NULL || options->size != sizeof *options ||
        options->schedule < PAR_SCHEDULE_DEFAULT || options->schedule > PAR_SCHEDULE_AFFINITY)
        return EINVAL;
    const par_detail_worker *self = par_detail_self_v1;
    ws_group group = {.asked = options->group,
                      .around = self != NULL ? self->group : ws_group_outside};
    const size_t most = options->max_threads;
    ws_first first;
    ws_first_init(&first, may_be_first, &group);
    struct call call = {
        .loop = {.try_body = body,
                 .arg = arg,
                 .grain = options->grain,
                 .group = &group,
                 .credits = most == 0 ? SIZE_MAX : most - 1,
                 .first = &first},
        .begin = begin,
        .end = end,
        .schedule = options->schedule,
    };
    if (begin < end)
        run_loop(&call);
    ws_first_get(&first, options->failure); /* its code is that of the group */
    const int code = ws_group_code(&group);
    return code == 0 && ws_group_is_stopped(&group) ? ECANCELED : code;
}

bool par_canceled(void)
{
    const par_detail_worker *self = par_detail_self_v1;
    return self != NULL && ws_group_is_stopped(self->group);
}
