/* SPDX-License-Identifier: MIT */
#include "pool/wait.h"

#include "base/blocker.h"
#include "base/clock.h"
#include "base/log.h"
#include "job/job.h"
#include "pool/process.h"
#include "pool/sleep.h"

#include <sched.h>

bool ws_spin_once(const ws_crew *crew, ws_spin *spin)
{
    enum { PAUSES = 8, ROUNDS_A_LOOK = 8 };
    if (crew->spin_ns == 0)
        return false;
    for (int i = 0; i < PAUSES; i++)
        ws_pause();
    if (++spin->rounds % ROUNDS_A_LOOK != 1)
        return true;
    const uint64_t now = ws_clock_ns();
    if (spin->until == 0)
        spin->until = now + crew->spin_ns;
    return now < spin->until;
}

/* ---- broadcasts ------------------------------------------------------------------------------ */

/* Makes a call that somebody waits for, as a thread of this pool or of one further out. */
static bool make_call(ws_worker *worker)
{
    par_detail_worker *here = par_detail_self_v1;
    bool made = ws_worker_open_mail(worker);
    for (par_detail_worker *owner = worker->outer; !made && owner != NULL && owner->serial == 0;) {
        ws_worker *seat = (ws_worker *)(void *)owner;
        par_detail_self_v1 = owner;
        made = ws_worker_open_mail(seat);
        owner = seat->outer;
    }
    par_detail_self_v1 = here;
    return made;
}

/* ---- sleeping -------------------------------------------------------------------------------- */

/* A child that was taken may need the lock. It says so once. */
static void warn_of_locks(const ws_blocker *self)
{
    static size_t told;
    if (self->locks != 0 && ws_load_relaxed(&told) == 0 && ws_cas_acq_rel(&told, 0, 1))
        ws_log("a thread sleeps in a join, a loop or a scope while it holds a lock: if a task that "
               "it waits for needs the lock, neither goes on");
}

/* The latch of a job names who runs it; that of anything else names nobody. */
static ws_blocker *holder_of(const size_t *latch)
{
    const size_t state = ws_load_acquire(latch);
    const ws_worker *thief = (const ws_worker *)(state & ~WS_JOB_FLAGS);
    return thief == NULL ? NULL : (ws_blocker *)ws_load_acquire(&thief->blocker);
}

static void park(ws_worker *worker, const size_t *latch)
{
    ws_blocker *self = ws_worker_blocker(worker);
    if (self == NULL) {
        ws_park(&worker->parker);
        return;
    }
    warn_of_locks(self);
    ws_blocker_join(self, holder_of(latch), latch);
    ws_park(&worker->parker);
    ws_blocker_end_join(self);
}

/* Until the latch is set, or a token comes for another reason: then the caller helps again. */
static void sleep_for(ws_worker *worker, size_t *latch, ws_wait_help *help, void *ctx)
{
    ws_forks_publish_all(&worker->forks);
    if (!ws_latch_fall_asleep(latch))
        return;
    if (!help(worker, ctx)) { /* what was made before the latch told of a sleeper */
        ws_sleep_lend(worker);
        ws_count(&worker->counters.parked);
        park(worker, latch);
        ws_sleep_take_back(worker);
    }
    ws_latch_get_up(latch);
}

/* What wakes a thread in a pool further out does not wake it here. */
static void sleep_or_yield(ws_worker *worker, size_t *latch, ws_wait_help *help, void *ctx)
{
    if (worker->outer != NULL && ws_latch_is_broadcast(latch))
        sched_yield();
    else
        sleep_for(worker, latch, help, ctx);
}

void ws_wait(ws_worker *worker, size_t *latch, ws_wait_help *help, void *ctx)
{
    ws_spin spin = {0};
    while (!ws_latch_is_set(latch)) {
        if (help(worker, ctx) || (ws_latch_is_broadcast(latch) && make_call(worker)))
            spin = (ws_spin){0};
        else if (ws_process_is_stale(worker->crew))
            ws_process_refuse(worker->crew);
        else if (!ws_spin_once(worker->crew, &spin))
            sleep_or_yield(worker, latch, help, ctx);
    }
}

/* Both sides look at the other's word after their own, all four sequentially consistent: the waiter
 * falls asleep (the latch's compare-and-swap) and then looks for work, this one has made work and
 * then looks for a sleeper. So one of them sees the other. */
void ws_wait_tell(ws_worker *worker, const size_t *latch)
{
    if (ws_latch_has_sleeper(latch))
        ws_unpark(&worker->parker);
}

bool ws_wait_for_nothing(ws_worker *worker, void *ctx)
{
    (void)worker;
    (void)ctx;
    return false;
}
