/* SPDX-License-Identifier: MIT */
#include "sync/cycle.h"

/* A longer chain is not followed. */
enum { LONGEST = 64 };

/* Those from the caller's holder on, and how many waits each had begun and ended. */
typedef struct chain {
    size_t length;
    ws_blocker *blockers[LONGEST];
    size_t waits[LONGEST];
} chain;

/* One verdict at a time: who is refused has left its line before the next one looks. */
static pthread_mutex_t verdicts = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_anew(void)
{
    pthread_mutex_init(&verdicts, NULL);
}

static void watch_forks(void)
{
    pthread_atfork(NULL, NULL, start_anew);
}

/* D1. Whom a thread waits for, at this moment; NULL if it does not wait, or for no one thread. */
static ws_blocker *next_of(const ws_blocker *blocker)
{
    const size_t holder = ws_load_seq_cst(&blocker->holder);
    if (holder == 0)
        return NULL;
    if ((holder & WS_BLOCKER_AT_LOCK) != 0)
        return ws_lock_holder_for(blocker, holder);
    ws_blocker *thief = (ws_blocker *)holder; /* `joined` was written before it */
    return ws_blocker_runs(thief, ws_load_relaxed(&blocker->joined)) ? thief : NULL; /* B5 */
}

/* D2. From `each` on to `last`. */
static bool walk(ws_blocker *each, const ws_blocker *last, chain *found)
{
    for (found->length = 0; found->length < LONGEST; found->length++) {
        if (each == NULL || each == last)
            return each != NULL;
        const size_t waits = ws_load_seq_cst(&each->waits);
        if (waits % 2 == 0)
            return false;
        found->blockers[found->length] = each;
        found->waits[found->length] = waits;
        each = next_of(each);
    }
    return false;
}

static bool is_same(const chain *a, const chain *b)
{
    bool same = a->length == b->length;
    for (size_t i = 0; same && i < a->length; i++)
        same = a->blockers[i] == b->blockers[i] && a->waits[i] == b->waits[i];
    return same;
}

/* D3. A wait that is the same in both walks has lasted from the one to the other. */
static bool closes_cycle(const par_detail_lock *lock, const ws_blocker *self)
{
    chain first;
    chain second;
    return walk(ws_lock_holder(lock), self, &first) && walk(ws_lock_holder(lock), self, &second) &&
           is_same(&first, &second);
}

bool ws_cycle_refuse(par_detail_lock *lock, ws_waiter *self)
{
    if (!ws_blocker_is_own(self->blocker))
        return false;
    pthread_once(&once, watch_forks);
    pthread_mutex_lock(&verdicts);
    const bool refused = closes_cycle(lock, self->blocker) && ws_lock_leave(lock, self);
    pthread_mutex_unlock(&verdicts);
    return refused;
}

void ws_cycle_tell(const ws_blocker *blocker)
{
    chain found;
    if (!walk(next_of(blocker), blocker, &found))
        return;
    for (size_t i = 0; i < found.length; i++) {
        const size_t holder = ws_load_relaxed(&found.blockers[i]->holder);
        if ((holder & WS_BLOCKER_TAGS) == WS_BLOCKER_AT_LOCK)
            ws_blocker_unpark(found.blockers[i]);
    }
}
