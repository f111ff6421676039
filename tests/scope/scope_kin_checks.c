/* SPDX-License-Identifier: MIT */
/* scope_kin_checks.c - a scope that waits runs only its own tasks and what they forked, also when
 * they spawn into the scopes around them. */
#include "scope/scope_checks.h"

#include "kin.h"
#include <par/scope.h>

typedef struct region {
    kin kin;
    par_scope *scope;
    struct region *outer; /* NULL: the outermost */
    size_t depth;
} region;

typedef struct member {
    kin kin;
    region *home; /* the scope it was spawned into */
    bool leaf;
} member;

static void be_member(par_scope *scope, void *arg);

static void spawn_member(region *into, bool leaf)
{
    const member child = {{&into->kin, false}, into, leaf};
    (void)par_scope_spawn_copy(into->scope, be_member, &child, sizeof child);
}

static void open_region(par_scope *scope, void *arg)
{
    region *self = arg;
    const kin body = {&self->kin, false};
    const kin *awaited = kin_begin(&body);
    self->scope = scope;
    for (size_t i = 0; i < 3; i++)
        spawn_member(self, false);
    if (self->outer != NULL)
        spawn_member(self->outer, true);
    kin_end(awaited);
}

static void enter_region(kin *parent, region *around, size_t depth)
{
    region inner = {{parent, false}, NULL, around, depth};
    kin_awaited = &inner.kin;
    par_scope_run(open_region, &inner);
    kin_awaited = NULL;
}

static void be_member(par_scope *scope, void *arg)
{
    (void)scope;
    member *self = arg;
    const kin *awaited = kin_begin(&self->kin);
    sched_yield();
    if (!self->leaf && self->home->depth > 0)
        enter_region(&self->kin, self->home, self->home->depth - 1);
    kin_end(awaited);
}

static void enter_regions(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(20); i++)
        enter_region(NULL, NULL, 2);
}

static void enter_regions_in_pool(size_t number, void *arg)
{
    (void)number;
    par_pool_run(arg, enter_regions, NULL);
}

const char *scope_nest_runs_no_stranger(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(8, &problem);
    if (pool == NULL)
        return problem;
    crowd_run(6, enter_regions_in_pool, pool);
    par_pool_destroy(pool);
    const size_t seen = atomic_exchange(&kin_strangers, 0);
    return seen == 0 ? NULL : wrong("%zu tasks ran below a scope that is not theirs", seen);
}
