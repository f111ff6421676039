/* SPDX-License-Identifier: MIT */
/* verbs.h - a small use of every verb, for tests of whether there is a working library at all. */
#ifndef TESTS_VERBS_H
#define TESTS_VERBS_H

#include "support.h"

#include <par/broadcast.h>
#include <par/join.h>
#include <par/loop.h>
#include <par/scope.h>

enum { VERBS_ITEMS = 1000 };

static inline void verbs_count(void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

static inline void verbs_piece(size_t begin, size_t end, void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, end - begin);
}

static inline int verbs_fail(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    (void)arg;
    return 5;
}

static inline void verbs_scope_task(par_scope *scope, void *arg)
{
    (void)scope;
    verbs_count(arg);
}

static inline void verbs_spawn(par_scope *scope, void *arg)
{
    for (size_t i = 0; i < 10; i++)
        (void)par_scope_spawn(scope, verbs_scope_task, arg);
}

static inline void verbs_call(size_t index, void *arg)
{
    (void)index;
    verbs_count(arg);
}

/* Uses each verb once. 0, or the number of what is wrong. */
static inline int verbs_once(void)
{
    atomic_size_t runs = 0;
    par_join(verbs_count, &runs, verbs_count, &runs);
    if (atomic_exchange(&runs, 0) != 2)
        return 1;
    par_for_grain(0, VERBS_ITEMS, 1, verbs_piece, &runs);
    if (atomic_exchange(&runs, 0) != VERBS_ITEMS)
        return 2;
    if (par_try_for(0, VERBS_ITEMS, verbs_fail, NULL, NULL) != 5)
        return 3;
    if (par_scope_run(verbs_spawn, &runs) != 0 || atomic_exchange(&runs, 0) != 10)
        return 4;
    return 0;
}

static inline void verbs_task(void *arg)
{
    *(int *)arg = verbs_once();
}

static inline void verbs_meet(void *arg)
{
    meet(arg, 2);
}

static inline void verbs_meet_in_join(void *arg)
{
    par_join(verbs_meet, arg, verbs_meet, arg);
}

/* The same in a pool made for it, which then is ended. */
static inline int verbs_in_own_pool(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(2, &problem);
    if (pool == NULL)
        return 11;
    int code = 12;
    atomic_size_t arrived = 0;
    atomic_size_t spawned = 0;
    const int run = par_pool_run(pool, verbs_task, &code);
    const int join = par_pool_run(pool, verbs_meet_in_join, &arrived);
    const int spawn = par_pool_spawn(pool, verbs_count, &spawned);
    const int end = par_pool_destroy(pool);
    if (code != 0)
        return code + 20;
    return run || join || spawn || end || atomic_load(&spawned) != 1 ? 13 : 0;
}

/* All of it, from where the caller is and in a pool of its own. */
static inline int verbs_everywhere(void)
{
    const int code = verbs_once();
    if (code != 0)
        return code;
    atomic_size_t calls = 0;
    if (par_broadcast(verbs_call, &calls) != 0 || atomic_load(&calls) != par_num_threads())
        return 5;
    return verbs_in_own_pool();
}

#endif
