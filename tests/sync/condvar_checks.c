/* SPDX-License-Identifier: MIT */
#include "sync/condvar_checks.h"

#include "sync/sync_steps.h"

enum { WAITERS = 6 };

typedef struct waiting {
    par_mutex mutex;
    par_condvar condvar;
    par_group group;
    par_deadline deadline;
    atomic_size_t came;
    size_t order[WAITERS];
    int codes[WAITERS];
    bool held[WAITERS];
    ws_blocker *blockers[WAITERS];
} waiting;

static void wait_once(size_t number, void *arg)
{
    waiting *all = arg;
    all->blockers[number] = ws_blocker_self();
    par_mutex_lock(&all->mutex);
    all->codes[number] =
        par_condvar_wait_until(&all->condvar, &all->mutex, all->deadline, &all->group);
    all->held[number] = ws_lock_is_mine(&all->mutex.lock_);
    all->order[atomic_load(&all->came)] = number; /* under the mutex */
    atomic_fetch_add(&all->came, 1);
    par_mutex_unlock(&all->mutex);
}

/* They stand in line in the order of their numbers. */
static void start_waiting(crowd *threads, waiting *all)
{
    threads->n = 0;
    for (size_t i = 0; i < WAITERS; i++) {
        crowd_seat *seat = &threads->seats[i];
        *seat = (crowd_seat){.number = i, .fn = wait_once, .arg = all};
        if (pthread_create(&seat->thread, NULL, crowd_main, seat) != 0)
            abort();
        threads->n++;
        steps_await_condition(&all->condvar, i + 1);
    }
}

static const char *judge(waiting *all, int code)
{
    for (size_t i = 0; i < WAITERS; i++) {
        if (all->codes[i] != code || !all->held[i])
            return wrong("number %zu: code %d, held %d", i, all->codes[i], all->held[i]);
    }
    if (all->condvar.queue_ != 0 || all->mutex.lock_.queue != 0)
        return "somebody is left in line";
    return NULL;
}

const char *condvar_wakes_one_in_order(void)
{
    static crowd threads;
    waiting all = {.deadline = PAR_FOREVER};
    start_waiting(&threads, &all);
    for (size_t i = 0; i < WAITERS; i++) {
        par_condvar_notify_one(&all.condvar);
        await_count(&all.came, i + 1);
        yield_times(100); /* in which nobody else may come */
        if (atomic_load(&all.came) != i + 1 || all.order[i] != i)
            return wrong("%zu came, the last of them number %zu", atomic_load(&all.came),
                         all.order[i]);
    }
    crowd_end(&threads);
    return judge(&all, 0);
}

const char *condvar_wakes_all(void)
{
    static crowd threads;
    for (size_t i = 0; i < scaled(100); i++) {
        waiting all = {.deadline = PAR_FOREVER};
        start_waiting(&threads, &all);
        if (i % 2 == 0)
            par_mutex_lock(&all.mutex);
        par_condvar_notify_all(&all.condvar);
        if (i % 2 == 0)
            par_mutex_unlock(&all.mutex);
        crowd_end(&threads);
        const char *problem = judge(&all, 0);
        if (problem != NULL)
            return problem;
        for (size_t n = 0; n < WAITERS; n++) {
            if (all.order[n] != n)
                return wrong("number %zu came as %zu", all.order[n], n);
        }
    }
    return NULL;
}

/* Tokens for no reason are what its threads have to bear. */
const char *condvar_wakes_nobody_without_reason(void)
{
    static crowd threads;
    waiting all = {.deadline = PAR_FOREVER};
    start_waiting(&threads, &all);
    for (size_t i = 0; i < scaled(1000); i++) {
        for (size_t n = 0; n < WAITERS; n++)
            ws_blocker_unpark(all.blockers[n]);
        sched_yield();
    }
    const size_t came = atomic_load(&all.came);
    const size_t left = steps_at_condition(&all.condvar);
    par_condvar_notify_all(&all.condvar);
    crowd_end(&threads);
    return came == 0 && left == WAITERS ? judge(&all, 0) : wrong("%zu came by themselves", came);
}

const char *condvar_moves_waiters_to_the_mutex(void)
{
    static crowd threads;
    waiting all = {.deadline = PAR_FOREVER};
    start_waiting(&threads, &all);
    par_mutex_lock(&all.mutex);
    par_condvar_notify_all(&all.condvar);
    const size_t at_mutex = steps_at_lock(&all.mutex.lock_);
    const size_t at_condition = steps_at_condition(&all.condvar);
    par_mutex_unlock(&all.mutex);
    crowd_end(&threads);
    if (at_mutex != WAITERS || at_condition != 0)
        return wrong("%zu wait for the mutex, %zu for the condition", at_mutex, at_condition);
    return judge(&all, 0);
}

/* One wakes, and takes the mutex; the others follow it from the mutex's line. */
const char *condvar_wakes_without_the_mutex(void)
{
    static crowd threads;
    for (size_t i = 0; i < scaled(100); i++) {
        waiting all = {.deadline = PAR_FOREVER};
        start_waiting(&threads, &all);
        par_condvar_notify_all(&all.condvar);
        crowd_end(&threads);
        const char *problem = judge(&all, 0);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *condvar_forgets_notifications_without_waiters(void)
{
    waiting all = {.deadline = PAR_NO_WAIT};
    par_condvar_notify_one(&all.condvar);
    par_condvar_notify_all(&all.condvar);
    wait_once(0, &all);
    return all.codes[0] == ETIMEDOUT ? NULL : wrong("code %d", all.codes[0]);
}

const char *condvar_times_out_with_the_mutex(void)
{
    waiting all = {.deadline = par_in(PAR_MS(2))};
    crowd_run(WAITERS, wait_once, &all);
    if (par_now() < all.deadline)
        return "came too early";
    return judge(&all, ETIMEDOUT);
}

const char *condvar_is_canceled_with_the_mutex(void)
{
    static crowd threads;
    waiting all = {.deadline = PAR_FOREVER};
    start_waiting(&threads, &all);
    par_cancel(&all.group);
    crowd_end(&threads);
    const char *problem = judge(&all, ECANCELED);
    if (problem != NULL)
        return problem;
    atomic_store(&all.came, 0);
    wait_once(0, &all); /* by a group that is canceled already */
    return judge(&all, ECANCELED);
}

/* ---- deadlines that race with notifications -------------------------------------------------- */

typedef struct racing {
    par_mutex mutex;
    par_condvar condvar;
    size_t rounds;
    size_t notified;
    bool ended;
} racing;

static void wait_shortly(size_t number, void *arg)
{
    (void)number;
    racing *all = arg;
    par_mutex_lock(&all->mutex);
    while (!all->ended) {
        const par_deadline deadline = par_in(PAR_US(20));
        if (par_condvar_wait_until(&all->condvar, &all->mutex, deadline, NULL) == 0)
            all->notified++;
    }
    par_mutex_unlock(&all->mutex);
}

/* Until so many waits have been notified, however the others ended. */
static void notify_often(racing *all)
{
    for (bool enough = false; !enough;) {
        par_mutex_lock(&all->mutex);
        par_condvar_notify_one(&all->condvar);
        enough = all->notified >= all->rounds;
        par_mutex_unlock(&all->mutex);
        sched_yield();
    }
    par_mutex_lock(&all->mutex);
    all->ended = true;
    par_condvar_notify_all(&all->condvar);
    par_mutex_unlock(&all->mutex);
}

/* Each wait either is notified or times out, and its thread goes on either way. */
const char *condvar_loses_no_notification_to_a_deadline(void)
{
    static crowd threads;
    racing all = {.rounds = scaled(1000)};
    crowd_start(&threads, WAITERS, wait_shortly, &all);
    notify_often(&all);
    crowd_end(&threads);
    return all.condvar.queue_ == 0 && all.mutex.lock_.state == 0 ? NULL : "somebody is left";
}

/* The deadline has passed, and its thread stands before the guard of the line to leave it, when it
 * is notified behind that guard: it must return 0, not twice. If the thread is slower than that,
 * the check shows less. */
const char *condvar_is_notified_at_its_deadline(void)
{
    static crowd threads;
    waiting all = {.deadline = par_in(PAR_MS(20))};
    crowd_start(&threads, 1, wait_once, &all);
    while (steps_at_condition(&all.condvar) == 0 && atomic_load(&all.came) == 0)
        sched_yield();
    ws_line_enter_condition(&all.condvar);
    ws_waiter *first = ws_line_first(&all.condvar.queue_);
    if (first == NULL) {
        ws_line_leave_condition(&all.condvar);
        crowd_end(&threads);
        return NULL;
    }
    steps_sleep_ms(60);
    ws_blocker *holder;
    ws_line_take_out(&all.condvar.queue_, first);
    ws_blocker *woken = ws_lock_adopt(first->lock, first, &holder);
    ws_line_leave_condition(&all.condvar);
    ws_blocker_unpark(woken);
    crowd_end(&threads);
    return all.codes[0] == 0 && all.held[0] && all.mutex.lock_.state == 0
               ? NULL
               : wrong("code %d", all.codes[0]);
}

/* ---- the rest -------------------------------------------------------------------------------- */

const char *condvar_tells_poison(void)
{
    static crowd threads;
    waiting all = {.deadline = PAR_FOREVER};
    start_waiting(&threads, &all);
    par_mutex_lock(&all.mutex);
    par_condvar_notify_all(&all.condvar);
    par_mutex_poison(&all.mutex);
    par_mutex_unlock(&all.mutex);
    crowd_end(&threads);
    return judge(&all, EOWNERDEAD);
}

const char *condvar_refuses_those_without_the_mutex(void)
{
    waiting all = {.deadline = PAR_FOREVER};
    const int code = par_condvar_wait(&all.condvar, &all.mutex);
    return code == EPERM ? NULL : wrong("code %d", code);
}

typedef struct several {
    par_mutex mutexes[WAITERS];
    par_condvar condvar;
    int codes[WAITERS];
} several;

static void wait_with_own(size_t number, void *arg)
{
    several *all = arg;
    par_mutex_lock(&all->mutexes[number]);
    all->codes[number] = par_condvar_wait(&all->condvar, &all->mutexes[number]);
    par_mutex_unlock(&all->mutexes[number]);
}

const char *condvar_serves_several_mutexes(void)
{
    static crowd threads;
    several all = {.codes = {-1, -1, -1, -1, -1, -1}};
    crowd_start(&threads, WAITERS, wait_with_own, &all);
    steps_await_condition(&all.condvar, WAITERS);
    par_mutex_lock(&all.mutexes[0]);
    par_condvar_notify_all(&all.condvar);
    par_mutex_unlock(&all.mutexes[0]);
    crowd_end(&threads);
    for (size_t i = 0; i < WAITERS; i++) {
        if (all.codes[i] != 0)
            return wrong("code %d", all.codes[i]);
    }
    return NULL;
}
