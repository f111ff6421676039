/* SPDX-License-Identifier: MIT */
#include "pool/block.h"

#include "base/clock.h"
#include "base/log.h"
#include "pool/process.h"
#include "pool/sleep.h"

#include <par/block.h>

#include <errno.h>
#include <sched.h>

/* ---- lending --------------------------------------------------------------------------------- */

/* The seat that the thread sits in, and those in the pools around it. */
static ws_worker *seat_of(par_detail_worker *owner)
{
    return owner == NULL || ws_worker_is_serial(owner) ? NULL : (ws_worker *)(void *)owner;
}

/* Work waits, a core is free, and nobody may be hired for it. */
static bool is_short_of_spares(const ws_crew *crew)
{
    return ws_load_relaxed(&crew->spares_left) == 0 &&
           ws_state_running(ws_load_relaxed(&crew->state)) == 0 && ws_crew_has_work(crew);
}

static void report_shortage(ws_crew *crew)
{
    static const char *const text =
        "all threads of pool \"%s\" block and its %zu spare threads are in use, so work waits "
        "until one of them goes on; PAR_MAX_SPARES allows for more";
    if (is_short_of_spares(crew) && ws_cas_acq_rel(&crew->told_shortage, 0, 1))
        ws_log(text, crew->name, ws_load_acquire(&crew->spares_made));
}

static void lend(ws_worker *seat)
{
    if (ws_process_is_stale(seat->crew))
        return;
    ws_forks_publish_all(&seat->forks);
    ws_sleep_lend(seat);
    report_shortage(seat->crew);
}

void ws_block_lend(void)
{
    ws_worker *next;
    for (ws_worker *seat = ws_worker_self(); seat != NULL; seat = next) {
        next = seat_of(seat->outer);
        lend(seat);
    }
}

void ws_block_take_back(void)
{
    ws_worker *next;
    for (ws_worker *seat = ws_worker_self(); seat != NULL; seat = next) {
        next = seat_of(seat->outer);
        if (!ws_process_is_stale(seat->crew))
            ws_sleep_resume(seat);
    }
}

int par_block(par_try_fn *wait, void *arg)
{
    if (wait == NULL)
        return EINVAL;
    ws_block_lend();
    const int code = wait(arg);
    ws_block_take_back();
    return code;
}

/* ---- who waits for what ---------------------------------------------------------------------- */

static void describe(ws_blocker *self, const ws_block_reason *reason)
{
    ws_store_relaxed(&self->object, (size_t)reason->object);
    ws_store_relaxed(&self->name, (size_t)reason->name);
    ws_store_release(&self->verb, (size_t)reason->verb);
}

static void undescribe(ws_blocker *self)
{
    ws_store_release(&self->verb, 0);
}

/* Everybody in the pool blocks, and there is nothing to run: only a thread from outside can wake
 * them. It may, so this is told and nothing fails. */
static bool is_stuck(const ws_crew *crew)
{
    return ws_state_running(ws_load_seq_cst(&crew->state)) == 0 && !ws_crew_has_work(crew);
}

static void report_waits(const ws_crew *crew)
{
    ws_log("all threads of pool \"%s\" wait, and nothing in it can wake them; only a thread from "
           "outside can",
           crew->name);
    for (const ws_blocker *each = ws_blocker_first(); each != NULL; each = each->next) {
        const char *verb = (const char *)ws_load_acquire(&each->verb);
        if (verb != NULL)
            ws_log("  a thread %s %p", verb, (void *)ws_load_relaxed(&each->object));
    }
}

/* ---- sleeping -------------------------------------------------------------------------------- */

/* The first second of a wait in a pool: one that lasts longer is looked into, once in each pool. */
static bool sleep_in_pool(ws_blocker *self, ws_crew *crew, par_deadline deadline)
{
    const par_deadline look = ws_load_relaxed(&crew->told_waits) != 0 ? deadline : par_in(PAR_S(1));
    if (look >= deadline)
        return ws_blocker_park(self, deadline);
    if (ws_blocker_park(self, look))
        return true;
    if (is_stuck(crew) && ws_cas_acq_rel(&crew->told_waits, 0, 1))
        report_waits(crew);
    return ws_blocker_park(self, deadline);
}

bool ws_block_sleep(ws_blocker *self, const ws_block_reason *reason, par_deadline deadline)
{
    const ws_worker *worker = ws_worker_self();
    if (worker == NULL)
        return ws_blocker_park(self, deadline);
    describe(self, reason);
    ws_block_lend();
    const bool token = sleep_in_pool(self, worker->crew, deadline);
    ws_block_take_back();
    undescribe(self);
    return token;
}

/* ---- cancellation ---------------------------------------------------------------------------- */

bool ws_block_begin_group(ws_blocker *self, par_group *group)
{
    if (group == NULL)
        return true;
    ws_store_seq_cst(&self->group, (size_t)group);
    if (ws_group_expect_waiter(group))
        return true;
    ws_store_relaxed(&self->group, 0);
    return false;
}

void ws_block_end_group(ws_blocker *self)
{
    ws_store_relaxed(&self->group, 0);
}

/* ---- spinning -------------------------------------------------------------------------------- */

static bool is_alone(void)
{
    static size_t known; /* 1: one processor, 2: more */
    size_t answer = ws_load_relaxed(&known);
    if (answer == 0) {
        cpu_set_t allowed;
        CPU_ZERO(&allowed);
        const bool one =
            sched_getaffinity(0, sizeof allowed, &allowed) == 0 && CPU_COUNT(&allowed) == 1;
        answer = one ? 1 : 2;
        ws_store_relaxed(&known, answer);
    }
    return answer == 1;
}

bool ws_block_spin_once(ws_block_spin *spin)
{
    enum { ROUNDS = 7 };
    if (spin->rounds >= ROUNDS || is_alone())
        return false;
    for (unsigned i = 0; i < 1U << spin->rounds; i++)
        ws_pause();
    spin->rounds++;
    return true;
}
