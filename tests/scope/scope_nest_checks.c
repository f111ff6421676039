/* SPDX-License-Identifier: MIT */
/* scope_nest_checks.c - scopes among other calls: spawned into from everywhere, nested, and in
 * place of joins. */
#include "scope/scope_checks.h"

#include <par/join.h>
#include <par/loop.h>
#include <par/scope.h>

typedef struct outer {
    par_scope *scope;
    atomic_size_t runs;
    atomic_size_t spawned;
    atomic_size_t misplaced;
    atomic_size_t begun;
    size_t threads;
    par_pool *other;
} outer;

static void count_here(par_scope *scope, void *arg)
{
    outer *all = arg;
    /* The task belongs to the scope it was spawned into, and to that scope's pool. */
    if (scope != all->scope || par_num_threads() != all->threads ||
        par_thread_index() >= par_max_threads())
        atomic_fetch_add(&all->misplaced, 1);
    atomic_fetch_add(&all->runs, 1);
}

static void spawn_outward(void *arg)
{
    outer *all = arg;
    if (par_scope_spawn(all->scope, count_here, all) == 0)
        atomic_fetch_add(&all->spawned, 1);
}

static const char *judge(outer *all, par_scope_fn *body)
{
    all->threads = par_num_threads();
    const int rc = par_scope_run(body, all);
    const size_t spawned = atomic_load(&all->spawned);
    if (rc != 0 || spawned == 0 || atomic_load(&all->runs) != spawned)
        return wrong("code %d; %zu of %zu tasks ran", rc, atomic_load(&all->runs), spawned);
    if (atomic_load(&all->misplaced) != 0)
        return wrong("%zu tasks ran outside of their scope or its pool",
                     atomic_load(&all->misplaced));
    return NULL;
}

/* ---- from below ---- */

static void spawn_from_inner(par_scope *scope, void *arg)
{
    (void)scope;
    spawn_outward(arg);
}

static void open_inner(par_scope *scope, void *arg)
{
    (void)par_scope_spawn(scope, spawn_from_inner, arg);
    spawn_outward(arg);
    (void)par_scope_spawn(scope, spawn_from_inner, arg);
}

static void spawn_from_piece(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++) {
        spawn_outward(arg);
        par_join(spawn_outward, arg, spawn_outward, arg);
        par_scope_run(open_inner, arg);
    }
}

static void spawn_from_below(par_scope *scope, void *arg)
{
    outer *all = arg;
    all->scope = scope;
    par_for_grain(0, 30, 1, spawn_from_piece, all);
    par_join(spawn_outward, all, spawn_outward, all);
}

static const char *run_from_below(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(20); i++) {
        outer all = {.scope = NULL};
        const char *problem = judge(&all, spawn_from_below);
        if (problem != NULL)
            return problem;
        if (atomic_load(&all.spawned) != 30 * 6 + 2)
            return wrong("%zu spawns instead of 182", atomic_load(&all.spawned));
    }
    return NULL;
}

const char *scope_nest_takes_tasks_from_below(void)
{
    return in_every_pool(run_from_below, NULL);
}

/* ---- from the side of a join that another thread took ---- */

static void await_thief(void *arg)
{
    outer *all = arg;
    await_count(&all->begun, 1);
    spawn_outward(all);
}

static void spawn_on_thief(void *arg)
{
    outer *all = arg;
    atomic_fetch_add(&all->begun, 1);
    spawn_outward(all);
}

static void spawn_stolen(par_scope *scope, void *arg)
{
    outer *all = arg;
    all->scope = scope;
    par_join(await_thief, all, spawn_on_thief, all);
}

static const char *run_stolen(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(200); i++) {
        outer all = {.scope = NULL};
        const char *problem = judge(&all, spawn_stolen);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *scope_nest_takes_tasks_from_stolen_sides(void)
{
    return in_pools_from(2, run_stolen, NULL);
}

/* ---- from threads that are not in the pool ---- */

enum { FOREIGNERS = 4, FOREIGN_SPAWNS = 50 };

static void spawn_as_foreigner(size_t number, void *arg)
{
    (void)number;
    for (size_t i = 0; i < FOREIGN_SPAWNS; i++)
        spawn_outward(arg);
    atomic_fetch_add(&((outer *)arg)->begun, 1);
}

/* Keeps the scope open after its body has returned. */
static void await_foreigners(par_scope *scope, void *arg)
{
    (void)scope;
    outer *all = arg;
    await_count(&all->begun, FOREIGNERS);
}

static crowd foreigners;

static void invite_foreigners(par_scope *scope, void *arg)
{
    outer *all = arg;
    all->scope = scope;
    crowd_start(&foreigners, FOREIGNERS, spawn_as_foreigner, all);
    (void)par_scope_spawn(scope, await_foreigners, all);
}

static const char *run_foreign(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(20); i++) {
        outer all = {.scope = NULL};
        const char *problem = judge(&all, invite_foreigners);
        crowd_end(&foreigners);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *scope_nest_takes_tasks_from_foreign_threads(void)
{
    return in_every_pool(run_foreign, NULL);
}

/* ---- from a thread that is in another pool meanwhile ---- */

static void go_abroad(par_scope *scope, void *arg)
{
    outer *all = arg;
    all->scope = scope;
    for (size_t i = 0; i < 20; i++) {
        if (par_pool_run(all->other, spawn_outward, all) != 0)
            atomic_fetch_add(&all->misplaced, 1);
    }
}

static const char *run_abroad(void *arg)
{
    outer all = {.other = arg};
    return judge(&all, go_abroad);
}

const char *scope_nest_takes_tasks_from_other_pools(void)
{
    const char *problem = NULL;
    par_pool *other = pool_of(5, &problem);
    if (other == NULL)
        return problem;
    problem = in_every_pool(run_abroad, other);
    par_pool_destroy(other);
    return problem;
}

/* ---- nesting ---- */

typedef struct nested {
    atomic_size_t outer_runs;
    atomic_size_t inner_runs;
    size_t outer_runs_at_inner_end;
    size_t inner_runs_at_inner_end;
} nested;

static void run_outer_task(par_scope *scope, void *arg)
{
    (void)scope;
    atomic_fetch_add(&((nested *)arg)->outer_runs, 1);
}

static void run_inner_task(par_scope *scope, void *arg)
{
    (void)scope;
    atomic_fetch_add(&((nested *)arg)->inner_runs, 1);
}

static void spawn_inner_tasks(par_scope *scope, void *arg)
{
    for (size_t i = 0; i < 5; i++)
        (void)par_scope_spawn(scope, run_inner_task, arg);
}

static void spawn_around_inner(par_scope *scope, void *arg)
{
    nested *all = arg;
    for (size_t i = 0; i < 5; i++)
        (void)par_scope_spawn(scope, run_outer_task, all);
    par_scope_run(spawn_inner_tasks, all);
    all->inner_runs_at_inner_end = atomic_load(&all->inner_runs);
    all->outer_runs_at_inner_end = atomic_load(&all->outer_runs);
}

static void run_nested(void *arg)
{
    par_scope_run(spawn_around_inner, arg);
}

/* On one thread that is alone, the tasks of the outer scope lie below those of the inner one, and
 * the inner one's end leaves them there. */
const char *scope_nest_ends_without_tasks_of_outer_scopes(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(1, &problem);
    if (pool == NULL)
        return problem;
    nested all = {.outer_runs = 0};
    on_worker(pool, run_nested, &all);
    par_pool_destroy(pool);
    if (all.inner_runs_at_inner_end != 5 || all.outer_runs_at_inner_end != 0)
        return wrong("when the inner scope ended, %zu of 5 inner and %zu outer tasks had run",
                     all.inner_runs_at_inner_end, all.outer_runs_at_inner_end);
    if (atomic_load(&all.outer_runs) != 5)
        return wrong("%zu of 5 outer tasks ran", atomic_load(&all.outer_runs));
    return NULL;
}

/* ---- quicksort, with scopes in place of joins ---- */

typedef struct range {
    uint32_t *items;
    size_t n;
} range;

static size_t partition(const range *all)
{
    uint32_t *items = all->items;
    const uint32_t pivot = items[(all->n - 1) / 2];
    size_t i = 0;
    size_t j = all->n - 1;
    for (;; i++, j--) {
        while (items[i] < pivot)
            i++;
        while (items[j] > pivot)
            j--;
        if (i >= j)
            return j + 1;
        const uint32_t kept = items[i];
        items[i] = items[j];
        items[j] = kept;
    }
}

static void sort_range(par_scope *scope, void *arg)
{
    const range *all = arg;
    if (all->n < 2)
        return;
    const size_t middle = partition(all);
    const range left = {all->items, middle};
    const range right = {all->items + middle, all->n - middle};
    (void)par_scope_spawn_copy(scope, sort_range, &left, sizeof left);
    (void)par_scope_spawn_copy(scope, sort_range, &right, sizeof right);
}

static const char *sort_by_scope(void *arg)
{
    (void)arg;
    enum { ITEMS = 3000 };
    static _Thread_local uint32_t items[ITEMS];
    uint64_t seed = 5;
    for (size_t i = 0; i < ITEMS; i++)
        items[i] = (uint32_t)random_below(&seed, 1000);
    range all = {items, ITEMS};
    par_scope_run(sort_range, &all);
    for (size_t i = 1; i < ITEMS; i++) {
        if (items[i - 1] > items[i])
            return wrong("item %zu is not in order", i);
    }
    return NULL;
}

const char *scope_nest_sorts(void)
{
    return in_every_pool(sort_by_scope, NULL);
}

static void sort_outside(size_t number, void *arg)
{
    (void)number;
    for (size_t i = 0; i < scaled(10); i++) {
        if (sort_by_scope(NULL) != NULL)
            atomic_fetch_add((atomic_size_t *)arg, 1);
    }
}

const char *scope_nest_serves_many_outside_threads(void)
{
    atomic_size_t failures = 0;
    crowd_run(16, sort_outside, &failures);
    const size_t failed = atomic_load(&failures);
    return failed == 0 ? NULL : wrong("%zu sorts failed", failed);
}
