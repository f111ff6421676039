/* SPDX-License-Identifier: MIT */
#include "pool/settle.h"

#include "pool/detail.h"
#include "pool/member.h"

#include <stdlib.h>

/* ---- forks that were refused ----------------------------------------------------------------- */

static ws_worker *worker_of(par_detail_worker *owner)
{
    return (ws_worker *)(void *)owner;
}

static void hold(par_detail_worker *owner)
{
    if (ws_worker_is_serial(owner))
        return; /* all of its pops are slow anyway */
    ws_forks *forks = &worker_of(owner)->forks;
    ws_forks_hold(forks);
    if (forks->holds == 1)
        ws_forks_expose(forks);
}

static void release(par_detail_worker *owner)
{
    if (!ws_worker_is_serial(owner))
        ws_forks_release(&worker_of(owner)->forks);
}

void ws_settle_note_refused(par_detail_worker *owner, const par_detail_slot *head)
{
    const ws_item item = ws_item_read(head);
    par_detail_job *job = (par_detail_job *)item.second;
    job->mark = (size_t)ws_panic_refused;
    job->group = (void *)item.first;
    ws_panic_refused = job;
    hold(owner);
}

void ws_settle_forget(par_detail_worker *owner, par_detail_job *job)
{
    par_detail_job *newer = NULL;
    for (par_detail_job *at = ws_panic_refused; at != job; at = (par_detail_job *)at->mark)
        newer = at;
    if (newer != NULL)
        newer->mark = job->mark;
    else
        ws_panic_refused = (par_detail_job *)job->mark;
    job->group = NULL; /* nothing is left behind */
    release(owner);
}

/* ---- one fork -------------------------------------------------------------------------------- */

struct settled {
    par_detail_run_fn *fn;
    par_detail_job *job;
};

static void call_settled(void *arg)
{
    const struct settled *self = arg;
    self->fn(self->job);
}

/* Runs it as if for its own join, and leaves in it how it ended. */
static void run_settled(par_detail_worker *owner, par_detail_run_fn *fn, par_detail_job *job,
                        void *group)
{
    ws_catch catch;
    struct settled settled = {fn, job};
    void *before = owner->group;
    owner->group = group;
    const bool failed = ws_panic_catch(&catch, call_settled, &settled);
    owner->group = before;
    job->group = NULL;
    if (failed)
        ws_panic_leave(job, &catch.failure);
    ws_latch_set(&job->state); /* nobody sleeps for it */
}

/* Takes the newest entry out and leaves no trace of it. False: it is stolen. */
static bool pop_newest(ws_worker *worker, par_detail_slot *newest)
{
    par_detail_worker *owner = &worker->forks.owner;
    ws_store_release(&owner->bottom, (size_t)newest);
    PAR_DETAIL_COMPILER_BARRIER();
    const bool mine = (size_t)newest >= ws_load_relaxed(&owner->private_from) ||
                      ws_forks_settle(&worker->forks, newest);
    ws_store_relaxed(&newest->frame, 0);
    return mine;
}

/* Takes the newest fork out, and runs it unless it is stolen. */
static par_detail_job *settle_newest(ws_worker *worker, bool *is_stolen)
{
    par_detail_worker *owner = &worker->forks.owner;
    par_detail_slot *newest = par_detail_head(owner) - 1;
    const ws_item item = ws_item_read(newest);
    par_detail_job *job = (par_detail_job *)item.second;
    *is_stolen = !pop_newest(worker, newest);
    if (!*is_stolen)
        run_settled(owner, (par_detail_run_fn *)item.first, job, job->group);
    return job;
}

/* ---- stolen forks that stand in no deque ----------------------------------------------------- */

struct ws_loose {
    struct ws_loose *older;
    par_detail_job *job;
};

/* Leaves the wait for a stolen fork, which was taken out of the deque, to its own join. False
 * without memory: it must be waited for at once. */
static bool loosen(par_detail_job *job)
{
    ws_loose *loose = malloc(sizeof *loose);
    if (loose == NULL)
        return false;
    *loose = (ws_loose){ws_panic_loose, job};
    ws_panic_loose = loose;
    return true;
}

/* True if the fork was loose: it is no more, and not waited for. */
static bool take_loose(const par_detail_job *job)
{
    ws_loose *newer = NULL;
    ws_loose *at = ws_panic_loose;
    while (at != NULL && at->job != job) {
        newer = at;
        at = at->older;
    }
    if (at == NULL)
        return false;
    if (newer != NULL)
        newer->older = at->older;
    else
        ws_panic_loose = at->older;
    free(at);
    return true;
}

/* Whether cleanups run for a panic on its way to this catch or to one around it, and the forks of
 * the worker are hidden meanwhile. */
static bool is_hidden(const ws_catch *catch, const ws_worker *worker)
{
    while (catch != NULL && catch->hidden != worker)
        catch = catch->around;
    return catch != NULL;
}

/* ---- ending forks in any order --------------------------------------------------------------- */

void ws_settle_end(par_detail_job *job)
{
    par_failure failure;
    if (PAR_UNLIKELY(job->group != NULL) && ws_panic_take(job, &failure))
        ws_panic_raise(&failure);
}

/* Adds what the job left behind to *failure, whose code is 0 until there is one. */
static void gather(par_failure *failure, par_detail_job *job)
{
    par_failure next;
    if (!ws_panic_take(job, &next))
        return;
    if (failure->code == 0)
        *failure = next;
    else
        failure->suppressed += 1 + next.suppressed;
}

bool ws_settle_is_over(const par_detail_worker *owner, const par_detail_job *job)
{
    if (ws_load_relaxed(&job->state) != PAR_DETAIL_DONE)
        return false;
    return ws_worker_is_serial(owner) ||
           is_hidden(ws_panic_target(), (const ws_worker *)(const void *)owner);
}

static bool stands_below(const par_detail_worker *owner, const par_detail_slot *next,
                         const par_detail_job *job)
{
    return (size_t)next <= owner->bottom && ws_load_relaxed(&next[-1].frame) == (size_t)job;
}

/* Runs forks from the newest down to the one of `job`, for their own joins; stolen ones are left to
 * those, but for the last. */
static void settle_down_to(ws_worker *worker, par_detail_job *job)
{
    par_failure failure;
    par_detail_job *newest;
    failure.code = 0;
    do {
        bool is_stolen;
        newest = settle_newest(worker, &is_stolen);
        if (is_stolen && newest != job && loosen(newest))
            continue;
        if (is_stolen)
            ws_detail_wait(worker, newest);
        gather(&failure, newest);
    } while (newest != job);
    if (failure.code != 0)
        ws_panic_raise(&failure);
}

void par_detail_reclaim_v1(par_detail_worker *owner, par_detail_slot *next, par_detail_run_fn *fn,
                           par_detail_job *job)
{
    ws_worker *worker = worker_of(owner);
    if (ws_load_relaxed(&job->state) == PAR_DETAIL_UNFORKED) { /* by this thread, if at all */
        ws_settle_forget(owner, job);
        fn(job);
        return;
    }
    if (ws_settle_is_over(owner, job))
        return;
    if (stands_below(owner, next, job)) {
        settle_down_to(worker, job);
    } else if (take_loose(job)) {
        ws_detail_wait(worker, job);
        ws_settle_end(job);
    } /* else an older join has ended it */
}

/* ---- for a panic ----------------------------------------------------------------------------- */

static void settle_refused(ws_catch *catch, par_detail_worker *owner)
{
    while (ws_panic_refused != catch->refused) {
        par_detail_job *job = ws_panic_refused;
        par_detail_run_fn *fn = (par_detail_run_fn *)(size_t)job->group;
        ws_settle_forget(owner, job);
        run_settled(owner, fn, job, owner->group);
        gather(&catch->failure, job);
    }
}

/* Where the forks above the catch begin. A seat that was taken since then was empty. */
static par_detail_slot *mark_of(const ws_catch *catch, const ws_worker *worker)
{
    const bool is_same = catch->self == &worker->forks.owner;
    return is_same ? (par_detail_slot *)catch->bottom : worker->forks.slots;
}

/* Whose forks stand above the catch. In a child of fork the thread sits nowhere, but what it forked
 * in the parent's seat is its own still (F1 of process.h). */
static par_detail_worker *owner_above(const ws_catch *catch)
{
    return par_detail_self_v1 != NULL ? par_detail_self_v1 : catch->self;
}

static void settle(ws_catch *catch)
{
    par_detail_worker *owner = owner_above(catch);
    if (owner == NULL)
        return;
    settle_refused(catch, owner);
    if (ws_worker_is_serial(owner))
        return;
    ws_worker *worker = worker_of(owner);
    const par_detail_slot *mark = mark_of(catch, worker);
    while (par_detail_head(owner) > mark) {
        bool is_stolen;
        par_detail_job *job = settle_newest(worker, &is_stolen);
        if (is_stolen)
            ws_detail_wait(worker, job);
        gather(&catch->failure, job);
    }
    while (ws_panic_loose != catch->loose) {
        par_detail_job *job = ws_panic_loose->job;
        take_loose(job);
        ws_detail_wait(worker, job);
        gather(&catch->failure, job);
    }
}

static void hide(ws_catch *catch)
{
    par_detail_worker *owner = owner_above(catch);
    if (owner == NULL || ws_worker_is_serial(owner) || is_hidden(catch->around, worker_of(owner)))
        return;
    ws_worker *worker = worker_of(owner);
    ws_forks_hold(&worker->forks);
    ws_forks_hide(&worker->forks, mark_of(catch, worker));
    catch->hidden = worker;
}

static void show(ws_catch *catch)
{
    ws_worker *worker = catch->hidden;
    if (worker == NULL)
        return;
    catch->hidden = NULL;
    ws_store_release(&worker->forks.owner.bottom, (size_t)mark_of(catch, worker));
    if (worker->forks.holds > 1)
        ws_forks_expose(&worker->forks);
    ws_forks_release(&worker->forks);
}

void ws_settle_leave(ws_worker *worker)
{
    ws_catch *catch = ws_panic_target();
    if (catch != NULL && catch->hidden == worker)
        show(catch);
}

static void land(ws_catch *catch)
{
    show(catch);
    if (par_detail_self_v1 != NULL && par_detail_self_v1 != catch->self)
        ws_member_leave_seat(par_detail_self_v1); /* it was outside, and entered by inlined code */
    if (catch->self == NULL)
        return;
    ws_store_release(&catch->self->bottom, catch->bottom);
    catch->self->group = catch->group;
}

void ws_settle_init(void)
{
    static const ws_panic_hooks hooks = {settle, hide, land};
    ws_panic_set_hooks(&hooks);
}
