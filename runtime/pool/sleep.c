/* SPDX-License-Identifier: MIT */
#include "pool/sleep.h"

#include "base/barrier.h"
#include "pool/process.h"

#include <sched.h>

/* ---- who sleeps ------------------------------------------------------------------------------ */

static size_t *word_of(const ws_crew *crew, size_t index)
{
    return &crew->sleeping[index / WS_WORD_BITS];
}

static size_t bit_of(size_t index)
{
    return (size_t)1 << (index % WS_WORD_BITS);
}

static bool anyone_sleeps(const ws_crew *crew)
{
    for (size_t i = 0; i < crew->sleeping_words; i++) {
        if (ws_load_seq_cst(&crew->sleeping[i]) != 0)
            return true;
    }
    return false;
}

static ws_worker *claim(const ws_crew *crew, size_t index)
{
    const size_t bit = bit_of(index);
    size_t *word = word_of(crew, index);
    if ((ws_load_relaxed(word) & bit) == 0 || (ws_and_seq_cst(word, ~bit) & bit) == 0)
        return NULL;
    return ws_worker_at(crew, index);
}

/* The same for a letter that is yet to be sent: P1. Without the mark the worker might go to sleep
 * again before the letter comes, and be claimed for another one. */
static ws_worker *reserve(const ws_crew *crew, size_t index)
{
    ws_worker *worker = ws_worker_at(crew, index);
    if ((ws_load_relaxed(word_of(crew, index)) & bit_of(index)) == 0 ||
        !ws_cas_acq_rel(&worker->reserved, 0, 1))
        return NULL;
    if (claim(crew, index) != NULL)
        return worker;
    ws_store_release(&worker->reserved, 0);
    ws_unpark(&worker->parker); /* whoever claimed it has woken it, and it may wait for us */
    return NULL;
}

typedef ws_worker *claim_fn(const ws_crew *crew, size_t index);

/* The place whose neighbours are woken first: a worker's own, or where a guest runs now. */
static size_t home_of(const ws_crew *crew, const ws_worker *worker)
{
    if (worker != NULL && worker->index < crew->threads)
        return worker->home;
    const int cpu = sched_getcpu();
    const size_t home = cpu < 0 ? SIZE_MAX : ws_placement_worker_on(crew->placement, (unsigned)cpu);
    return home < crew->placement->threads ? home : 0;
}

size_t ws_sleep_home(const ws_worker *worker)
{
    return home_of(worker->crew, worker) % worker->crew->threads;
}

/* Those neighbours of a place that share its core, or those that do not, nearest first. */
static ws_worker *claim_neighbour(const ws_crew *crew, size_t home, bool in_core, claim_fn *how)
{
    const ws_placement *placement = crew->placement;
    const ws_victim *near = placement->places[home].victims;
    for (size_t i = 0; i + 1 < placement->threads; i++) {
        if ((near[i].distance == PAR_DISTANCE_SMT) != in_core || near[i].worker >= crew->threads)
            continue;
        ws_worker *claimed = how(crew, near[i].worker);
        if (claimed != NULL)
            return claimed;
    }
    return NULL;
}

static ws_worker *claim_spare(const ws_crew *crew, claim_fn *how)
{
    ws_worker *claimed = NULL;
    const size_t spares = ws_load_acquire(&crew->spares_made);
    for (size_t i = 0; claimed == NULL && i < spares; i++)
        claimed = how(crew, crew->threads + WS_GUESTS + i);
    return claimed;
}

/* Nearest first, but those last that would share a core with the waker: its sibling threads, and
 * for a guest the thread whose place it is using. */
static ws_worker *claim_sleeper(const ws_crew *crew, const ws_worker *worker, claim_fn *how)
{
    const size_t home = home_of(crew, worker);
    ws_worker *claimed = claim_neighbour(crew, home, false, how);
    if (claimed == NULL)
        claimed = claim_neighbour(crew, home, true, how);
    if (claimed == NULL && home < crew->threads)
        claimed = how(crew, home);
    return claimed != NULL ? claimed : claim_spare(crew, how);
}

/* ---- waking ---------------------------------------------------------------------------------- */

static bool a_core_is_free(const ws_crew *crew)
{
    return ws_state_running(ws_load_seq_cst(&crew->state)) < crew->threads;
}

bool ws_sleep_is_hungry(const ws_crew *crew)
{
    return a_core_is_free(crew) &&
           (anyone_sleeps(crew) || ws_load_seq_cst(&crew->spares_left) != 0);
}

bool ws_sleep_must_ask(const ws_crew *crew)
{
    /* After the exchange of bottom, as W1: the searcher that is counted here has not looked for
     * more work yet, so when it does, in ws_sleep_found or after S3, it sees what has been pushed.
     */
    if (crew->crowded && ws_state_searching(ws_load_seq_cst(&crew->state)) > 0)
        return false;
    return ws_sleep_is_hungry(crew);
}

static void count_woken(ws_crew *crew, ws_worker *worker)
{
    if (worker != NULL)
        ws_count(&worker->counters.woken);
    else
        ws_count_shared(&crew->counters.woken);
}

/* Wakes or hires somebody who is already counted. */
static bool wake_counted(ws_crew *crew, ws_worker *worker)
{
    ws_worker *sleeper = claim_sleeper(crew, worker, claim);
    if (sleeper != NULL)
        ws_unpark(&sleeper->parker);
    else if (!ws_crew_has_work(crew) || !crew->hire(crew))
        return false;
    count_woken(crew, worker);
    return true;
}

/* There is work, and somebody who could come for it. */
static bool somebody_is_needed(const ws_crew *crew)
{
    return ws_sleep_is_hungry(crew) && ws_crew_has_work(crew);
}

void ws_sleep_published(ws_crew *crew, ws_worker *worker)
{
    while (!ws_process_is_stale(crew)) {
        const size_t state = ws_load_seq_cst(&crew->state); /* W1 */
        if (ws_state_searching(state) > 0 || !ws_sleep_is_hungry(crew))
            return;
        if (!ws_cas_seq_cst(&crew->state, state, state + WS_RUNNING + WS_SEARCHING)) /* W2 */
            continue;
        if (wake_counted(crew, worker)) /* W3 */
            return;
        ws_add_seq_cst(&crew->state, -(WS_RUNNING + WS_SEARCHING)); /* W4 */
        if (!anyone_sleeps(crew) && !somebody_is_needed(crew))
            return;
    }
}

static void announce_if_needed(ws_crew *crew, ws_worker *worker)
{
    if (somebody_is_needed(crew))
        ws_sleep_published(crew, worker);
}

ws_worker *ws_sleep_send(ws_worker *worker, ws_mail *mail)
{
    ws_crew *crew = worker->crew;
    ws_add_seq_cst(&crew->state, WS_RUNNING + WS_SEARCHING);
    ws_worker *sleeper = claim_sleeper(crew, worker, reserve);
    if (sleeper == NULL) {
        ws_add_seq_cst(&crew->state, -(WS_RUNNING + WS_SEARCHING));
        return NULL;
    }
    ws_worker_send(sleeper, mail);
    ws_store_release(&sleeper->reserved, 0); /* P2 */
    ws_unpark(&sleeper->parker);
    return sleeper;
}

/* Makes sure that what is pushed from now on is announced, and that what was pushed before is seen
 * by the caller's next look. */
static void ask_for_work(ws_crew *crew)
{
    const size_t ticket = ws_add_seq_cst(&crew->tickets, 2) + 2;
    ws_store_seq_cst(&crew->heard, ticket); /* A1 */
    ws_crew_request(crew);                  /* A2 */
    if (crew->asymmetric)
        ws_barrier_all();                             /* A3 */
    ws_cas_seq_cst(&crew->heard, ticket, ticket + 1); /* A4 */
}

void ws_sleep_forget(ws_crew *crew)
{
    if (ws_load_seq_cst(&crew->heard) != 0) /* A6 */
        ws_store_seq_cst(&crew->heard, 0);
}

/* ---- searching ------------------------------------------------------------------------------- */

void ws_sleep_found(ws_worker *worker)
{
    ws_crew *crew = worker->crew;
    const size_t before = ws_add_seq_cst(&crew->state, -WS_SEARCHING);
    if (ws_state_searching(before) != 1)
        return;
    if (crew->crowded && ws_sleep_is_hungry(crew))
        ask_for_work(crew); /* those who pushed have left it to the searcher */
    announce_if_needed(crew, worker);
}

void ws_sleep_search(ws_worker *worker)
{
    ws_add_seq_cst(&worker->crew->state, WS_SEARCHING);
}

/* ---- sleeping -------------------------------------------------------------------------------- */

static bool must_get_up(const ws_worker *worker)
{
    const ws_crew *crew = worker->crew;
    if (ws_load_acquire(&crew->ending) != 0)
        return true;
    const size_t state = ws_load_seq_cst(&crew->state);
    return ws_state_searching(state) == 0 && ws_state_running(state) < crew->threads &&
           ws_crew_has_work(crew);
}

static bool is_claimed(const ws_worker *worker)
{
    const size_t bits = ws_load_acquire(word_of(worker->crew, worker->index));
    return (bits & bit_of(worker->index)) == 0;
}

static bool get_up(ws_worker *worker)
{
    if (claim(worker->crew, worker->index) == NULL)
        return false; /* somebody else is waking it and has counted it */
    ws_add_seq_cst(&worker->crew->state, WS_RUNNING + WS_SEARCHING);
    return true;
}

static void open_mail_in_sleep(ws_worker *worker)
{
    if (!ws_worker_has_mail(worker))
        return;
    ws_sleep_resume(worker);
    while (ws_worker_open_mail(worker))
        ;
    ws_sleep_pause(worker->crew, worker);
}

/* P3: pairs with P2, so the letter is there when the mark is gone. */
static void await_letter(ws_worker *worker)
{
    while (ws_load_acquire(&worker->reserved) != 0) {
        ws_count(&worker->counters.parked);
        ws_park(&worker->parker);
    }
}

void ws_sleep_wait(ws_worker *worker)
{
    ws_crew *crew = worker->crew;
    ws_or_seq_cst(word_of(crew, worker->index), bit_of(worker->index)); /* S1 */
    ws_add_seq_cst(&crew->state, -(WS_RUNNING + WS_SEARCHING));         /* S2 */
    ask_for_work(crew);                                                 /* S3 */
    if (must_get_up(worker) && get_up(worker))                          /* S4 */
        return;
    while (!is_claimed(worker)) { /* S5 */
        if (ws_load_acquire(&crew->ending) != 0 && get_up(worker))
            return;
        open_mail_in_sleep(worker);
        ws_count(&worker->counters.parked);
        ws_park(&worker->parker);
    }
    await_letter(worker);
}

/* ---- members --------------------------------------------------------------------------------- */

void ws_sleep_resume(ws_worker *worker)
{
    ws_add_seq_cst(&worker->crew->state, WS_RUNNING);
    ws_forks_request(&worker->forks); /* M1 */
}

void ws_sleep_pause(ws_crew *crew, ws_worker *worker)
{
    const size_t before = ws_add_seq_cst(&crew->state, -WS_RUNNING);
    if (ws_state_running(before) > 1)
        ws_crew_request(crew); /* M2 */
    announce_if_needed(crew, worker);
}

static bool all_have_heard(const ws_crew *crew)
{
    return (ws_load_seq_cst(&crew->heard) & 1) != 0; /* A5 */
}

void ws_sleep_lend(ws_worker *worker)
{
    ws_crew *crew = worker->crew;
    ws_store_relaxed(&worker->waits, worker->waits + 1);
    if (worker->lent++ == 0)
        ws_add_seq_cst(&crew->state, -WS_RUNNING);
    if (!all_have_heard(crew))
        ask_for_work(crew);
    if (!somebody_is_needed(crew))
        return;
    ws_count(&worker->counters.lent);
    ws_sleep_published(crew, worker);
}

void ws_sleep_take_back(ws_worker *worker)
{
    if (--worker->lent == 0)
        ws_sleep_resume(worker);
}
