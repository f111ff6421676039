/* SPDX-License-Identifier: MIT */
#include "pool/worker.h"

#include "base/blocker.h"
#include "base/clock.h"
#include "base/memory.h"
#include "job/panic.h"
#include "pool/settle.h"

enum {
    FORKS_CAPACITY = 1 << 16,
    TASKS_CAPACITY = 1 << 16,
    INJECTOR_TURN =
        61 /* every so many searches the injector comes first, so that it is not starved */
};

/* ---- making a seat --------------------------------------------------------------------------- */

static bool init_queues(ws_worker *worker, const ws_crew *crew)
{
    if (ws_forks_init(&worker->forks, FORKS_CAPACITY, crew->asymmetric) != 0)
        return false;
    if (ws_deque_init(&worker->tasks, TASKS_CAPACITY) == 0)
        return true;
    ws_forks_fini(&worker->forks);
    return false;
}

ws_worker *ws_worker_make(ws_crew *crew, size_t index)
{
    ws_worker *worker = ws_worker_at(crew, index);
    if (worker != NULL)
        return worker;
    worker = ws_memory_new(sizeof *worker);
    if (worker == NULL)
        return NULL;
    ws_settle_init();
    if (!init_queues(worker, crew)) {
        ws_memory_delete(worker);
        return NULL;
    }
    worker->crew = crew;
    worker->index = index;
    worker->home = index % crew->placement->threads;
    worker->last_victim = index;
    ws_random_seed(&worker->random, index);
    ws_parker_init(&worker->parker);
    /* Release: who finds the seat finds it made. */
    ws_store_release(&crew->workers[index], (size_t)worker);
    return worker;
}

void ws_worker_free(ws_worker *worker)
{
    if (worker == NULL)
        return;
    ws_parker_fini(&worker->parker);
    ws_deque_fini(&worker->tasks);
    ws_forks_fini(&worker->forks);
    ws_memory_delete(worker);
}

/* ---- all seats ------------------------------------------------------------------------------- */

/* The seats in use are three runs of indices: own threads, guests, spares. The i-th of them all. */
static ws_worker *seat(const ws_crew *crew, size_t i, size_t guests)
{
    if (i < crew->threads + guests)
        return ws_worker_at(crew, i);
    return ws_worker_at(crew, i - guests + WS_GUESTS);
}

static size_t seats(const ws_crew *crew, size_t *guests)
{
    *guests = ws_load_acquire(&crew->guests_made);
    return crew->threads + *guests + ws_load_acquire(&crew->spares_made);
}

bool ws_crew_has_work(const ws_crew *crew)
{
    size_t guests;
    const size_t n = seats(crew, &guests);
    for (size_t i = 0; i < n; i++) {
        const ws_worker *worker = seat(crew, i, guests);
        if (worker != NULL &&
            (!ws_forks_is_empty(&worker->forks) || !ws_deque_is_empty(&worker->tasks)))
            return true;
    }
    return !ws_injector_is_empty(&crew->injector);
}

void ws_crew_request(const ws_crew *crew)
{
    size_t guests;
    const size_t n = seats(crew, &guests);
    for (size_t i = 0; i < n; i++) {
        ws_worker *worker = seat(crew, i, guests);
        if (worker != NULL)
            ws_forks_request(&worker->forks);
    }
}

/* ---- finding work ---------------------------------------------------------------------------- */

unsigned ws_worker_distance(const ws_worker *worker, const ws_worker *other)
{
    const size_t threads = worker->crew->threads;
    if (worker->index >= threads || other->index >= threads)
        return PAR_DISTANCE_REMOTE;
    const ws_place *places = worker->crew->placement->places;
    return ws_topology_distance(places[worker->index].pu, places[other->index].pu);
}

static bool steal_from(ws_worker *worker, ws_worker *victim, ws_work *work)
{
    if (victim == NULL || victim == worker)
        return false;
    if (ws_forks_steal(&victim->forks, &work->item, 0, NULL, NULL))
        work->forker = victim;
    else if (ws_deque_steal(&victim->tasks, &work->item, NULL, NULL))
        work->forker = NULL;
    else {
        ws_forks_request(&victim->forks);
        ws_count(&worker->counters.failed_probes);
        return false;
    }
    worker->last_victim = victim->index;
    ws_count(&worker->counters.stolen[ws_worker_distance(worker, victim)]);
    return true;
}

/* The victims of one distance, all of them, beginning anywhere. */
static bool steal_from_ring(ws_worker *worker, const ws_victim *ring, size_t n, ws_work *work)
{
    const size_t start = n > 1 ? ws_random_below(&worker->random, (uint32_t)n) : 0;
    for (size_t i = 0; i < n; i++) {
        const ws_victim *victim = &ring[(start + i) % n];
        if (victim->worker < worker->crew->threads &&
            steal_from(worker, ws_worker_at(worker->crew, victim->worker), work))
            return true;
    }
    return false;
}

static bool steal_from_placed(ws_worker *worker, ws_work *work)
{
    const ws_placement *placement = worker->crew->placement;
    const ws_victim *victims = placement->places[worker->home].victims;
    const size_t n = placement->threads - 1;
    for (size_t begin = 0, end; begin < n; begin = end) {
        for (end = begin + 1; end < n && victims[end].distance == victims[begin].distance;)
            end++;
        if (steal_from_ring(worker, &victims[begin], end - begin, work))
            return true;
    }
    /* A guest or spare is not among its home's victims, and its home is not either. */
    return worker->index != worker->home &&
           steal_from(worker, ws_worker_at(worker->crew, worker->home), work);
}

static bool steal_from_visitors(ws_worker *worker, ws_work *work)
{
    const ws_crew *crew = worker->crew;
    size_t guests;
    const size_t n = seats(crew, &guests);
    for (size_t i = crew->threads; i < n; i++) {
        if (steal_from(worker, seat(crew, i, guests), work))
            return true;
    }
    return false;
}

static bool take_injected(ws_crew *crew, ws_injector_may_take *may, const void *ctx, ws_work *work)
{
    ws_link *link = ws_injector_take(&crew->injector, may, ctx);
    if (link == NULL)
        return false;
    work->forker = NULL;
    work->item = ws_task_item((const ws_task *)(const void *)link);
    return true;
}

bool ws_worker_find(ws_worker *worker, ws_work *work)
{
    ws_crew *crew = worker->crew;
    work->forker = NULL;
    if (ws_deque_pop(&worker->tasks, &work->item))
        return true;
    if (++worker->rounds % INJECTOR_TURN == 0 && take_injected(crew, NULL, NULL, work))
        return true;
    const size_t last = worker->last_victim;
    if (steal_from(worker, ws_worker_at(crew, last), work))
        return true;
    return steal_from_placed(worker, work) || steal_from_visitors(worker, work) ||
           take_injected(crew, NULL, NULL, work);
}

/* ---- insisting ------------------------------------------------------------------------------- */

static ws_worker *find_one_with_forks(const ws_worker *worker)
{
    const ws_crew *crew = worker->crew;
    size_t guests;
    const size_t n = seats(crew, &guests);
    for (size_t i = 0; i < n; i++) {
        ws_worker *other = seat(crew, (worker->index + i) % n, guests);
        if (other != NULL && !ws_forks_is_empty(&other->forks))
            return other;
    }
    return NULL;
}

/* As long as a revocation takes, an owner may take to answer: so whoever waits in vain loses at
 * most twice what he would have lost had he known. */
static void revoke(ws_worker *worker, ws_worker *owner, uint64_t now)
{
    enum { LEAST_NS = 5000, MOST_NS = 200000 };
    ws_crew *crew = worker->crew;
    if (!ws_forks_revoke(&owner->forks))
        return;
    ws_count(&worker->counters.forced);
    const size_t took = (size_t)(ws_clock_ns() - now);
    const size_t patience = (3 * ws_load_relaxed(&crew->patience_ns) + took) / 4;
    ws_store_relaxed(&crew->patience_ns, patience < LEAST_NS  ? LEAST_NS
                                         : patience > MOST_NS ? MOST_NS
                                                              : patience);
}

bool ws_worker_insist(ws_worker *worker, uint64_t *since)
{
    ws_worker *owner = find_one_with_forks(worker);
    if (owner == NULL) {
        *since = 0;
        return false;
    }
    ws_forks_request(&owner->forks);
    const uint64_t now = ws_clock_ns();
    if (*since == 0)
        *since = now;
    else if (now - *since > ws_load_relaxed(&worker->crew->patience_ns)) {
        revoke(worker, owner, now);
        *since = 0;
    }
    return true;
}

/* ---- finding the tasks of one owner ---------------------------------------------------------- */

static bool is_of(const ws_item *item, const void *owner)
{
    return ws_task_item_is_of(item, owner);
}

static bool link_is_of(const ws_link *link, const void *owner)
{
    return ws_task_link_is_of(link, owner);
}

static bool owns_one_of(const ws_worker *worker, const void *owner)
{
    const size_t count = ws_deque_count(&worker->tasks);
    for (size_t i = 0; i < count; i++) {
        const ws_item item = ws_deque_at(&worker->tasks, i);
        if (is_of(&item, owner))
            return true;
    }
    return false;
}

static bool take_own_of(ws_worker *worker, const void *owner, ws_item *item)
{
    if (!owns_one_of(worker, owner))
        return false;
    while (ws_deque_pop(&worker->tasks, item)) {
        if (is_of(item, owner))
            return true;
        ws_injector_push(&worker->crew->injector, &((ws_task *)item->first)->link);
    }
    return false; /* it was stolen meanwhile */
}

/* One of `owner` may lie below strangers in the queue of a thread that is blocked, and nobody else
 * may be free to clear them away: they go to the injector, where each can be reached. */
static bool dig_out_of(const ws_worker *worker, ws_worker *victim, const void *owner, ws_item *item)
{
    if (!ws_deque_may_hold(&victim->tasks, is_of, owner))
        return false;
    while (ws_deque_steal(&victim->tasks, item, NULL, NULL)) {
        if (is_of(item, owner))
            return true;
        ws_injector_push(&worker->crew->injector, &((ws_task *)item->first)->link);
    }
    return false;
}

bool ws_worker_find_of(ws_worker *worker, const void *owner, ws_work *work)
{
    ws_crew *crew = worker->crew;
    work->forker = NULL;
    if (take_own_of(worker, owner, &work->item))
        return true;
    size_t guests;
    const size_t n = seats(crew, &guests);
    for (size_t i = 0; i < n; i++) {
        ws_worker *victim = seat(crew, i, guests);
        if (victim != NULL && victim != worker && dig_out_of(worker, victim, owner, &work->item)) {
            ws_count(&worker->counters.stolen[ws_worker_distance(worker, victim)]);
            return true;
        }
    }
    return take_injected(crew, link_is_of, owner, work);
}

void ws_worker_seat(ws_worker *worker)
{
    ws_blocker *self = ws_blocker_self();
    ws_store_release(&worker->blocker, ws_blocker_is_own(self) ? (size_t)self : 0);
}

/* ---- running it ------------------------------------------------------------------------------ */

static void run_task(ws_worker *worker, ws_task *task)
{
    void *before = worker->forks.owner.group;
    worker->forks.owner.group = NULL; /* a task brings its own */
    task->run(task);                  /* after this line the task is gone */
    worker->forks.owner.group = before;
}

static void run_fork(ws_worker *worker, ws_work work)
{
    par_detail_run_fn *fn = (par_detail_run_fn *)work.item.first;
    par_detail_job *job = (par_detail_job *)work.item.second;
    void *before = worker->forks.owner.group;
    ws_group group = {.around = job->group, .latch = &job->state, .waiter = work.forker};
    ws_catch catch;
    ws_blocker *self = ws_worker_blocker(worker);
    if (self != NULL)
        ws_blocker_run(self, job);
    ws_job_take(job, worker, ws_forks_height(&worker->forks));
    worker->forks.owner.group = &group;
    const bool failed = ws_panic_catch(&catch, fn, job);
    worker->forks.owner.group = before;
    job->group = NULL;
    if (failed)
        ws_panic_leave(job, &catch.failure);
    if (self != NULL)
        ws_blocker_end_run(self);  /* before the latch is set */
    if (ws_latch_set(&job->state)) /* after this line the job is gone */
        ws_unpark(&work.forker->parker);
}

void ws_worker_run(ws_worker *worker, ws_work work)
{
    ws_count(&worker->counters.executed);
    if (work.forker == NULL)
        run_task(worker, (ws_task *)work.item.first);
    else
        run_fork(worker, work);
}

/* ---- mail ------------------------------------------------------------------------------------ */

void ws_worker_send(ws_worker *worker, ws_mail *mail)
{
    size_t newest;
    do {
        newest = ws_load_relaxed(&worker->mail);
        mail->next = (ws_mail *)newest;
    } while (!ws_cas_acq_rel(&worker->mail, newest, (size_t)mail));
    ws_unpark(&worker->parker);
}

/* Puts what has been sent behind what was not opened yet, oldest first. */
static void take_mail(ws_worker *worker)
{
    if (ws_load_relaxed(&worker->mail) == 0)
        return;
    /* Acquire: pairs with the compare-and-swap in ws_worker_send. */
    ws_mail *newest = (ws_mail *)ws_exchange_acq_rel(&worker->mail, 0);
    ws_mail *oldest = NULL;
    while (newest != NULL) {
        ws_mail *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    ws_mail **end = &worker->unopened;
    while (*end != NULL)
        end = &(*end)->next;
    *end = oldest;
}

bool ws_worker_open_mail(ws_worker *worker)
{
    take_mail(worker);
    ws_mail *mail = worker->unopened;
    if (mail == NULL)
        return false;
    worker->unopened = mail->next;
    mail->open(mail, worker); /* may open more itself, and is the end of `mail` */
    return true;
}
