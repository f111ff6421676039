/* SPDX-License-Identifier: MIT */
#include "sync/poison_checks.h"

#include "sync/sync_steps.h"

#include <par/panic.h>

/* What the mutex is after a panic of fn(&mutex): free, and poisoned or not. */
static const char *panic_in(par_fn *fn, bool poisons)
{
    par_mutex mutex = PAR_MUTEX_INIT;
    const int caught = par_catch(fn, &mutex, NULL);
    const size_t state = ws_load_relaxed(&mutex.lock_.state);
    if (caught != EIO)
        return wrong("caught %d", caught);
    if (state != (poisons ? WS_LOCK_POISONED : 0))
        return wrong("state %zx", state);
    const int code = par_mutex_lock(&mutex);
    par_mutex_unlock(&mutex);
    return code == (poisons ? EOWNERDEAD : 0) ? NULL : wrong("code %d", code);
}

static void guard_and_panic(void *mutex)
{
    PAR_LOCK_GUARD(guard, mutex);
    par_panic(EIO, "guarded");
}

const char *poison_is_left_by_a_guard(void)
{
    return panic_in(guard_and_panic, true);
}

const char *poison_is_left_by_a_guard_without_unwind_tables(void)
{
    return panic_in(poison_bare, true);
}

static void block_and_panic(void *mutex)
{
    int code;
    PAR_WITH_LOCK(code, mutex) par_panic(EIO, "in a block");
}

const char *poison_is_left_by_a_block(void)
{
    return panic_in(block_and_panic, true);
}

static void unlock(void *mutex)
{
    par_mutex_unlock(mutex);
}

static void defer_and_panic(void *mutex)
{
    par_mutex_lock(mutex);
    PAR_DEFER(unlock, mutex);
    par_panic(EIO, "locked");
}

const char *poison_is_left_by_an_unlock_in_a_handler(void)
{
    return panic_in(defer_and_panic, true);
}

/* A handler may lock for its own purposes, by itself or in a call with a catch of its own. */
static void lock_and_unlock(void *mutex)
{
    par_mutex_lock(mutex);
    par_mutex_unlock(mutex);
}

static void lock_in_catch(void *mutex)
{
    (void)par_catch(lock_and_unlock, mutex, NULL);
}

static void guard_in_handler(void *mutex)
{
    PAR_LOCK_GUARD(guard, mutex);
}

static void handle_and_panic(void *mutex)
{
    PAR_DEFER(lock_and_unlock, mutex);
    PAR_DEFER(lock_in_catch, mutex);
    PAR_DEFER(guard_in_handler, mutex);
    par_panic(EIO, "with handlers that lock");
}

const char *poison_is_not_left_by_locks_of_handlers(void)
{
    return panic_in(handle_and_panic, false);
}

static void just_panic(void *arg)
{
    (void)arg;
    par_panic(EIO, "just so");
}

const char *poison_is_not_left_by_locks_after_it(void)
{
    par_mutex mutex = PAR_MUTEX_INIT;
    lock_and_unlock(&mutex);
    (void)par_catch(just_panic, NULL, NULL);
    lock_and_unlock(&mutex);
    if (par_mutex_is_poisoned(&mutex))
        return "is left";
    return (par_detail_thread_v1 != 0) != ws_blocker_checks_locks ? NULL
                                                                  : "inlined code lost its thread";
}

static void read_and_panic(void *lock)
{
    PAR_READ_GUARD(guard, lock);
    par_panic(EIO, "reading");
}

static void write_and_panic(void *lock)
{
    PAR_WRITE_GUARD(guard, lock);
    par_panic(EIO, "writing");
}

const char *poison_is_left_by_writers_alone(void)
{
    par_rwlock lock = PAR_RWLOCK_INIT;
    (void)par_catch(read_and_panic, &lock, NULL);
    if (ws_load_relaxed(&lock.lock_.state) != 0)
        return "a reader leaves something";
    (void)par_catch(write_and_panic, &lock, NULL);
    return ws_load_relaxed(&lock.lock_.state) == WS_LOCK_POISONED ? NULL
                                                                  : "a writer leaves nothing";
}

typedef struct stolen {
    par_mutex mutex;
    atomic_size_t begun;
} stolen;

static int wait_for_thief(void *arg)
{
    await_count(&((stolen *)arg)->begun, 1);
    return 0;
}

static int panic_in_thief(void *arg)
{
    stolen *all = arg;
    atomic_fetch_add(&all->begun, 1);
    guard_and_panic(&all->mutex);
    return 0;
}

static const char *panic_in_pool(void *arg)
{
    (void)arg;
    stolen all = {.mutex = PAR_MUTEX_INIT};
    const int code = par_try_join(wait_for_thief, &all, panic_in_thief, &all);
    const int locked = par_mutex_lock(&all.mutex);
    par_mutex_unlock(&all.mutex);
    return code == EIO && locked == EOWNERDEAD ? NULL : wrong("codes %d and %d", code, locked);
}

const char *poison_is_left_in_stolen_tasks(void)
{
    return in_pools_from(2, panic_in_pool, NULL);
}
