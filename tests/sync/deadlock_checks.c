/* SPDX-License-Identifier: MIT */
#include "sync/deadlock_checks.h"

#include "sync/sync_steps.h"

#include <par/join.h>

/* ---- rings of locks -------------------------------------------------------------------------- */

enum { MOST = 8 };

/* Thread i holds lock i and wants lock i + 1. */
typedef struct ring {
    size_t n;
    par_mutex locks[MOST];
    par_rwlock rwlocks[MOST];
    atomic_size_t holding;
    atomic_size_t refused;
    atomic_size_t got;
} ring;

static void want_next(size_t number, void *arg)
{
    ring *all = arg;
    par_mutex *own = &all->locks[number];
    par_mutex *next = &all->locks[(number + 1) % all->n];
    par_mutex_lock(own);
    meet(&all->holding, all->n);
    const int code = par_mutex_lock(next);
    if (code == EDEADLK)
        atomic_fetch_add(&all->refused, 1);
    if (code == 0) {
        atomic_fetch_add(&all->got, 1);
        par_mutex_unlock(next);
    }
    par_mutex_unlock(own);
}

static const char *judge_ring(ring *all)
{
    if (atomic_load(&all->refused) != 1 || atomic_load(&all->got) != all->n - 1)
        return wrong("of %zu threads %zu were refused and %zu got the next lock", all->n,
                     atomic_load(&all->refused), atomic_load(&all->got));
    for (size_t i = 0; i < all->n; i++) {
        if (all->locks[i].lock_.state != 0 || all->rwlocks[i].lock_.state != 0)
            return wrong("lock %zu is not free", i);
    }
    return NULL;
}

static const char *run_rings(size_t n, size_t times, crowd_fn *fn)
{
    const char *problem = NULL;
    for (size_t i = 0; problem == NULL && i < times; i++) {
        ring all = {.n = n};
        crowd_run(n, fn, &all);
        problem = judge_ring(&all);
    }
    return problem;
}

const char *deadlock_of_two_locks_ends(void)
{
    return run_rings(2, scaled(20), want_next);
}

const char *deadlock_of_three_locks_ends(void)
{
    return run_rings(3, scaled(20), want_next);
}

const char *deadlock_of_many_locks_ends_for_one_thread(void)
{
    return run_rings(MOST, scaled(20), want_next);
}

static void write_next(size_t number, void *arg)
{
    ring *all = arg;
    par_rwlock *own = &all->rwlocks[number];
    par_rwlock *next = &all->rwlocks[(number + 1) % all->n];
    par_rwlock_write(own);
    meet(&all->holding, all->n);
    const int code = number == 0 ? par_rwlock_read(next) : par_rwlock_write(next);
    if (code == EDEADLK)
        atomic_fetch_add(&all->refused, 1);
    if (code == 0) {
        atomic_fetch_add(&all->got, 1);
        number == 0 ? par_rwlock_end_read(next) : par_rwlock_end_write(next);
    }
    par_rwlock_end_write(own);
}

const char *deadlock_of_writers_ends(void)
{
    return run_rings(3, scaled(20), write_next);
}

/* Whether a thread that waits so is seen by others. */
typedef struct seen {
    par_mutex mutex;
    par_deadline deadline;
    ws_blocker *blocker;
} seen;

static void wait_to_be_seen(size_t number, void *arg)
{
    (void)number;
    seen *all = arg;
    all->blocker = ws_blocker_self();
    if (par_mutex_lock_until(&all->mutex, all->deadline, NULL) == 0)
        par_mutex_unlock(&all->mutex);
}

static bool is_seen(par_deadline deadline)
{
    static crowd threads;
    seen all = {.deadline = deadline};
    par_mutex_lock(&all.mutex);
    crowd_start(&threads, 1, wait_to_be_seen, &all);
    steps_await_lock(&all.mutex.lock_, 1);
    ws_line_enter_lock(&all.mutex.lock_);
    const bool shown = ws_load_acquire(&all.blocker->holder) != 0;
    ws_line_leave_lock(&all.mutex.lock_);
    par_mutex_unlock(&all.mutex);
    crowd_end(&threads);
    return shown;
}

/* A wait that ends by itself is in nobody else's cycle. */
const char *deadlock_is_none_with_a_deadline(void)
{
    if (!is_seen(PAR_FOREVER))
        return "a wait without a deadline is not seen";
    return is_seen(par_in(PAR_S(600))) ? "a wait with a deadline is seen" : NULL;
}

/* The holder of the mutex, who is made up, sleeps in a join of a job that this thread has, or has
 * not any more: then it is about to wake. */
static int lock_of_joiner(bool runs)
{
    static ws_blocker joiner;
    static const size_t job;
    ws_blocker *self = ws_blocker_self();
    par_mutex mutex = PAR_MUTEX_INIT;
    joiner.waits = 1;
    joiner.holder = (size_t)self;
    joiner.joined = (size_t)&job;
    ws_store_relaxed(&mutex.lock_.state, (size_t)&joiner);
    if (runs)
        ws_blocker_run(self, &job);
    const int code = par_mutex_lock_until(&mutex, par_in(PAR_MS(50)), NULL);
    if (runs)
        ws_blocker_end_run(self);
    return code;
}

const char *deadlock_is_none_by_a_join_that_has_ended(void)
{
    const int ended = lock_of_joiner(false);
    const int runs = lock_of_joiner(true);
    return ended == ETIMEDOUT && runs == EDEADLK ? NULL : wrong("codes %d and %d", ended, runs);
}

/* ---- locks and joins ------------------------------------------------------------------------- */

typedef struct joining {
    par_mutex mutex;
    atomic_size_t begun;
    int code;
    bool late; /* the join comes when the child has looked for cycles already */
} joining;

static void lock_in_child(void *arg)
{
    joining *all = arg;
    atomic_fetch_add(&all->begun, 1);
    all->code = par_mutex_lock(&all->mutex);
    if (all->code != EDEADLK)
        par_mutex_unlock(&all->mutex);
}

/* Returns when the child has been taken; and, where the join is to be late, long after it stands in
 * line. If that were not long enough, the check would only show less. */
static void await_child(void *arg)
{
    joining *all = arg;
    await_count(&all->begun, 1);
    if (!all->late)
        return;
    steps_await_lock(&all->mutex.lock_, 1);
    steps_sleep_ms(50);
}

static void lock_and_join(void *arg)
{
    joining *all = arg;
    par_mutex_lock(&all->mutex);
    par_join(await_child, all, lock_in_child, all);
    par_mutex_unlock(&all->mutex);
}

static const char *join_in_pools(bool late)
{
    static const size_t sizes[] = {2, 3, 8};
    for (size_t i = 0; i < 3 * scaled(10); i++) {
        const char *problem = NULL;
        joining all = {.code = -1, .late = late};
        par_pool *pool = pool_of(sizes[i % 3], &problem);
        if (pool == NULL)
            return problem;
        (void)par_pool_run(pool, lock_and_join, &all);
        par_pool_destroy(pool);
        if (all.code != EDEADLK)
            return wrong("the child got code %d", all.code);
    }
    return NULL;
}

const char *deadlock_of_a_lock_and_a_join_ends(void)
{
    return join_in_pools(false);
}

const char *deadlock_of_a_lock_and_a_later_join_ends(void)
{
    return join_in_pools(true);
}

/* The child that is taken waits for one that is taken from it. */
static void join_again(void *arg)
{
    joining *all = arg;
    atomic_fetch_add(&all->begun, 1);
    par_join(await_child, all, lock_in_child, all);
}

static void await_both(void *arg)
{
    await_count(&((joining *)arg)->begun, 2);
}

static void lock_and_join_twice(void *arg)
{
    joining *all = arg;
    par_mutex_lock(&all->mutex);
    par_join(await_both, all, join_again, all);
    par_mutex_unlock(&all->mutex);
}

const char *deadlock_of_a_lock_and_two_joins_ends(void)
{
    for (size_t i = 0; i < scaled(30); i++) {
        const char *problem = NULL;
        joining all = {.code = -1};
        par_pool *pool = pool_of(3, &problem);
        if (pool == NULL)
            return problem;
        (void)par_pool_run(pool, lock_and_join_twice, &all);
        par_pool_destroy(pool);
        if (all.code != EDEADLK)
            return wrong("the child got code %d", all.code);
    }
    return NULL;
}

/* ---- notifications --------------------------------------------------------------------------- */

typedef struct notified {
    par_mutex mutex;
    par_mutex other;
    par_condvar condvar;
    int codes[2];
} notified;

/* Number 0 waits for the condition while it holds `other`; number 1 holds the mutex and wants
 * `other`. When number 0 is notified, it wants the mutex. */
static void wait_or_want(size_t number, void *arg)
{
    notified *all = arg;
    if (number == 0) {
        par_mutex_lock(&all->other);
        par_mutex_lock(&all->mutex);
        all->codes[0] = par_condvar_wait(&all->condvar, &all->mutex);
        par_mutex_unlock(&all->mutex);
        par_mutex_unlock(&all->other);
        return;
    }
    steps_await_condition(&all->condvar, 1);
    par_mutex_lock(&all->mutex);
    all->codes[1] = par_mutex_lock(&all->other);
    par_mutex_unlock(&all->mutex);
}

const char *deadlock_by_a_notification_ends(void)
{
    static crowd threads;
    for (size_t i = 0; i < scaled(20); i++) {
        notified all = {.codes = {-1, -1}};
        crowd_start(&threads, 2, wait_or_want, &all);
        steps_await_lock(&all.other.lock_, 1);
        if (i % 2 == 0)
            steps_sleep_ms(20); /* so that it has looked for a cycle in vain */
        par_condvar_notify_one(&all.condvar);
        crowd_end(&threads);
        if (all.codes[0] != 0 || all.codes[1] != EDEADLK)
            return wrong("codes %d and %d", all.codes[0], all.codes[1]);
    }
    return NULL;
}
