/* SPDX-License-Identifier: MIT */
/* worker_steps.h - the seats of eight workers on a drawn machine, and steps of theirs that are
 * checked as they are made, by one thread. */
#ifndef TESTS_POOL_WORKER_STEPS_H
#define TESTS_POOL_WORKER_STEPS_H

#include "pool/bare_crew.h"

#include <criterion/criterion.h>

static bare_crew bare;
static ws_crew *const crew = &bare.crew;

static inline void make_eight(void)
{
    bare_crew_make(&bare, 8, 4, false);
}

static inline void end_eight(void)
{
    bare_crew_free(&bare);
}

static inline ws_worker *at(size_t index)
{
    return ws_worker_at(crew, index);
}

/* ---- forks and tasks to find ---- */

static inline void run_nothing(void *frame)
{
    (void)frame;
}

static inline void push_fork(ws_worker *worker, par_detail_job *job)
{
    par_detail_slot *head = par_detail_head(&worker->forks.owner);
    cr_assert_eq(par_detail_push(&worker->forks.owner, head, run_nothing, job), head + 1);
}

static inline void push_task(ws_worker *worker, const ws_task *task)
{
    cr_assert(ws_deque_push(&worker->tasks, ws_task_item(task)));
}

static inline void pop_fork(ws_worker *worker, par_detail_job *job)
{
    par_detail_slot *base = par_detail_head(&worker->forks.owner) - 1;
    if (par_detail_pop(&worker->forks.owner, base, run_nothing, job))
        run_nothing(job);
}

/* What the join of a fork does that was stolen and has ended. */
static inline void finish(ws_worker *worker, par_detail_job *job)
{
    par_detail_slot *base = par_detail_head(&worker->forks.owner) - 1;
    ws_latch_set(&job->state);
    cr_assert_not(par_detail_pop(&worker->forks.owner, base, run_nothing, job));
}

static inline const par_detail_job *found_fork(const ws_work *work)
{
    return work->forker == NULL ? NULL : (const par_detail_job *)work->item.second;
}

static inline const ws_task *found_task(const ws_work *work)
{
    return work->forker != NULL ? NULL : (const ws_task *)work->item.first;
}

/* ---- what is counted, and who was woken ---- */

static inline void assert_state(size_t running, size_t searching)
{
    const size_t state = ws_load_acquire(&crew->state);
    cr_assert_eq(ws_state_running(state), running, "%zu run", ws_state_running(state));
    cr_assert_eq(ws_state_searching(state), searching, "%zu search", ws_state_searching(state));
    cr_assert_eq(ws_state_members(state), 0);
    cr_assert_eq(state & WS_CLOSING, 0);
}

/* The one that has been woken since the last time; NULL: nobody. */
static inline ws_worker *woken(void)
{
    ws_worker *found = NULL;
    for (size_t i = 0; i < crew->max_threads; i++) {
        ws_worker *worker = at(i);
        if (worker == NULL || !bare_crew_was_woken(worker))
            continue;
        cr_assert_null(found, "two were woken");
        cr_assert_not(bare_crew_sleeps(worker));
        found = worker;
    }
    return found;
}

#endif
