/* SPDX-License-Identifier: MIT */
/* mutex_order_checks.c - those who wait: their order, and how they leave. */
#include "sync/mutex_checks.h"

#include "sync/sync_steps.h"

/* ---- order ----------------------------------------------------------------------------------- */

enum { WAITERS = 6 };

typedef struct in_order {
    par_mutex mutex;
    par_group group;
    atomic_size_t came;
    size_t order[WAITERS];
    int codes[WAITERS];
    par_deadline deadline;
} in_order;

static void wait_in_order(size_t number, void *arg)
{
    in_order *all = arg;
    const int code = par_mutex_lock(&all->mutex);
    all->codes[number] = code;
    all->order[atomic_fetch_add(&all->came, 1)] = number;
    if (code != EDEADLK)
        par_mutex_unlock(&all->mutex);
}

/* Starts one after the other, each when the one before stands in line. */
static void start_in_order(crowd *threads, size_t n, crowd_fn *fn, void *arg, par_detail_lock *lock)
{
    threads->n = 0;
    for (size_t i = 0; i < n; i++) {
        crowd_seat *seat = &threads->seats[i];
        *seat = (crowd_seat){.number = i, .fn = fn, .arg = arg};
        if (pthread_create(&seat->thread, NULL, crowd_main, seat) != 0)
            abort();
        threads->n++;
        steps_await_lock(lock, i + 1);
    }
}

const char *mutex_serves_in_order(void)
{
    static crowd threads;
    in_order all = {.mutex = PAR_MUTEX_INIT};
    par_mutex_lock(&all.mutex);
    start_in_order(&threads, WAITERS, wait_in_order, &all, &all.mutex.lock_);
    par_mutex_unlock(&all.mutex);
    crowd_end(&threads);
    for (size_t i = 0; i < WAITERS; i++) {
        if (all.order[i] != i || all.codes[i] != 0)
            return wrong("number %zu came as %zu, code %d", all.order[i], i, all.codes[i]);
    }
    return NULL;
}

/* The first one is woken, and often finds that the mutex has been taken again: then it must not
 * stand behind the others. */
const char *mutex_keeps_the_place_of_who_was_too_slow(void)
{
    for (size_t n = 0; n < scaled(100); n++) {
        static crowd threads;
        in_order all = {.mutex = PAR_MUTEX_INIT};
        par_mutex_lock(&all.mutex);
        start_in_order(&threads, WAITERS, wait_in_order, &all, &all.mutex.lock_);
        par_mutex_unlock(&all.mutex);
        if (par_mutex_try_lock(&all.mutex) == 0) {
            steps_await_lock(&all.mutex.lock_, WAITERS - atomic_load(&all.came));
            par_mutex_unlock(&all.mutex);
        }
        crowd_end(&threads);
        for (size_t i = 0; i < WAITERS; i++) {
            if (all.order[i] != i)
                return wrong("number %zu came as %zu", all.order[i], i);
        }
    }
    return NULL;
}

const char *mutex_is_reserved_for_who_lost_often(void)
{
    par_mutex mutex = PAR_MUTEX_INIT;
    ws_store_relaxed(&mutex.lock_.state, WS_LOCK_RESERVED | WS_LOCK_WOKEN);
    if (par_mutex_try_lock(&mutex) != EAGAIN)
        return "another one takes it";
    ws_store_relaxed(&mutex.lock_.state, WS_LOCK_WOKEN);
    if (par_mutex_try_lock(&mutex) != 0)
        return "nobody takes it when it is not reserved";
    par_mutex_unlock(&mutex);
    return ws_load_relaxed(&mutex.lock_.state) == WS_LOCK_WOKEN ? NULL : "forgets who is awake";
}

static void lock_once(size_t number, void *arg)
{
    (void)number;
    in_order *all = arg;
    all->codes[0] = par_mutex_lock(&all->mutex);
    atomic_fetch_add(&all->came, 1);
    par_mutex_unlock(&all->mutex);
}

/* The other thread never leaves the mutex free for long, and never ends by itself. */
const char *mutex_is_not_starved_by_one_who_comes_back(void)
{
    for (size_t i = 0; i < scaled(50); i++) {
        static crowd threads;
        in_order all = {.mutex = PAR_MUTEX_INIT};
        par_mutex_lock(&all.mutex);
        start_in_order(&threads, 1, lock_once, &all, &all.mutex.lock_);
        while (atomic_load(&all.came) == 0) {
            par_mutex_unlock(&all.mutex);
            par_mutex_lock(&all.mutex);
        }
        par_mutex_unlock(&all.mutex);
        crowd_end(&threads);
    }
    return NULL;
}

/* ---- waits that end early -------------------------------------------------------------------- */

static void lock_until(size_t number, void *arg)
{
    in_order *all = arg;
    all->codes[number] = par_mutex_lock_until(&all->mutex, all->deadline, &all->group);
    if (all->codes[number] == 0)
        par_mutex_unlock(&all->mutex);
}

const char *mutex_times_out(void)
{
    in_order all = {.mutex = PAR_MUTEX_INIT, .deadline = par_in(PAR_MS(2))};
    par_mutex_lock(&all.mutex);
    crowd_run(WAITERS, lock_until, &all);
    const bool early = par_now() < all.deadline;
    const bool left = all.mutex.lock_.queue != 0;
    par_mutex_unlock(&all.mutex);
    for (size_t i = 0; i < WAITERS; i++) {
        if (all.codes[i] != ETIMEDOUT)
            return wrong("code %d", all.codes[i]);
    }
    if (early || left || ws_load_relaxed(&all.mutex.lock_.state) != 0)
        return wrong("early %d, left in line %d", early, left);
    return NULL;
}

static void lock_or_time_out(size_t number, void *arg)
{
    in_order *all = arg;
    const par_deadline deadline = number % 2 == 0 ? PAR_FOREVER : all->deadline;
    all->codes[number] = par_mutex_lock_until(&all->mutex, deadline, NULL);
    if (all->codes[number] == 0)
        par_mutex_unlock(&all->mutex);
}

const char *mutex_goes_on_without_those_who_time_out(void)
{
    static crowd threads;
    in_order all = {.mutex = PAR_MUTEX_INIT, .deadline = par_in(PAR_MS(50))};
    par_mutex_lock(&all.mutex);
    crowd_start(&threads, WAITERS, lock_or_time_out, &all);
    while (par_now() < all.deadline)
        sched_yield();
    steps_await_lock(&all.mutex.lock_, WAITERS / 2);
    par_mutex_unlock(&all.mutex);
    crowd_end(&threads);
    for (size_t i = 0; i < WAITERS; i++) {
        if (all.codes[i] != (i % 2 == 0 ? 0 : ETIMEDOUT))
            return wrong("number %zu got code %d", i, all.codes[i]);
    }
    return NULL;
}

const char *mutex_is_canceled(void)
{
    static crowd threads;
    in_order all = {.mutex = PAR_MUTEX_INIT, .deadline = PAR_FOREVER};
    par_mutex_lock(&all.mutex);
    crowd_start(&threads, WAITERS, lock_until, &all);
    steps_await_lock(&all.mutex.lock_, WAITERS);
    par_cancel(&all.group);
    crowd_end(&threads);
    par_mutex_unlock(&all.mutex);
    for (size_t i = 0; i < WAITERS; i++) {
        if (all.codes[i] != ECANCELED)
            return wrong("code %d", all.codes[i]);
    }
    return ws_load_relaxed(&all.mutex.lock_.state) == 0 ? NULL : "somebody is left";
}

const char *mutex_is_had_at_once_or_not_at_all(void)
{
    in_order all = {.mutex = PAR_MUTEX_INIT, .deadline = PAR_NO_WAIT};
    if (par_mutex_lock_until(&all.mutex, PAR_NO_WAIT, NULL) != 0)
        return "a free one is not had without waiting";
    crowd_run(1, lock_until, &all);
    if (all.codes[0] != ETIMEDOUT)
        return wrong("code %d of one that would have to wait", all.codes[0]);
    all.deadline = PAR_FOREVER;
    par_cancel(&all.group);
    crowd_run(1, lock_until, &all);
    par_mutex_unlock(&all.mutex);
    if (all.codes[0] != ECANCELED)
        return wrong("code %d of a canceled one", all.codes[0]);
    crowd_run(1, lock_until, &all);
    return all.codes[0] == 0 ? NULL : wrong("code %d of a canceled one, free", all.codes[0]);
}

/* ---- poison ---------------------------------------------------------------------------------- */

const char *mutex_is_poisoned_until_cleared(void)
{
    par_mutex mutex = PAR_MUTEX_INIT;
    int codes[4];
    par_mutex_lock(&mutex);
    par_mutex_poison(&mutex);
    par_mutex_unlock(&mutex);
    codes[0] = par_mutex_lock(&mutex);
    par_mutex_unlock(&mutex);
    codes[1] = par_mutex_try_lock(&mutex);
    par_mutex_unlock(&mutex);
    codes[2] = par_mutex_lock_until(&mutex, par_in(PAR_S(1)), NULL);
    for (size_t i = 0; i < 3; i++) {
        if (codes[i] != EOWNERDEAD)
            return wrong("way %zu returns %d", i, codes[i]);
    }
    if (!par_mutex_is_poisoned(&mutex))
        return "does not say that it is poisoned";
    par_mutex_clear_poison(&mutex);
    par_mutex_unlock(&mutex);
    codes[3] = par_mutex_lock(&mutex);
    par_mutex_unlock(&mutex);
    return codes[3] == 0 && !par_mutex_is_poisoned(&mutex) ? NULL : "is not cleared";
}

const char *mutex_tells_poison_to_those_who_wait(void)
{
    static crowd threads;
    in_order all = {.mutex = PAR_MUTEX_INIT};
    par_mutex_lock(&all.mutex);
    crowd_start(&threads, WAITERS, wait_in_order, &all);
    steps_await_lock(&all.mutex.lock_, WAITERS);
    par_mutex_poison(&all.mutex);
    par_mutex_unlock(&all.mutex);
    crowd_end(&threads);
    for (size_t i = 0; i < WAITERS; i++) {
        if (all.codes[i] != EOWNERDEAD)
            return wrong("code %d", all.codes[i]);
    }
    return NULL;
}
