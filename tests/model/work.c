/* SPDX-License-Identifier: MIT */
#include "work.h"

enum { NONE = WORK_MOST };

static struct {
    par_detail_job jobs[WORK_MOST];
    ws_task tasks[WORK_MOST];
    model_event begun[WORK_MOST];
    size_t needs[WORK_MOST];
} state;

void work_make(size_t n)
{
    model_keep(&state, sizeof state);
    model_items(n);
    for (size_t i = 0; i < n; i++) {
        state.needs[i] = NONE;
        model_name(&state.jobs[i], sizeof state.jobs[i], "fork %zu", i);
        model_name(&state.tasks[i], sizeof state.tasks[i], "task %zu", i);
        model_name(&state.begun[i], sizeof state.begun[i], "the begin of item %zu", i);
    }
}

void work_needs(size_t item, size_t other)
{
    state.needs[item] = other;
}

static void run(size_t item)
{
    model_took(item);
    model_post(&state.begun[item]);
    if (state.needs[item] != NONE)
        model_await(&state.begun[state.needs[item]], 1);
}

static void run_fork(void *frame)
{
    const par_detail_job *job = frame;
    run((size_t)(job - state.jobs));
}

static void run_task(ws_task *task)
{
    run((size_t)(task - state.tasks));
}

void work_fork(ws_worker *worker, size_t item)
{
    par_detail_worker *owner = &worker->forks.owner;
    par_detail_push(owner, par_detail_head(owner), run_fork, &state.jobs[item]);
}

void work_join(ws_worker *worker, size_t item)
{
    par_detail_worker *owner = &worker->forks.owner;
    if (par_detail_pop(owner, par_detail_head(owner) - 1, run_fork, &state.jobs[item]))
        run_fork(&state.jobs[item]);
}

void work_end_of_frame(size_t item)
{
    model_end_of(&state.jobs[item], sizeof state.jobs[item]);
}

void work_spawn(ws_worker *worker, size_t item)
{
    state.tasks[item].run = run_task;
    model_assert(ws_deque_push(&worker->tasks, ws_task_item(&state.tasks[item])));
    ws_sleep_published(worker->crew, worker);
}

void work_inject(size_t item)
{
    state.tasks[item].run = run_task;
    ws_injector_push(&the_crew->injector, &state.tasks[item].link);
    ws_sleep_published(the_crew, NULL);
}

void work_await_begin(size_t item)
{
    model_await(&state.begun[item], 1);
}

void work_find_and_run(ws_worker *worker)
{
    ws_work work;
    if (ws_worker_find(worker, &work))
        ws_worker_run(worker, work);
}
