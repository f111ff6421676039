/* SPDX-License-Identifier: MIT */
/* broadcast_crossing_threads.c - in each of two pools a thread waits, as a guest of the other, for
 * a task that broadcasts there; so each broadcast needs a thread that waits for the other one. Of
 * three threads in each pool one is away and one is kept from working by the guest. */
#include "support.h"

#include <par/broadcast.h>
#include <par/join.h>

enum { CROSSED = 3 };

typedef struct crossing {
    par_pool *pools[2];
    atomic_size_t begun[2];
    atomic_size_t met;
    atomic_size_t calls;
    atomic_size_t failures;
} crossing;

typedef struct way {
    crossing *all;
    size_t from;
} way;

static void count_call(size_t index, void *arg)
{
    (void)index;
    atomic_fetch_add(&((crossing *)arg)->calls, 1);
}

static void await_thief(void *arg)
{
    const way *here = arg;
    await_count(&here->all->begun[here->from], 1);
}

static void broadcast_on_thief(void *arg)
{
    const way *here = arg;
    atomic_fetch_add(&here->all->begun[here->from], 1);
    await_count(&here->all->begun[1 - here->from], 1);
    if (par_broadcast(count_call, here->all) != 0)
        atomic_fetch_add(&here->all->failures, 1);
}

static void join_there(void *arg)
{
    par_join(await_thief, arg, broadcast_on_thief, arg);
}

static void cross(void *arg)
{
    const way *here = arg;
    meet(&here->all->met, 2);
    if (par_pool_run(here->all->pools[1 - here->from], join_there, arg) != 0)
        atomic_fetch_add(&here->all->failures, 1);
}

static void start_crossing(size_t number, void *arg)
{
    crossing *all = arg;
    way here = {all, number};
    (void)on_worker(all->pools[number], cross, &here);
}

static const char *broadcast_crossing_ends(void)
{
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = NULL;
        crossing all = {.met = 0};
        all.pools[0] = pool_of(CROSSED, &problem);
        all.pools[1] = pool_of(CROSSED, &problem);
        if (problem != NULL)
            return problem;
        crowd_run(2, start_crossing, &all);
        par_pool_destroy(all.pools[0]);
        par_pool_destroy(all.pools[1]);
        if (atomic_load(&all.calls) != 2 * CROSSED || atomic_load(&all.failures) != 0)
            return wrong("%zu calls instead of %d, %zu failures", atomic_load(&all.calls),
                         2 * CROSSED, atomic_load(&all.failures));
    }
    return NULL;
}

#define BROADCAST_CROSSING_CHECKS(X) X(broadcast_crossing, ends)

const check checks[] = {BROADCAST_CROSSING_CHECKS(CHECK_ROW){NULL, NULL}};
