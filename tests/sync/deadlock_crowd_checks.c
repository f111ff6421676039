/* SPDX-License-Identifier: MIT */
/* deadlock_crowd_checks.c - many who wait for each other, and never in a cycle. */
#include "sync/deadlock_checks.h"

#include "sync/sync_steps.h"

#include <par/loop.h>

/* ---- no cycles ------------------------------------------------------------------------------- */

enum { LOCKS = 4, CROWD = 8 };

typedef struct busy {
    par_mutex locks[LOCKS];
    par_rwlock rwlock;
    size_t rounds;
    atomic_size_t refused;
} busy;

static bool lock_one(busy *all, size_t i)
{
    const int code = par_mutex_lock(&all->locks[i]);
    if (code != 0)
        atomic_fetch_add(&all->refused, 1);
    return code == 0;
}

/* Locks some of them, the lower ones first, and sometimes keeps them for so long that those who
 * wait look for cycles. */
static void lock_some(busy *all, uint64_t *seed)
{
    bool held[LOCKS] = {false};
    for (size_t i = 0; i < LOCKS; i++) {
        if (random_below(seed, 2) == 0)
            held[i] = lock_one(all, i);
    }
    if (random_below(seed, 40) == 0)
        steps_sleep_ms(12);
    else if (random_below(seed, 4) == 0)
        sched_yield();
    for (size_t i = 0; i < LOCKS; i++) {
        if (held[i])
            par_mutex_unlock(&all->locks[i]);
    }
}

static void lock_at_random(size_t number, void *arg)
{
    busy *all = arg;
    uint64_t seed = number + 1;
    for (size_t i = 0; i < all->rounds; i++) {
        lock_some(all, &seed);
        const bool writes = random_below(&seed, 4) == 0;
        const int code = writes ? par_rwlock_write(&all->rwlock) : par_rwlock_read(&all->rwlock);
        if (code != 0)
            atomic_fetch_add(&all->refused, 1);
        else if (writes)
            par_rwlock_end_write(&all->rwlock);
        else
            par_rwlock_end_read(&all->rwlock);
    }
}

static const char *judge_busy(busy *all)
{
    const size_t refused = atomic_load(&all->refused);
    return refused == 0 ? NULL : wrong("%zu locks were refused", refused);
}

const char *deadlock_is_not_seen_in_crowds(void)
{
    busy all = {.rounds = scaled(1000)};
    crowd_run(CROWD, lock_at_random, &all);
    return judge_busy(&all);
}

/* Tasks that lock, and join in between with nothing locked: threads wait for each other by joins
 * and by locks all the time, and never in a cycle. */
static void lock_in_pieces(size_t begin, size_t end, void *arg)
{
    uint64_t seed = begin + 1;
    for (size_t i = begin; i < end; i++)
        lock_some(arg, &seed);
}

static const char *lock_in_pool(void *arg)
{
    busy all = {.rounds = *(size_t *)arg};
    for (size_t i = 0; i < 4; i++)
        par_for_grain(0, all.rounds, 1, lock_in_pieces, &all);
    return judge_busy(&all);
}

const char *deadlock_is_not_seen_in_crowds_of_tasks(void)
{
    size_t rounds = scaled(200);
    return in_every_pool(lock_in_pool, &rounds);
}
