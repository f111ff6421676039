/* SPDX-License-Identifier: MIT */
/* detail.c - the out-of-line halves of the code that par/detail inlines. */
#include "pool/detail.h"
#include "base/log.h"
#include "pool/settle.h"
#include "pool/sleep.h"
#include "pool/wait.h"

#include <par/detail/task.h>

__thread par_detail_worker *par_detail_self_v1 __attribute__((tls_model("initial-exec")));

par_detail_worker *ws_worker_serial(void)
{
    static __thread par_detail_slot slots[2]; /* the one below is only looked at */
    static __thread par_detail_worker serial;
    serial.bottom = (size_t)&slots[1];
    serial.private_from = SIZE_MAX; /* limit stays 0: every push and pop is slow */
    serial.serial = 1;
    ws_settle_init();
    return &serial;
}

static ws_worker *worker_of(par_detail_worker *owner)
{
    return (ws_worker *)(void *)owner;
}

/* ---- pushing --------------------------------------------------------------------------------- */

/* Answers requests, and wakes whom the push may be of use to. */
static void answer(ws_worker *worker)
{
    ws_crew *crew = worker->crew;
    ws_forks *forks = &worker->forks;
    if (crew->asymmetric && !crew->count_forks) {
        ws_forks_set_limit(forks); /* before publishing: what is asked later stays asked */
        ws_sleep_forget(crew);
    }
    if (!ws_forks_has_public(forks))
        ws_forks_publish(forks);
    /* Sequentially consistent, before looking for sleepers: W1 pairs with S2 and S4. */
    ws_exchange_seq_cst(&forks->owner.bottom, forks->owner.bottom);
    ws_sleep_published(crew, worker);
    if (ws_sleep_must_ask(crew))
        ws_forks_request(forks); /* on behalf of those who sleep */
}

bool par_detail_push_slow_v1(par_detail_worker *owner, par_detail_slot *head)
{
    ws_worker *worker = worker_of(owner);
    if (ws_worker_is_serial(owner) || !ws_forks_has_room(&worker->forks, head)) {
        ws_store_release(&owner->bottom, (size_t)head); /* out of the spare slot again */
        ws_settle_note_refused(owner, head);
        return false;
    }
    if (worker->crew->count_forks)
        ws_count(&worker->counters.forked);
    answer(worker);
    return true;
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
    if (thief == NULL)
        return false;
    if (!ws_forks_steal(&thief->forks, &work.item, mark, is_unfinished, job)) {
        ws_forks_request(&thief->forks);
        return false;
    }
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

void ws_detail_wait(ws_worker *worker, par_detail_job *job)
{
    ws_wait(worker, &job->state, worker->crew->wait_any ? help_any : leapfrog, job);
}

void par_detail_settle_v1(par_detail_worker *owner, par_detail_slot *head, par_detail_run_fn *fn,
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
    if (ws_forks_settle(&worker->forks, head)) {
        fn(job);
        return;
    }
    ws_detail_wait(worker, job);
    ws_settle_end(job);
}

/* ---- names that only have a type ------------------------------------------------------------- */

void par_detail_here_v1(void)
{
}

void par_detail_head_v1(void)
{
}

void par_detail_misused_v1(const char *task, const char *what)
{
    ws_log_die("task %s: %s", task, what);
}
