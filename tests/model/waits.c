/* SPDX-License-Identifier: MIT */
/* waits.c - what stands in for base/blocker.c, pool/block.c and base/clock.c, and for what the
 * system does once: blockers that are told apart by the thread's number, and sleeps that are parks.
 * Nobody spins. */
#include "waits.h"

#include "base/option.h"
#include "job/group.h"
#include "pool/block.h"
#include "sync/order.h"

#include <par/panic.h>

enum { THREADS = 4, ONCES = 8 };

typedef struct waits {
    ws_blocker blockers[THREADS];
    const pthread_once_t *done[ONCES]; /* in this execution */
    size_t done_count;
} waits;

bool ws_blocker_checks_locks = false;
__thread size_t par_detail_thread_v1 = 0;
__thread par_detail_defer *par_detail_defers_v1;

static waits *the_waits;
static bool spans_may_end;
static bool full_fences;

/* Threads of a harness without blockers are nobody. */
static ws_blocker nobody;

void waits_make(bool spans_end)
{
    static const char *const names[THREADS] = {"token 0", "token 1", "token 2", "token 3"};
    the_waits = model_new(sizeof *the_waits);
    spans_may_end = spans_end;
    for (size_t i = 0; i < THREADS; i++) {
        ws_blocker *blocker = &the_waits->blockers[i];
        blocker->next = i == 0 ? NULL : blocker - 1;
        model_name(&blocker->parker.token, sizeof blocker->parker.token, "%s", names[i]);
    }
}

void waits_use_full_fences(void)
{
    full_fences = true;
}

int64_t ws_option_get(ws_option option)
{
    return option == WS_OPTION_FENCE && full_fences;
}

/* ---- blockers -------------------------------------------------------------------------------- */

ws_blocker *ws_blocker_self(void)
{
    return the_waits == NULL ? &nobody : &the_waits->blockers[model_self()];
}

ws_blocker *waits_blocker(size_t thread)
{
    return &the_waits->blockers[thread];
}

bool ws_blocker_is_own(const ws_blocker *blocker)
{
    return blocker != &nobody;
}

bool ws_blocker_park(ws_blocker *self, uint64_t deadline)
{
    if (deadline != PAR_FOREVER)
        return model_park_until(&self->parker.token, MODEL_SITE);
    model_park(&self->parker.token, MODEL_SITE);
    return true;
}

void ws_blocker_unpark(ws_blocker *blocker)
{
    model_unpark(&blocker->parker.token, MODEL_SITE);
}

void ws_blocker_cancel(const void *group)
{
    for (size_t i = 0; the_waits != NULL && i < THREADS; i++) {
        ws_blocker *each = &the_waits->blockers[i];
        if (ws_load_seq_cst(&each->group) == (size_t)group)
            ws_blocker_unpark(each);
    }
}

/* Joins are not followed. */
void ws_blocker_join(ws_blocker *self, ws_blocker *holder, const void *job)
{
    (void)self;
    (void)holder;
    (void)job;
}

void ws_blocker_end_join(ws_blocker *self)
{
    (void)self;
}

bool ws_blocker_runs(const ws_blocker *blocker, size_t job)
{
    (void)blocker;
    (void)job;
    return false;
}

/* ---- blocking -------------------------------------------------------------------------------- */

bool ws_block_sleep(ws_blocker *self, const ws_block_reason *reason, par_deadline deadline)
{
    (void)reason;
    return ws_blocker_park(self, deadline);
}

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

bool ws_block_is_alone(void)
{
    return true;
}

bool ws_block_spin_once(ws_block_spin *spin)
{
    (void)spin;
    return false;
}

par_deadline par_now(void)
{
    return model_clock();
}

par_deadline par_in(uint64_t span)
{
    return spans_may_end ? model_clock() + span : PAR_FOREVER;
}

void par_detail_defer_end(par_detail_defer *defer)
{
    (void)defer;
}

/* ---- locks are in order ---------------------------------------------------------------------- */

void ws_order_note_wish(par_detail_lock *lock, const void *place)
{
    (void)lock;
    (void)place;
}

void ws_order_note_got(par_detail_lock *lock, const void *place)
{
    (void)lock;
    (void)place;
}

void ws_order_note_gave(const par_detail_lock *lock)
{
    (void)lock;
}

/* Nobody panics. */
bool par_panicking(void)
{
    return false;
}

/* ---- the system, by the names that seam.h gives it ------------------------------------------- */

/* Once in each execution, which so finds what is static as the first one did. */
int pthread_once(pthread_once_t *control, void (*init)(void))
{
    for (size_t i = 0; i < the_waits->done_count; i++) {
        if (the_waits->done[i] == control)
            return 0;
    }
    if (the_waits->done_count == ONCES)
        model_fail(MODEL_MISUSE, "more than %d things are done once", ONCES);
    the_waits->done[the_waits->done_count++] = control;
    init();
    return 0;
}

/* What a child does at first makes all anew. */
int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
    (void)prepare;
    (void)parent;
    child();
    return 0;
}
