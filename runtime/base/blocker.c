/* SPDX-License-Identifier: MIT */
#include "base/blocker.h"

#include "base/clock.h"
#include "base/memory.h"

#include <par/detail/lock.h>

#include <sched.h>
#include <string.h>

/* The first ones need no memory: a thread of a pool gets its own when it begins to run, which may
 * be in the middle of a loop, and a loop allocates nothing. */
enum { AT_HAND = 256 };

static ws_blocker at_hand[AT_HAND];
static ws_blocker stand_in;
static size_t newest; /* ws_blocker *, by next */
static ws_blocker *unused;
static size_t used_at_hand;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards those two */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;
static __thread ws_blocker *mine;
static __thread bool is_hidden;

__thread size_t par_detail_thread_v1 __attribute__((tls_model("initial-exec")));

#ifdef NDEBUG
bool ws_blocker_checks_locks = false;
#else
bool ws_blocker_checks_locks = true;
#endif

/* ---- handing out ----------------------------------------------------------------------------- */

static void hand_on(void *blocker)
{
    ws_blocker *self = blocker;
    mine = NULL;
    if (self->locks != 0)
        return;
    par_detail_thread_v1 = 0;
    pthread_mutex_lock(&lock);
    self->next_free = unused;
    unused = self;
    pthread_mutex_unlock(&lock);
}

/* As nobody has used it yet, but in its place in the list. */
static void renew(ws_blocker *blocker)
{
    ws_blocker *const next = blocker->next;
    memset(blocker, 0, sizeof *blocker);
    ws_parker_init(&blocker->parker);
    blocker->next = next;
}

/* In a child of fork the lock may be held, and the blockers used, by threads that are not there
 * (B6). Only stores, no memory: the child may be one of many threads. */
static void start_anew(void)
{
    pthread_mutex_init(&lock, NULL);
    unused = NULL;
    for (ws_blocker *each = ws_blocker_first(); each != NULL; each = each->next) {
        ws_parker_init(&each->parker);
        if (each == mine || each->locks != 0)
            continue;
        renew(each);
        each->next_free = unused;
        unused = each;
    }
}

static void make_key(void)
{
    has_key = pthread_key_create(&key, hand_on) == 0;
    pthread_atfork(NULL, NULL, start_anew);
}

static void put_into_list(ws_blocker *blocker)
{
    ws_parker_init(&blocker->parker);
    size_t head;
    do {
        head = ws_load_relaxed(&newest);
        blocker->next = (ws_blocker *)head;
    } while (!ws_cas_acq_rel(&newest, head, (size_t)blocker)); /* B2: pairs with ..._first */
}

static ws_blocker *take_unused(void)
{
    pthread_mutex_lock(&lock);
    ws_blocker *taken = unused;
    if (taken != NULL)
        unused = taken->next_free;
    const bool is_fresh = taken == NULL && used_at_hand < AT_HAND;
    if (is_fresh)
        taken = &at_hand[used_at_hand++];
    pthread_mutex_unlock(&lock);
    if (is_fresh)
        put_into_list(taken);
    return taken;
}

static ws_blocker *find_one(void)
{
    pthread_once(&once, make_key);
    ws_blocker *found = has_key ? take_unused() : NULL;
    if (found == NULL && has_key) {
        found = ws_memory_new(sizeof *found);
        if (found != NULL)
            put_into_list(found);
    }
    if (found != NULL && pthread_setspecific(key, found) != 0) {
        hand_on(found);
        found = NULL;
    }
    return found;
}

ws_blocker *ws_blocker_self(void)
{
    if (mine == NULL) {
        mine = find_one();
        if (!is_hidden)
            ws_blocker_show();
    }
    return mine != NULL ? mine : &stand_in;
}

bool ws_blocker_is_own(const ws_blocker *blocker)
{
    return blocker != &stand_in;
}

void ws_blocker_hide(void)
{
    is_hidden = true;
    par_detail_thread_v1 = 0;
}

void ws_blocker_show(void)
{
    is_hidden = false;
    par_detail_thread_v1 = ws_blocker_checks_locks ? 0 : (size_t)mine;
}

/* ---- sleeping -------------------------------------------------------------------------------- */

bool ws_blocker_park(ws_blocker *self, uint64_t deadline)
{
    if (self != &stand_in)
        return ws_park_until(&self->parker, deadline);
    sched_yield();
    return deadline == WS_PARK_FOREVER || ws_clock_ns() < deadline;
}

void ws_blocker_unpark(ws_blocker *blocker)
{
    if (blocker != &stand_in)
        ws_unpark(&blocker->parker);
}

/* ---- all of them ----------------------------------------------------------------------------- */

ws_blocker *ws_blocker_first(void)
{
    return (ws_blocker *)ws_load_acquire(&newest);
}

void ws_blocker_cancel(const void *group)
{
    for (ws_blocker *each = ws_blocker_first(); each != NULL; each = each->next) {
        /* Sequentially consistent: the waiter stores its group and then asks it, the canceler
         * cancels it and then looks here. */
        if (ws_load_seq_cst(&each->group) == (size_t)group)
            ws_blocker_unpark(each);
    }
}

/* ---- who waits for whom ---------------------------------------------------------------------- */

void ws_blocker_join(ws_blocker *self, ws_blocker *holder, const void *job)
{
    ws_store_relaxed(&self->joined, (size_t)job);
    ws_store_release(&self->holder, (size_t)holder);
    ws_blocker_count_wait(self);
    ws_blocker_poke(holder);
}

void ws_blocker_end_join(ws_blocker *self)
{
    ws_blocker_count_wait(self);
    ws_store_relaxed(&self->holder, 0);
}

bool ws_blocker_runs(const ws_blocker *blocker, size_t job)
{
    for (size_t i = 0; i < WS_BLOCKER_RUNS; i++) {
        if (ws_load_acquire(&blocker->runs[i]) == job)
            return true;
    }
    return false;
}

/* Sequentially consistent, as are the counts of waits: of two that close a cycle, one by a join and
 * one at a lock, the join sees the lock's wait here, or the lock's later look sees the join. */
void ws_blocker_poke(ws_blocker *blocker)
{
    enum { FAR = 64 };
    for (int i = 0; i < FAR && blocker != NULL; i++) {
        if (ws_load_seq_cst(&blocker->waits) % 2 == 0)
            return;
        const size_t holder = ws_load_seq_cst(&blocker->holder);
        if ((holder & WS_BLOCKER_AT_LOCK) != 0) {
            ws_blocker_unpark(blocker);
            return;
        }
        blocker = (ws_blocker *)holder;
    }
}
