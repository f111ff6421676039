/* SPDX-License-Identifier: MIT */
#include "pool/block.h"

#include "base/clock.h"
#include "base/log.h"
#include "job/panic.h"
#include "pool/member.h"
#include "pool/process.h"
#include "pool/sleep.h"

#include <par/block.h>

#include <errno.h>
#include <sched.h>

/* ---- lending --------------------------------------------------------------------------------- */

/* Work waits, no thread runs, nobody sleeps and nobody may be hired. */
static bool is_short_of_spares(const ws_crew *crew)
{
    return ws_state_running(ws_load_seq_cst(&crew->state)) == 0 && !ws_sleep_is_hungry(crew) &&
           ws_crew_has_work(crew);
}

static void report_shortage(ws_crew *crew)
{
    static const char *const text =
        "all threads of pool \"%s\" block, and no spare one is left of the %zu there are, so work "
        "waits until one of them goes on; PAR_MAX_SPARES may allow more";
    if (is_short_of_spares(crew) && ws_cas_acq_rel(&crew->told_shortage, 0, 1))
        ws_log(text, crew->name, ws_load_acquire(&crew->spares_made));
}

/* `foreign` is 1 for a wait that may end without anybody in the pool, else 0. */
static void lend(ws_worker *seat, size_t foreign)
{
    if (ws_process_is_stale(seat->crew))
        return;
    ws_store_relaxed(&seat->foreign, seat->foreign + foreign);
    ws_forks_publish_all(&seat->forks);
    ws_sleep_lend(seat);
    report_shortage(seat->crew);
}

static void take_back(ws_worker *seat, size_t foreign)
{
    if (ws_process_is_stale(seat->crew))
        return;
    ws_sleep_take_back(seat);
    ws_store_relaxed(&seat->foreign, seat->foreign - foreign);
}

void ws_block_lend(void)
{
    ws_member_each_seat(lend, 1);
}

void ws_block_take_back(void)
{
    ws_member_each_seat(take_back, 1);
}

typedef struct wait_call {
    par_try_fn *wait;
    void *arg;
    int code;
} wait_call;

static void call_wait(void *arg)
{
    wait_call *call = arg;
    call->code = call->wait(call->arg);
}

int par_block(par_try_fn *wait, void *arg)
{
    if (wait == NULL)
        return EINVAL;
    wait_call call = {wait, arg, 0};
    ws_catch catch;
    ws_block_lend();
    const bool failed = ws_panic_catch(&catch, call_wait, &call);
    ws_block_take_back();
    if (failed)
        ws_panic_raise(&catch.failure);
    return call.code;
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

bool ws_block_count_waits(const ws_crew *crew, size_t *waits)
{
    *waits = 0;
    for (size_t i = 0; i < crew->max_threads; i++) {
        const ws_worker *worker = ws_worker_at(crew, i);
        if (worker == NULL)
            continue;
        if (ws_load_relaxed(&worker->foreign) != 0)
            return false;
        *waits += ws_load_relaxed(&worker->waits);
    }
    return true;
}

/* Everybody in the pool waits, for something that ends by itself in no case, and there is nothing
 * to run: only a thread from outside can go on. It may, so this is told and nothing fails. */
static bool is_stuck(const ws_crew *crew, size_t *waits)
{
    return ws_state_running(ws_load_seq_cst(&crew->state)) == 0 && !ws_crew_has_work(crew) &&
           ws_block_count_waits(crew, waits);
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

/* A wait that lasts looks twice whether its pool is stuck. Between the two nobody has begun to
 * wait: so nobody was on his way back from one. Who waits last in a pool sees it. */
static bool sleep_and_look(ws_blocker *self, ws_crew *crew)
{
    enum { LOOKS = 2 };
    size_t waits[LOOKS] = {0};
    for (int i = 0; i < LOOKS; i++) {
        if (ws_blocker_park(self, par_in(PAR_MS(500))))
            return true;
        report_shortage(crew);
        if (!is_stuck(crew, &waits[i]))
            return ws_blocker_park(self, PAR_FOREVER);
    }
    if (waits[0] == waits[1] && ws_cas_acq_rel(&crew->told_waits, 0, 1))
        report_waits(crew);
    return ws_blocker_park(self, PAR_FOREVER);
}

bool ws_block_sleep(ws_blocker *self, const ws_block_reason *reason, par_deadline deadline)
{
    const ws_worker *worker = ws_worker_self();
    const bool looks = worker != NULL && deadline == PAR_FOREVER &&
                       !ws_process_is_stale(worker->crew) &&
                       ws_load_relaxed(&worker->crew->told_waits) == 0;
    const size_t foreign = deadline != PAR_FOREVER;
    describe(self, reason);
    ws_member_each_seat(lend, foreign);
    const bool token = looks ? sleep_and_look(self, worker->crew) : ws_blocker_park(self, deadline);
    ws_member_each_seat(take_back, foreign);
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

bool ws_block_is_alone(void)
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
    if (spin->rounds >= ROUNDS || ws_block_is_alone())
        return false;
    for (unsigned i = 0; i < 1U << spin->rounds; i++)
        ws_pause();
    spin->rounds++;
    return true;
}
