/* SPDX-License-Identifier: MIT */
#include "sync/mutex_checks.h"

#include "sync/sync_steps.h"

#include <par/scope.h>

/* ---- one thread ------------------------------------------------------------------------------ */

typedef struct attempt {
    par_mutex *mutex;
    int code;
} attempt;

static void try_once(size_t number, void *arg)
{
    attempt *self = arg;
    (void)number;
    self->code = par_mutex_try_lock(self->mutex);
    if (self->code == 0)
        par_mutex_unlock(self->mutex);
}

static int try_elsewhere(par_mutex *mutex)
{
    attempt one = {mutex, -1};
    crowd_run(1, try_once, &one);
    return one.code;
}

const char *mutex_is_free_when_zero(void)
{
    static par_mutex zero;
    par_mutex made = PAR_MUTEX_INIT;
    if (memcmp(&zero, &made, sizeof zero) != 0 || sizeof zero != 3 * sizeof(void *))
        return "is not three words of zero";
    if (par_mutex_lock(&zero) != 0)
        return "is not free";
    const int held = try_elsewhere(&zero);
    par_mutex_unlock(&zero);
    const int given_back = try_elsewhere(&zero);
    if (held != EAGAIN || given_back != 0)
        return wrong("codes %d and %d", held, given_back);
    if (par_mutex_try_lock(&zero) != 0 || par_mutex_is_poisoned(&zero))
        return "is not free after an unlock";
    par_mutex_unlock(&zero);
    return ws_load_relaxed(&zero.lock_.state) == 0 ? NULL : "leaves something behind";
}

const char *mutex_refuses_its_holder(void)
{
    par_mutex mutex = PAR_MUTEX_INIT;
    par_mutex_lock(&mutex);
    const int again = par_mutex_lock(&mutex);
    const int until = par_mutex_lock_until(&mutex, par_in(PAR_S(60)), NULL);
    const int tried = par_mutex_try_lock(&mutex);
    par_mutex_unlock(&mutex);
    if (again != EDEADLK || until != EDEADLK || tried != EAGAIN)
        return wrong("codes %d, %d and %d", again, until, tried);
    return par_mutex_lock(&mutex) == 0 ? (par_mutex_unlock(&mutex), NULL) : "is still held";
}

/* ---- many threads ---------------------------------------------------------------------------- */

/* Two words that differ while the lock is held alone, and a count without an atomic. */
typedef struct ledger {
    par_mutex mutex;
    size_t rounds;
    size_t entries;
    size_t left;
    size_t right;
    atomic_size_t mixed;
    atomic_size_t failed;
} ledger;

static void enter_ledger(ledger *all)
{
    if (all->left != all->right)
        atomic_fetch_add(&all->mixed, 1);
    all->left++;
    all->entries++;
    all->right = all->left;
}

/* By one of the three ways. */
static int lock_by(par_mutex *mutex, size_t way)
{
    int code;
    if (way == 0)
        return par_mutex_lock(mutex);
    if (way == 1) {
        while ((code = par_mutex_try_lock(mutex)) == EAGAIN)
            sched_yield();
        return code;
    }
    while ((code = par_mutex_lock_until(mutex, par_in(PAR_US(50)), NULL)) == ETIMEDOUT)
        continue;
    return code;
}

static void write_ledger(size_t number, void *arg)
{
    ledger *all = arg;
    uint64_t seed = number;
    for (size_t i = 0; i < all->rounds; i++) {
        const size_t chance = random_below(&seed, 16);
        if (lock_by(&all->mutex, chance < 3 ? chance : 0) != 0)
            atomic_fetch_add(&all->failed, 1);
        enter_ledger(all);
        if (random_below(&seed, 256) == 0)
            sched_yield();
        par_mutex_unlock(&all->mutex);
    }
}

static const char *judge(ledger *all, size_t expected)
{
    if (atomic_load(&all->mixed) != 0 || atomic_load(&all->failed) != 0 || all->entries != expected)
        return wrong("%zu entries of %zu, %zu mixed, %zu failed", all->entries, expected,
                     atomic_load(&all->mixed), atomic_load(&all->failed));
    if (ws_load_relaxed(&all->mutex.lock_.state) != 0 || all->mutex.lock_.queue != 0)
        return "somebody is left in line";
    return NULL;
}

const char *mutex_excludes(void)
{
    static const size_t threads[] = {2, 3, 8, 24};
    for (size_t i = 0; i < 4; i++) {
        ledger all = {.rounds = scaled(200000) / threads[i]};
        crowd_run(threads[i], write_ledger, &all);
        const char *problem = judge(&all, all.rounds * threads[i]);
        if (problem != NULL)
            return wrong("%s (%zu threads)", problem, threads[i]);
    }
    return NULL;
}

enum { TASKS = 16 };

static void write_in_task(par_scope *scope, void *arg)
{
    (void)scope;
    ledger *all = arg;
    for (size_t i = 0; i < all->rounds; i++) {
        PAR_LOCK_GUARD(guard, &all->mutex);
        enter_ledger(all);
    }
}

static void spawn_writers(par_scope *scope, void *arg)
{
    for (size_t i = 0; i < TASKS; i++)
        (void)par_scope_spawn(scope, write_in_task, arg);
}

static const char *write_in_pool(void *arg)
{
    ledger all = {.rounds = *(size_t *)arg};
    (void)par_scope_run(spawn_writers, &all);
    return judge(&all, TASKS * all.rounds);
}

const char *mutex_excludes_in_pools(void)
{
    size_t rounds = scaled(2000);
    return in_every_pool(write_in_pool, &rounds);
}

/* ---- guards ---------------------------------------------------------------------------------- */

static int leave_by(par_mutex *mutex, int way)
{
    for (int i = 0; i < 2; i++) {
        PAR_LOCK_GUARD(guard, mutex);
        if (guard.code != 0)
            return -1;
        if (way == 0)
            return 1;
        if (way == 1)
            break;
        if (way == 2)
            continue;
        if (way == 3)
            goto out;
    }
    return 2;
out:
    return 3;
}

static int leave_block_by(par_mutex *mutex, int way)
{
    int code = -1;
    int runs = 0;
    PAR_WITH_LOCK(code, mutex)
    {
        runs++;
        if (way == 0)
            return par_mutex_try_lock(mutex) == EAGAIN ? 0 : -1;
        if (way == 1)
            break;
        if (way == 2)
            continue;
        if (way == 3)
            goto out;
    }
out:
    return runs == 1 ? code : -1;
}

const char *mutex_guards_each_way_out(void)
{
    par_mutex mutex = PAR_MUTEX_INIT;
    for (int way = 0; way < 5; way++) {
        if (leave_by(&mutex, way) < 0 || leave_block_by(&mutex, way) != 0)
            return wrong("way %d: not as it should be", way);
        if (ws_load_relaxed(&mutex.lock_.state) != 0)
            return wrong("way %d leaves it locked", way);
    }
    par_mutex_lock(&mutex);
    {
        PAR_LOCK_GUARD(guard, &mutex);
        if (guard.code != EDEADLK)
            return wrong("code %d", guard.code);
    }
    const bool held = ws_lock_is_mine(&mutex.lock_);
    par_mutex_unlock(&mutex);
    return held ? NULL : "a guard that got nothing gives it back";
}

const char *mutex_runs_no_block_with_poison(void)
{
    par_mutex mutex = PAR_MUTEX_INIT;
    int code = 0;
    int runs = 0;
    par_mutex_lock(&mutex);
    par_mutex_poison(&mutex);
    PAR_WITH_LOCK(code, &mutex) runs++;
    par_mutex_unlock(&mutex);
    if (code != EDEADLK || runs != 0)
        return wrong("held: code %d, %d runs", code, runs);
    PAR_WITH_LOCK(code, &mutex) runs++;
    if (code != EOWNERDEAD || runs != 0)
        return wrong("poisoned: code %d, %d runs", code, runs);
    return ws_load_relaxed(&mutex.lock_.state) == WS_LOCK_POISONED ? NULL : "is still held";
}

/* ---- in pools -------------------------------------------------------------------------------- */

typedef struct lending {
    par_mutex gate;
    par_mutex mutex;
    atomic_size_t begun;
    size_t inside;
} lending;

enum { LOCKERS = 6 };

/* Holds the mutex until the gate opens: which happens when all others have begun. */
static void hold_until_gate(void *arg)
{
    lending *all = arg;
    par_mutex_lock(&all->mutex);
    atomic_fetch_add(&all->begun, 1);
    par_mutex_lock(&all->gate);
    par_mutex_unlock(&all->gate);
    par_mutex_unlock(&all->mutex);
}

static void lock_in_task(void *arg)
{
    lending *all = arg;
    atomic_fetch_add(&all->begun, 1);
    par_mutex_lock(&all->mutex);
    all->inside++;
    par_mutex_unlock(&all->mutex);
}

/* All tasks of a pool of one or two threads stand at a lock that one of them holds, which waits for
 * a lock itself: each can only begin because those before it have lent the core. */
static const char *lend_in_pool_of(size_t threads)
{
    const char *problem = NULL;
    lending all = {.gate = PAR_MUTEX_INIT, .mutex = PAR_MUTEX_INIT};
    par_pool *pool = pool_of(threads, &problem);
    if (pool == NULL)
        return problem;
    par_mutex_lock(&all.gate);
    (void)par_pool_spawn(pool, hold_until_gate, &all);
    await_count(&all.begun, 1);
    for (size_t i = 0; i < LOCKERS; i++)
        (void)par_pool_spawn(pool, lock_in_task, &all);
    await_count(&all.begun, 1 + LOCKERS);
    par_mutex_unlock(&all.gate);
    par_pool_destroy(pool);
    return all.inside == LOCKERS ? NULL : wrong("%zu tasks got in", all.inside);
}

const char *mutex_lends_the_core(void)
{
    const char *problem = lend_in_pool_of(1);
    return problem != NULL ? problem : lend_in_pool_of(2);
}

/* ---- its memory ------------------------------------------------------------------------------ */

typedef struct shared_box {
    par_mutex mutex;
    size_t users;
} shared_box;

static void drop_box(size_t number, void *arg)
{
    (void)number;
    shared_box *box = arg;
    par_mutex_lock(&box->mutex);
    const bool last = --box->users == 0;
    par_mutex_unlock(&box->mutex);
    if (last)
        free(box);
}

/* Whoever sees that it is the last user may free the mutex, though others may not have returned
 * from their unlock yet. */
const char *mutex_may_be_gone_after_its_last_unlock(void)
{
    enum { USERS = 4 };
    for (size_t i = 0; i < scaled(2000); i++) {
        shared_box *box = calloc(1, sizeof *box);
        if (box == NULL)
            return "no memory";
        box->users = USERS;
        crowd_run(USERS, drop_box, box);
    }
    return NULL;
}
