/* SPDX-License-Identifier: MIT */
/* sync_steps.h - what the checks of locks share: how many stand in line, and threads that do one
 * thing at a time. Sees the inside of the library. */
#ifndef TESTS_SYNC_SYNC_STEPS_H
#define TESTS_SYNC_SYNC_STEPS_H

#include "support.h"
#include "sync/lock.h"

#include <par/condvar.h>
#include <par/mutex.h>
#include <par/rwlock.h>

static inline size_t steps_count(const size_t *line)
{
    const ws_waiter *first = ws_line_first(line);
    const ws_waiter *each = first;
    size_t n = 0;
    while (each != NULL) {
        n++;
        each = each->next == first ? NULL : each->next;
    }
    return n;
}

/* How many stand in line for it. */
static inline size_t steps_at_lock(par_detail_lock *lock)
{
    if (ws_load_relaxed(&lock->queue) == 0)
        return 0;
    ws_line_enter_lock(lock);
    const size_t n = steps_count(&lock->queue);
    ws_line_leave_lock(lock);
    return n;
}

static inline size_t steps_at_condition(par_condvar *condvar)
{
    if (ws_load_relaxed(&condvar->queue_) == 0)
        return 0;
    ws_line_enter_condition(condvar);
    const size_t n = steps_count(&condvar->queue_);
    ws_line_leave_condition(condvar);
    return n;
}

static inline void steps_await_lock(par_detail_lock *lock, size_t n)
{
    while (steps_at_lock(lock) != n)
        sched_yield();
}

static inline void steps_await_condition(par_condvar *condvar, size_t n)
{
    while (steps_at_condition(condvar) != n)
        sched_yield();
}

static inline void steps_sleep_ms(long ms)
{
    const struct timespec span = {0, ms * 1000000};
    (void)nanosleep(&span, NULL);
}

#endif
