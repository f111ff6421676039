/* SPDX-License-Identifier: MIT */
/* latch_checks.c - counting down, and the end of a latch. */
#include "sync/latch_checks.h"

#include <par/join.h>
#include <par/scope.h>

enum { THREADS = 5 };

/* ---- counting ---- */

const char *latch_opens_at_zero(void)
{
    par_latch latch = PAR_LATCH_INIT(5);
    if (par_latch_try_wait(&latch) || par_latch_count_down(&latch, 2) != 0 ||
        par_latch_count_down(&latch, 0) != 0 || par_latch_try_wait(&latch))
        return "open too early";
    if (par_latch_count_down(&latch, 3) != 0 || !par_latch_try_wait(&latch))
        return "not open";
    par_latch_wait(&latch);
    const int code = par_latch_wait_until(&latch, PAR_NO_WAIT, NULL);
    par_latch none = PAR_LATCH_INIT(0);
    par_latch_wait(&none);
    return code == 0 && par_latch_try_wait(&none) ? NULL : wrong("%d", code);
}

const char *latch_counts_no_further(void)
{
    par_latch latch = PAR_LATCH_INIT(2);
    if (par_latch_count_down(&latch, 3) != EINVAL || par_latch_try_wait(&latch))
        return "counted below 0";
    if (par_latch_count_down(&latch, 2) != 0 || par_latch_count_down(&latch, 1) != EINVAL)
        return "counted on from 0";
    if (par_latch_init(&latch, PAR_LATCH_MAX + 1) != EINVAL || !par_latch_try_wait(&latch))
        return "too large a number is taken";
    if (par_latch_init(&latch, PAR_LATCH_MAX) != 0 ||
        par_latch_count_down(&latch, PAR_LATCH_MAX - 1) != 0 || par_latch_try_wait(&latch))
        return "PAR_LATCH_MAX is refused";
    return par_latch_count_down(&latch, 1) == 0 && par_latch_try_wait(&latch) ? NULL : "not open";
}

typedef struct work {
    par_latch latch;
    size_t plain[THREADS];
    atomic_size_t wrong;
} work;

static void do_one_or_wait(size_t number, void *arg)
{
    work *all = arg;
    if (number < THREADS) {
        all->plain[number] = number + 1;
        par_latch_count_down(&all->latch, 1);
    }
    if (number % 2 == 0)
        par_latch_wait(&all->latch);
    else
        while (!par_latch_try_wait(&all->latch))
            sched_yield();
    for (size_t i = 0; i < THREADS; i++)
        if (all->plain[i] != i + 1)
            atomic_fetch_add(&all->wrong, 1);
}

const char *latch_shows_what_was_written_before(void)
{
    for (size_t i = 0; i < scaled(300); i++) {
        work all = {.latch = PAR_LATCH_INIT(THREADS)};
        crowd_run(THREADS + 2, do_one_or_wait, &all);
        if (atomic_load(&all.wrong) != 0)
            return wrong("%zu wrong", atomic_load(&all.wrong));
    }
    return NULL;
}

/* ---- the end of a latch ---- */

/* One makes latches and frees each as soon as it is open; the others open them. Whether that
 * touches freed memory, AddressSanitizer sees. */
typedef struct hand {
    _Atomic(par_latch *) latch; /* NULL: taken */
    atomic_size_t over;
} hand;

static void open_each(size_t number, void *arg)
{
    hand *all = arg;
    (void)number;
    while (atomic_load(&all->over) == 0) {
        par_latch *latch = atomic_exchange(&all->latch, NULL);
        if (latch != NULL)
            par_latch_count_down(latch, 1);
        else
            sched_yield();
    }
}

const char *latch_may_be_freed_by_who_waited(void)
{
    static crowd openers;
    hand all = {.latch = NULL};
    crowd_start(&openers, 3, open_each, &all);
    for (size_t i = 0; i < scaled(20000); i++) {
        par_latch *latch = malloc(sizeof *latch);
        if (latch == NULL)
            abort();
        *latch = (par_latch)PAR_LATCH_INIT(1);
        atomic_store(&all.latch, latch);
        par_latch_wait(latch);
        memset(latch, 0xff, sizeof *latch);
        free(latch);
    }
    atomic_store(&all.over, 1);
    crowd_end(&openers);
    return NULL;
}

/* ---- not for ever ---- */

const char *latch_waits_until_a_deadline(void)
{
    par_latch latch = PAR_LATCH_INIT(1);
    const int none = par_latch_wait_until(&latch, PAR_NO_WAIT, NULL);
    const int little = par_latch_wait_until(&latch, par_in(PAR_MS(2)), NULL);
    if (none != ETIMEDOUT || little != ETIMEDOUT)
        return wrong("%d and %d instead of ETIMEDOUT", none, little);
    par_latch_count_down(&latch, 1);
    const int open = par_latch_wait_until(&latch, PAR_NO_WAIT, NULL);
    return open == 0 ? NULL : wrong("%d", open);
}

typedef struct canceling {
    par_latch latch;
    par_group group;
    par_group other;
    atomic_size_t canceled;
    atomic_size_t opened;
} canceling;

static void wait_with_group(size_t number, void *arg)
{
    canceling *all = arg;
    par_group *group = number % 2 == 0 ? &all->group : &all->other;
    if (number == THREADS) {
        par_cancel(&all->group);
        await_count(&all->canceled, 3);
        par_latch_count_down(&all->latch, 1);
        return;
    }
    const int code = par_latch_wait_until(&all->latch, PAR_FOREVER, group);
    if (code == 0)
        atomic_fetch_add(&all->opened, 1);
    else if (code == ECANCELED && group == &all->group)
        atomic_fetch_add(&all->canceled, 1);
}

const char *latch_stops_waiting_when_canceled(void)
{
    for (size_t i = 0; i < scaled(300); i++) {
        canceling all = {PAR_LATCH_INIT(1), PAR_GROUP_INIT, PAR_GROUP_INIT, 0, 0};
        crowd_run(THREADS + 1, wait_with_group, &all);
        if (atomic_load(&all.opened) != 2)
            return wrong("%zu of 2 saw it open", atomic_load(&all.opened));
        if (par_latch_wait_until(&all.latch, PAR_FOREVER, &all.group) != 0)
            return "canceled although it is open";
    }
    return NULL;
}

/* ---- tasks ---- */

static void wait_in_task(void *arg)
{
    par_latch_wait(arg);
}

static void open_in_task(void *arg)
{
    par_latch_count_down(arg, 1);
}

/* Only the forked side, which nobody has taken, ends the wait. */
static const char *join_inside(void *arg)
{
    (void)arg;
    par_latch latch = PAR_LATCH_INIT(1);
    par_join(wait_in_task, &latch, open_in_task, &latch);
    return NULL;
}

const char *latch_wakes_tasks_of_small_pools(void)
{
    for (size_t i = 0; i < scaled(100); i++) {
        const char *problem = in_pool(1 + i % 2, join_inside, NULL);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}
