/* SPDX-License-Identifier: MIT */
/* detail.c - the out-of-line halves of the code that par/detail/worker.h inlines. */
#include "pool/sleep.h"
#include "pool/wait.h"

__thread par_detail_worker *par_detail_self_v1 __attribute__((tls_model("initial-exec")));

par_detail_worker *ws_worker_serial(void)
{
    static __thread par_detail_slot slot;
    static __thread par_detail_worker serial;
    serial.slots = &slot; /* the mask stays 0, and so does the limit: every push is slow */
    return &serial;
}

static ws_worker *worker_of(par_detail_worker *owner)
{
    return (ws_worker *)(void *)owner;
}

/* The entry stands in the spare slot: takes it back, unless a thief was quicker. */
static bool keep_without_room(ws_deque *deque, size_t b)
{
    return !ws_deque_settle(deque, b);
}

bool par_detail_push_slow_v1(par_detail_worker *owner, size_t b)
{
    if (ws_worker_is_serial(owner)) {
        owner->bottom = b;
        return false;
    }
    ws_worker *worker = worker_of(owner);
    ws_crew *crew = worker->crew;
    /* Sequentially consistent, before looking for sleepers: W1 pairs with S2 and S4. */
    ws_exchange_seq_cst(&owner->bottom, b + 1);
    if (!ws_deque_has_room(&worker->forks, b))
        return keep_without_room(&worker->forks, b);
    if (crew->count_forks)
        ws_count(&worker->counters.forked);
    ws_sleep_published(crew, worker);
    if (!crew->asymmetric || crew->count_forks || ws_sleep_is_hungry(crew))
        return true;
    ws_deque_set_limit(&worker->forks);
    if (ws_sleep_is_hungry(crew)) /* somebody asked in between: ask again for him */
        ws_deque_request(&worker->forks);
    return true;
}

bool par_detail_pop_slow_v1(par_detail_worker *owner, size_t b)
{
    return ws_deque_settle(&worker_of(owner)->forks, b);
}

/* ---- waiting for a stolen fork --------------------------------------------------------------- */

static bool is_unfinished(const ws_item *item, const void *ctx)
{
    const par_detail_job *job = ctx;
    (void)item;
    return !ws_latch_is_set(&job->state);
}

/* Takes back from the thief of the job: what lies above its mark while the job is unfinished was
 * forked by the job. That it is unfinished is asked after the entry has been read. */
static bool leapfrog(ws_worker *worker, void *ctx)
{
    const par_detail_job *job = ctx;
    ws_work work;
    size_t mark;
    ws_worker *thief = ws_job_thief(job, &mark);
    if (thief == NULL || !ws_deque_steal(&thief->forks, &work.item, mark, is_unfinished, job))
        return false;
    work.forker = thief;
    ws_count(&worker->counters.stolen[ws_worker_distance(worker, thief)]);
    ws_worker_run(worker, work);
    return true;
}

static bool help_any(ws_worker *worker, void *ctx)
{
    ws_work work;
    if (leapfrog(worker, ctx))
        return true;
    if (!ws_worker_find(worker, &work))
        return false;
    ws_worker_run(worker, work);
    return true;
}

void par_detail_wait_v1(par_detail_worker *owner, par_detail_job *job)
{
    ws_worker *worker = worker_of(owner);
    ws_wait(worker, &job->state, worker->crew->wait_any ? help_any : leapfrog, job);
}
