/* SPDX-License-Identifier: MIT */
/* order_threads.c - what is said of locks that are locked in two orders, and of locks that are held
 * across a join. Checked in every build: this program turns it on. */
#include "base/blocker.h"
#include "base/capture.h"
#include "support.h"
#include "sync/sync_steps.h"

#include <par/join.h>

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (text = strstr(text, part); text != NULL; text = strstr(text + 1, part))
        n++;
    return n;
}

/* How often fn(arg) makes the library say `part`. */
static size_t said(par_fn *fn, void *arg, const char *part)
{
    const capture c = capture_begin();
    fn(arg);
    char *text = capture_end(c);
    const size_t n = count(text, part);
    free(text);
    return n;
}

static const char *const two_orders = "locked in two orders";
static const char *const but_before = "but before";

typedef struct locks {
    par_mutex a;
    par_mutex b;
    par_mutex c;
    par_rwlock rw;
} locks;

static void both(par_mutex *first, par_mutex *then)
{
    par_mutex_lock(first);
    par_mutex_lock(then);
    par_mutex_unlock(first);
    par_mutex_unlock(then);
}

static void in_one_order(void *arg)
{
    locks *all = arg;
    for (int i = 0; i < 3; i++) {
        both(&all->a, &all->b);
        both(&all->b, &all->c);
        both(&all->a, &all->c);
    }
}

static void in_two_orders(void *arg)
{
    locks *all = arg;
    for (int i = 0; i < 3; i++) {
        both(&all->a, &all->b);
        both(&all->b, &all->a);
    }
}

static void in_a_ring(void *arg)
{
    locks *all = arg;
    both(&all->a, &all->b);
    both(&all->b, &all->c);
    both(&all->c, &all->a);
}

static void with_rwlock(void *arg)
{
    locks *all = arg;
    par_mutex_lock(&all->a);
    (void)par_rwlock_read(&all->rw);
    par_mutex_unlock(&all->a);
    par_mutex_lock(&all->a);
    par_mutex_unlock(&all->a);
    par_rwlock_end_read(&all->rw);
}

static void by_trying(void *arg)
{
    locks *all = arg;
    both(&all->a, &all->b);
    par_mutex_lock(&all->b);
    (void)par_mutex_try_lock(&all->a);
    par_mutex_unlock(&all->a);
    par_mutex_unlock(&all->b);
}

static void with_other_locks_in_place(void *arg)
{
    locks *all = arg;
    both(&all->a, &all->b);
    *all = (locks){.a = PAR_MUTEX_INIT};
    both(&all->b, &all->a);
}

static const char *order_is_reported_once(void)
{
    locks one = {.a = PAR_MUTEX_INIT};
    locks two = {.a = PAR_MUTEX_INIT};
    locks ring = {.a = PAR_MUTEX_INIT};
    locks rw = {.a = PAR_MUTEX_INIT};
    if (said(in_one_order, &one, two_orders) != 0)
        return "one order is reported";
    if (said(in_two_orders, &two, two_orders) != 1 || said(in_two_orders, &two, two_orders) != 0)
        return "two orders are not reported once";
    if (said(in_a_ring, &ring, but_before) != 2)
        return "a ring of three is not reported with the other two";
    return said(with_rwlock, &rw, two_orders) == 1 ? NULL : "an rwlock is not reported";
}

static const char *order_is_right_without_danger(void)
{
    static locks tried; /* in memory that no other check has used */
    static locks again;
    if (said(by_trying, &tried, two_orders) != 0)
        return "a lock that was tried is reported";
    return said(with_other_locks_in_place, &again, two_orders) == 0 ? NULL
                                                                    : "a new lock is taken for old";
}

/* ---- joins ----------------------------------------------------------------------------------- */

typedef struct held {
    par_mutex mutex;
    par_pool *pool;
    atomic_size_t begun;
    atomic_size_t asleep;
    bool holds;
} held;

static void wait_for_child(void *arg)
{
    await_count(&((held *)arg)->begun, 1);
}

/* Ends when the thread that joins it sleeps. */
static void stay(void *arg)
{
    held *all = arg;
    atomic_fetch_add(&all->begun, 1);
    bool sleeps = false;
    while (!sleeps) {
        sched_yield();
        for (ws_blocker *each = ws_blocker_first(); each != NULL; each = each->next)
            sleeps = sleeps || ws_load_acquire(&each->holder) == (size_t)ws_blocker_self();
    }
}

static void hold_across_join(void *arg)
{
    held *all = arg;
    if (all->holds)
        par_mutex_lock(&all->mutex);
    par_join(wait_for_child, all, stay, all);
    if (all->holds)
        par_mutex_unlock(&all->mutex);
}

static void run_in_pool(void *arg)
{
    held *all = arg;
    (void)par_pool_run(all->pool, hold_across_join, all);
}

static const char *order_warns_of_locks_across_joins(void)
{
    static const char *const warning = "while it holds a lock";
    const char *problem = NULL;
    held without = {.pool = pool_of(2, &problem)};
    if (without.pool == NULL)
        return problem;
    held with = {.pool = without.pool, .holds = true};
    held again = {.pool = without.pool, .holds = true};
    const size_t none = said(run_in_pool, &without, warning);
    const size_t one = said(run_in_pool, &with, warning);
    const size_t more = said(run_in_pool, &again, warning);
    par_pool_destroy(without.pool);
    return none == 0 && one == 1 && more == 0 ? NULL : wrong("%zu, %zu, %zu", none, one, more);
}

#define ORDER_CHECKS(X)                                                                            \
    X(order, is_reported_once)                                                                     \
    X(order, is_right_without_danger)                                                              \
    X(order, warns_of_locks_across_joins)

const check checks[] = {ORDER_CHECKS(CHECK_ROW){NULL, NULL}};

int main(int argc, char **argv)
{
    ws_blocker_checks_locks = true;
    return checks_main(argc, argv);
}
