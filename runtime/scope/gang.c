/* SPDX-License-Identifier: MIT */
/* gang.c - n threads at the same time, all or none.
 *
 * G1  Members are reserved before any of them is called: sleepers are claimed, and for those that
 *     are missing spares are started. Each of them finds a letter and waits at the gate.
 * G2  `gate` opens once: GO if all were reserved, CANCELED else.
 * G3  Who ends last sets the latch and touches the gang no more.
 * G4  When a member panics the gang is broken: it will never be complete at its barrier again, so
 *     whoever waits there, or comes to wait, panics too. */
#include <par/gang.h>

#include "base/cacheline.h"
#include "pool/hire.h"
#include "pool/sleep.h"
#include "pool/wait.h"
#include "scope/outside.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>

enum { UNDECIDED = 0, GO, CANCELED };

typedef void member_fn(size_t index, par_gang_barrier *barrier, void *arg);

typedef struct letter {
    ws_mail mail;
    struct par_gang_barrier *gang;
    size_t index;
    ws_worker *member;
} letter;

struct par_gang_barrier {
    size_t gate;
    size_t done;      /* a latch */
    size_t remaining; /* members that have not ended */
    size_t n;
    member_fn *fn;
    void *arg;
    void *group;
    letter *letters; /* [n]; the caller has the first */
    ws_first first;  /* where the panics of its members meet: G4 */
    WS_OWN_LINE size_t arrived;
    WS_OWN_LINE size_t phase;
};

/* ---- the barrier ----------------------------------------------------------------------------- */

static void wake_others(const par_gang_barrier *gang, const ws_worker *self)
{
    for (size_t i = 0; i < gang->n; i++) {
        if (gang->letters[i].member != self)
            ws_unpark(&gang->letters[i].member->parker);
    }
}

static bool waits(const par_gang_barrier *gang, size_t phase)
{
    return ws_load_acquire(&gang->phase) == phase && !ws_first_is_set(&gang->first);
}

/* Sleeps until the phase has changed; a token may come for another reason. */
static void sleep_through(par_gang_barrier *gang, ws_worker *worker, size_t phase)
{
    ws_sleep_lend(worker);
    while (waits(gang, phase)) {
        ws_count(&worker->counters.parked);
        ws_park(&worker->parker);
    }
    ws_sleep_take_back(worker);
}

void par_gang_wait(par_gang_barrier *gang)
{
    ws_worker *worker = ws_worker_self();
    const size_t phase = ws_load_relaxed(&gang->phase);
    if (worker == NULL || gang->n == 1)
        return;
    if (ws_add_seq_cst(&gang->arrived, 1) + 1 == gang->n) {
        ws_store_relaxed(&gang->arrived, 0);
        /* Release: pairs with the loads below, and carries the reset with it. */
        ws_store_release(&gang->phase, phase + 1);
        wake_others(gang, worker);
        return;
    }
    ws_spin spin = {0};
    while (waits(gang, phase)) {
        if (!ws_spin_once(worker->crew, &spin))
            sleep_through(gang, worker, phase);
    }
    if (ws_load_acquire(&gang->phase) == phase)
        par_panic(ECANCELED, "another member of the gang has panicked"); /* G4 */
}

/* ---- members --------------------------------------------------------------------------------- */

struct membership {
    par_gang_barrier *gang;
    size_t index;
};

static void call_fn(void *arg)
{
    const struct membership *self = arg;
    self->gang->fn(self->index, self->gang, self->gang->arg);
}

static void call_member(par_gang_barrier *gang, size_t index, ws_worker *worker)
{
    ws_worker *caller = gang->letters[0].member;
    void *before = worker->forks.owner.group;
    ws_group group = {.around = gang->group, .latch = &gang->done, .waiter = caller};
    worker->forks.owner.group = &group;
    ws_first_run(&gang->first, call_fn, &(struct membership){gang, index});
    worker->forks.owner.group = before;
    if (ws_first_is_set(&gang->first))
        wake_others(gang, worker); /* counted in `remaining`, so the gang is still there */
    if (ws_add_seq_cst(&gang->remaining, (size_t)-1) != 1)
        return;
    if (ws_latch_set(&gang->done)) /* after this line the gang may be gone */
        ws_unpark(&caller->parker);
}

static void leave_gate(par_gang_barrier *gang)
{
    ws_worker *caller = gang->letters[0].member;
    if (ws_add_seq_cst(&gang->remaining, (size_t)-1) != 1)
        return;
    if (ws_latch_set(&gang->done)) /* after this line the gang may be gone */
        ws_unpark(&caller->parker);
}

static void open_letter(ws_mail *mail, ws_worker *worker)
{
    letter *self = (letter *)(void *)mail;
    par_gang_barrier *gang = self->gang;
    size_t gate;
    while ((gate = ws_load_acquire(&gang->gate)) == UNDECIDED)
        sched_yield();
    if (gate == GO)
        call_member(gang, self->index, worker);
    else
        leave_gate(gang);
}

/* ---- reserving ------------------------------------------------------------------------------- */

/* A sleeper, else a spare; NULL if there is neither. */
static ws_worker *reserve(ws_worker *caller, ws_mail *mail)
{
    ws_worker *sleeper = ws_sleep_send(caller, mail);
    return sleeper != NULL ? sleeper : ws_hire_for(caller->crew, mail);
}

static size_t reserve_all(par_gang_barrier *gang, ws_worker *caller)
{
    gang->letters[0].member = caller;
    for (size_t i = 1; i < gang->n; i++) {
        letter *next = &gang->letters[i];
        *next = (letter){{.open = open_letter}, gang, i, NULL};
        next->member = reserve(caller, &next->mail);
        if (next->member == NULL)
            return i;
    }
    return gang->n;
}

static int run_gang(par_gang_barrier *gang, ws_worker *caller)
{
    gang->letters = calloc(gang->n, sizeof *gang->letters);
    if (gang->letters == NULL)
        return ENOMEM;
    gang->group = caller->forks.owner.group;
    gang->remaining = gang->n;
    const size_t reserved = reserve_all(gang, caller);
    const bool complete = reserved == gang->n;
    ws_add_seq_cst(&gang->remaining, reserved - gang->n);
    ws_store_release(&gang->gate, complete ? GO : CANCELED);
    if (complete)
        call_member(gang, 0, caller);
    else
        leave_gate(gang);
    ws_wait(caller, &gang->done, ws_wait_for_nothing, NULL);
    free(gang->letters);
    return complete ? 0 : EAGAIN;
}

struct call {
    par_gang_barrier gang;
    int rc;
};

static void run_inside(void *arg)
{
    struct call *call = arg;
    ws_worker *worker = ws_worker_self();
    if (worker != NULL)
        call->rc = run_gang(&call->gang, worker);
    else if (call->gang.n > 1)
        call->rc = EAGAIN;
    else
        call->gang.fn(0, &call->gang, call->gang.arg);
}

int par_gang(size_t n, member_fn *fn, void *arg)
{
    if (fn == NULL)
        return EINVAL;
    if (n == 0)
        return 0;
    struct call call = {.gang = {.n = n, .fn = fn, .arg = arg}};
    ws_first_init(&call.gang.first, NULL, NULL);
    if (ws_outside())
        ws_outside_run(run_inside, &call); /* alone, fn is called as it is */
    else
        run_inside(&call);
    ws_first_raise(&call.gang.first);
    return call.rc;
}
