/* SPDX-License-Identifier: MIT */
/* lock_model.c - threads that hold locks. Who holds one is alone, or shares it; who is not let in
 * waits for ever. */
#include "harnesses.h"
#include "waits.h"

#include <par/condvar.h>
#include <par/mutex.h>
#include <par/rwlock.h>

#include <errno.h>

/* What the locks protect. The two mutexes lie so far apart that their lines have guards of their
 * own. */
static struct state {
    par_mutex mutex;
    par_rwlock rwlock;
    par_condvar condvar;
    size_t inside;  /* is anybody */
    size_t changes; /* how often it was changed */
    size_t ready;   /* what is waited for */
    size_t refused;
    par_mutex *other;
} * shared;

static void make(bool spans_end)
{
    shared = model_new(sizeof *shared);
    waits_make(spans_end);
    model_name(&shared->mutex, sizeof shared->mutex, "mutex");
    model_name(&shared->rwlock, sizeof shared->rwlock, "rwlock");
    model_name(&shared->condvar, sizeof shared->condvar, "condvar");
    model_name(&shared->inside, sizeof shared->inside, "inside");
    model_name(&shared->changes, sizeof shared->changes, "changes");
    model_name(&shared->ready, sizeof shared->ready, "ready");
}

/* By who is alone. */
static void change(void)
{
    model_assert(model_load(&shared->inside, MODEL_SITE) == 0);
    model_store(&shared->inside, 1, MODEL_SITE);
    model_store(&shared->changes, model_load(&shared->changes, MODEL_SITE) + 1, MODEL_SITE);
    model_store(&shared->inside, 0, MODEL_SITE);
}

/* By who shares. */
static size_t look(void)
{
    model_assert(model_load(&shared->inside, MODEL_SITE) == 0);
    const size_t seen = model_load(&shared->changes, MODEL_SITE);
    model_assert(model_load(&shared->inside, MODEL_SITE) == 0);
    return seen;
}

static void all_free(void)
{
    model_assert(shared->mutex.lock_.state == 0 && shared->mutex.lock_.queue == 0);
    model_assert(shared->rwlock.lock_.state == 0 && shared->rwlock.lock_.queue == 0);
}

/* ---- mutexes -----------------------------------------------------------------------------------
 */

static void *lock_and_change(void *arg)
{
    for (size_t n = (size_t)arg; n > 0; n--) {
        model_assert(par_mutex_lock(&shared->mutex) == 0);
        change();
        par_mutex_unlock(&shared->mutex);
    }
    return NULL;
}

static void *lock_soon(void *arg)
{
    const int code = par_mutex_lock_until(&shared->mutex, WAITS_SOON, NULL);
    (void)arg;
    model_assert(code == 0 || code == ETIMEDOUT);
    if (code != 0)
        return NULL;
    change();
    par_mutex_unlock(&shared->mutex);
    return NULL;
}

static void check_changes(void)
{
    all_free();
    model_assert(shared->changes == 3);
}

static void set_up_mutex_two(void)
{
    make(false);
    model_thread("twice", lock_and_change, (void *)(size_t)2);
    model_thread("once", lock_and_change, (void *)(size_t)1);
}

const model_harness mutex_two_harness = {.name = "mutex_two",
                                         .set_up = set_up_mutex_two,
                                         .check = check_changes,
                                         .short_bound = 4,
                                         .long_bound = 6};

static void set_up_mutex_three(void)
{
    make(false);
    model_thread("one", lock_and_change, (void *)(size_t)1);
    model_thread("two", lock_and_change, (void *)(size_t)1);
    model_thread("three", lock_and_change, (void *)(size_t)1);
}

const model_harness mutex_three_harness = {.name = "mutex_three",
                                           .set_up = set_up_mutex_three,
                                           .check = check_changes,
                                           .short_bound = 3,
                                           .long_bound = 4};

/* Who is told to try gives up at the same time: the lock is another's. */
static void set_up_mutex_until(void)
{
    make(false);
    model_thread("soon", lock_soon, NULL);
    model_thread("one", lock_and_change, (void *)(size_t)1);
    model_thread("two", lock_and_change, (void *)(size_t)1);
}

const model_harness mutex_until_harness = {.name = "mutex_until",
                                           .set_up = set_up_mutex_until,
                                           .check = all_free,
                                           .short_bound = 3,
                                           .long_bound = 4};

/* Each holds what the other wants: one of them is refused. */
static void *lock_both(void *arg)
{
    par_mutex *first = arg == NULL ? &shared->mutex : shared->other;
    par_mutex *second = arg == NULL ? shared->other : &shared->mutex;
    model_assert(par_mutex_lock(first) == 0);
    const int code = par_mutex_lock(second);
    model_assert(code == 0 || code == EDEADLK);
    if (code == 0)
        par_mutex_unlock(second);
    else
        model_assert(model_rmw(&shared->refused, MODEL_ADD, 1, MODEL_SITE) == 0);
    par_mutex_unlock(first);
    return NULL;
}

static void set_up_mutex_cycle(void)
{
    enum { APART = 512 };
    make(true);
    shared->other = model_new(APART);
    model_name(shared->other, sizeof *shared->other, "other");
    model_thread("one", lock_both, NULL);
    model_thread("two", lock_both, shared);
}

const model_harness mutex_cycle_harness = {.name = "mutex_cycle",
                                           .set_up = set_up_mutex_cycle,
                                           .check = all_free,
                                           .short_bound = 3,
                                           .long_bound = 4};

/* ---- condition variables -----------------------------------------------------------------------
 */

/* It returns if it was notified, and not otherwise: so it need not look again. */
static void *wait_for_ready(void *arg)
{
    (void)arg;
    model_assert(par_mutex_lock(&shared->mutex) == 0);
    if (model_load(&shared->ready, MODEL_SITE) == 0) {
        model_assert(par_condvar_wait(&shared->condvar, &shared->mutex) == 0);
        model_assert(model_load(&shared->ready, MODEL_SITE) != 0);
    }
    change();
    par_mutex_unlock(&shared->mutex);
    return NULL;
}

static void *wait_soon(void *arg)
{
    (void)arg;
    model_assert(par_mutex_lock(&shared->mutex) == 0);
    if (model_load(&shared->ready, MODEL_SITE) == 0) {
        const int code = par_condvar_wait_until(&shared->condvar, &shared->mutex, WAITS_SOON, NULL);
        model_assert(code == ETIMEDOUT || model_load(&shared->ready, MODEL_SITE) != 0);
    }
    change();
    par_mutex_unlock(&shared->mutex);
    return NULL;
}

static void make_ready(size_t n)
{
    model_assert(par_mutex_lock(&shared->mutex) == 0);
    change();
    model_store(&shared->ready, n, MODEL_SITE);
}

static void *notify_inside(void *arg)
{
    (void)arg;
    make_ready(1);
    par_condvar_notify_one(&shared->condvar);
    par_mutex_unlock(&shared->mutex);
    return NULL;
}

static void *notify_outside(void *arg)
{
    (void)arg;
    make_ready(1);
    par_mutex_unlock(&shared->mutex);
    par_condvar_notify_one(&shared->condvar);
    return NULL;
}

static void *notify_all(void *arg)
{
    (void)arg;
    make_ready(2);
    par_mutex_unlock(&shared->mutex);
    par_condvar_notify_all(&shared->condvar);
    return NULL;
}

static void set_up_condvar_inside(void)
{
    make(false);
    model_thread("waiter", wait_for_ready, NULL);
    model_thread("notifier", notify_inside, NULL);
}

const model_harness condvar_inside_harness = {.name = "condvar_inside",
                                              .set_up = set_up_condvar_inside,
                                              .check = all_free,
                                              .short_bound = 5,
                                              .long_bound = 7};

static void set_up_condvar_outside(void)
{
    make(false);
    model_thread("waiter", wait_for_ready, NULL);
    model_thread("notifier", notify_outside, NULL);
}

const model_harness condvar_outside_harness = {.name = "condvar_outside",
                                               .set_up = set_up_condvar_outside,
                                               .check = all_free,
                                               .short_bound = 5,
                                               .long_bound = 7};

static void set_up_condvar_all(void)
{
    make(false);
    model_thread("waiter", wait_for_ready, NULL);
    model_thread("another", wait_for_ready, NULL);
    model_thread("notifier", notify_all, NULL);
}

const model_harness condvar_all_harness = {.name = "condvar_all",
                                           .set_up = set_up_condvar_all,
                                           .check = check_changes,
                                           .short_bound = 2,
                                           .long_bound = 3};

/* One that gives up must not take the notification along: the other one is the first in line, or
 * alone in it. */
static void set_up_condvar_until(void)
{
    make(false);
    model_thread("soon", wait_soon, NULL);
    model_thread("notifier", notify_outside, NULL);
}

const model_harness condvar_until_harness = {.name = "condvar_until",
                                             .set_up = set_up_condvar_until,
                                             .check = all_free,
                                             .short_bound = 4,
                                             .long_bound = 5};

/* ---- rwlocks -----------------------------------------------------------------------------------
 */

static void *read(void *arg)
{
    (void)arg;
    model_assert(par_rwlock_read(&shared->rwlock) == 0);
    look();
    par_rwlock_end_read(&shared->rwlock);
    return NULL;
}

static void *write(void *arg)
{
    (void)arg;
    model_assert(par_rwlock_write(&shared->rwlock) == 0);
    change();
    par_rwlock_end_write(&shared->rwlock);
    return NULL;
}

static void *write_and_downgrade(void *arg)
{
    (void)arg;
    model_assert(par_rwlock_write(&shared->rwlock) == 0);
    change();
    const size_t written = model_load(&shared->changes, MODEL_SITE);
    par_rwlock_downgrade(&shared->rwlock);
    model_assert(look() == written);
    par_rwlock_end_read(&shared->rwlock);
    return NULL;
}

static void set_up_rwlock_readers(void)
{
    make(false);
    model_thread("writer", write, NULL);
    model_thread("reader", read, NULL);
    model_thread("another", read, NULL);
}

const model_harness rwlock_readers_harness = {.name = "rwlock_readers",
                                              .set_up = set_up_rwlock_readers,
                                              .check = all_free,
                                              .short_bound = 3,
                                              .long_bound = 4};

static void set_up_rwlock_downgrade(void)
{
    make(false);
    model_thread("downgrader", write_and_downgrade, NULL);
    model_thread("reader", read, NULL);
    model_thread("writer", write, NULL);
}

const model_harness rwlock_downgrade_harness = {.name = "rwlock_downgrade",
                                                .set_up = set_up_rwlock_downgrade,
                                                .check = all_free,
                                                .short_bound = 3,
                                                .long_bound = 4};
