/* SPDX-License-Identifier: MIT */
#include "pool/hire.h"

#include "base/thread.h"
#include "pool/process.h"
#include "pool/sleep.h"
#include "pool/wait.h"

#include <sched.h>
#include <stdio.h>

/* ---- the life of a thread -------------------------------------------------------------------- */

static bool is_surplus(const ws_crew *crew)
{
    return ws_state_running(ws_load_relaxed(&crew->state)) > crew->threads;
}

/* Searchers cost the searched: no more of them than half of those who work, but one; and no second
 * one where threads share cores. The others may sleep: whoever finds something wakes the next. */
static bool are_too_many(const ws_crew *crew)
{
    const size_t state = ws_load_relaxed(&crew->state);
    const size_t searching = ws_state_searching(state);
    const size_t busy = ws_state_running(state) - searching;
    return searching > 1 && (crew->spin_ns == 0 || searching > busy / 2 + 1);
}

/* Whether to search once more. While anyone has private forks the spin does not end. */
static bool looks_on(ws_worker *worker, ws_spin *spin, uint64_t *since)
{
    if (are_too_many(worker->crew))
        return false;
    const bool spins = ws_spin_once(worker->crew, spin);
    const bool insists = ws_worker_insist(worker, since);
    if (insists && !spins)
        sched_yield(); /* the owner may be waiting for this core */
    return spins || insists;
}

/* True: there is something to run, or mail has come. */
static bool search(ws_worker *worker, ws_work *work)
{
    ws_spin spin = {0};
    uint64_t since = 0;
    const ws_crew *crew = worker->crew;
    do {
        if (ws_worker_has_mail(worker)) {
            work->item.first = 0;
            return true;
        }
        if (is_surplus(crew))
            return false;
        if (ws_worker_find(worker, work))
            return true;
    } while (ws_load_relaxed(&crew->ending) == 0 && looks_on(worker, &spin, &since));
    return false;
}

static void work_on(ws_worker *worker, ws_work work)
{
    if (work.item.first != 0)
        ws_worker_run(worker, work);
    while (ws_worker_open_mail(worker))
        ;
    if (ws_process_is_stale(worker->crew))
        ws_process_refuse(worker->crew);
}

static void work_until_end(ws_worker *worker)
{
    const ws_crew *crew = worker->crew;
    for (;;) {
        ws_work work;
        if (search(worker, &work)) {
            ws_sleep_found(worker);
            work_on(worker, work);
            ws_sleep_search(worker);
        } else if (ws_load_acquire(&crew->ending) != 0)
            return;
        else
            ws_sleep_wait(worker);
    }
}

/* The thread goes to its place, and its queues with it: none of their pages exists yet. */
static void settle(ws_worker *worker)
{
    const ws_placement *placement = worker->crew->placement;
    ws_placement_enter(placement, worker->index);
    ws_placement_memory(placement, worker->index, worker->forks.slots,
                        worker->forks.capacity * sizeof(par_detail_slot));
    ws_placement_memory(placement, worker->index, worker->tasks.slots,
                        worker->tasks.capacity * sizeof(par_detail_slot));
}

static void *live(void *arg)
{
    ws_worker *worker = arg;
    ws_crew *crew = worker->crew;
    pthread_mutex_lock(&crew->lock); /* until the crew is complete */
    pthread_mutex_unlock(&crew->lock);
    if (worker->index < crew->threads)
        settle(worker);
    char name[sizeof crew->name + 24];
    snprintf(name, sizeof name, "%s-%zu", crew->name, worker->index);
    ws_thread_name(name);
    ws_worker_seat(worker);
    par_detail_self_v1 = &worker->forks.owner;
    if (crew->on_start != NULL)
        crew->on_start(worker->index, crew->handler_arg);
    work_until_end(worker);
    if (crew->on_exit != NULL)
        crew->on_exit(worker->index, crew->handler_arg);
    par_detail_self_v1 = NULL;
    ws_add_seq_cst(&crew->state, -(WS_RUNNING + WS_SEARCHING));
    return NULL;
}

/* ---- giving it to a seat --------------------------------------------------------------------- */

int ws_hire_thread(ws_worker *worker)
{
    return ws_thread_start(&worker->thread, worker->crew->stack_size, live, worker);
}

static ws_worker *hire_locked(ws_crew *crew, ws_mail *mail)
{
    if (ws_load_relaxed(&crew->ending) != 0)
        ws_store_relaxed(&crew->spares_left, 0);
    if (ws_load_relaxed(&crew->spares_left) == 0)
        return NULL;
    const size_t made = ws_load_relaxed(&crew->spares_made);
    ws_worker *spare = ws_worker_make(crew, crew->threads + WS_GUESTS + made);
    if (spare != NULL && mail != NULL)
        ws_worker_send(spare, mail);
    if (spare == NULL || ws_hire_thread(spare) != 0) {
        ws_store_relaxed(&crew->spares_left, 0);
        return NULL;
    }
    ws_add_seq_cst(&crew->spares_left, (size_t)-1);
    ws_store_release(&crew->spares_made, made + 1);
    return spare;
}

static ws_worker *hire(ws_crew *crew, ws_mail *mail)
{
    pthread_mutex_lock(&crew->lock);
    ws_worker *spare = hire_locked(crew, mail);
    pthread_mutex_unlock(&crew->lock);
    return spare;
}

bool ws_hire_spare(ws_crew *crew)
{
    return hire(crew, NULL) != NULL;
}

ws_worker *ws_hire_for(ws_crew *crew, ws_mail *mail)
{
    ws_add_seq_cst(&crew->state, WS_RUNNING + WS_SEARCHING);
    ws_worker *spare = hire(crew, mail);
    if (spare == NULL)
        ws_add_seq_cst(&crew->state, -(WS_RUNNING + WS_SEARCHING));
    return spare;
}
