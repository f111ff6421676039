/* SPDX-License-Identifier: MIT */
/* memory_threads.c - what is allocated, what is given back, and what happens when there is nothing
 * to be had. The linker sends the library's allocations through allocator.c. */
#include "allocator.h"
#include "verbs.h"

#include <malloc.h>

/* ---- nothing where nothing is promised ---- */

enum { SLACK = 64, SLACK_BYTES = 65536 };

/* Of everything in the process, whoever allocated it. Always 0 under AddressSanitizer and valgrind,
 * which look for leaks themselves. */
static size_t bytes_in_use(void)
{
    return mallinfo2().uordblks;
}

typedef struct measured {
    size_t allocated;
    size_t left;
    size_t peak;
    atomic_size_t runs;
} measured;

static void split_joins(size_t depth, atomic_size_t *runs);

typedef struct split {
    size_t depth;
    atomic_size_t *runs;
} split;

static void split_side(void *arg)
{
    const split *side = arg;
    split_joins(side->depth, side->runs);
}

static void split_joins(size_t depth, atomic_size_t *runs)
{
    if (depth == 0) {
        atomic_fetch_add(runs, 1);
        return;
    }
    split below = {depth - 1, runs};
    par_join(split_side, &below, split_side, &below);
}

static void join_and_loop(measured *all)
{
    for (size_t i = 0; i < 20; i++) {
        split_joins(6, &all->runs);
        par_for(0, 1000, verbs_piece, &all->runs);
        par_for_grain(0, 1000, 7, verbs_piece, &all->runs);
        (void)par_try_for(0, 1000, verbs_fail, NULL, NULL);
    }
}

static void measure_joins_and_loops(void *arg)
{
    measured *all = arg;
    join_and_loop(all); /* whatever is made at the first time only */
    const size_t before = allocator_allocations();
    join_and_loop(all);
    all->allocated = allocator_allocations() - before;
}

/* Except by spares: one that is started for a lent core, at whatever moment somebody waits long, is
 * made and kept. */
static const char *memory_is_not_taken_by_joins_and_loops(void)
{
    static const size_t sizes[] = SUPPORT_POOL_SIZES;
    static const size_t spares[] = {0, 2};
    for (size_t i = 0; i < 5 * 2; i++) {
        par_pool_options options = PAR_POOL_OPTIONS_INIT;
        options.num_threads = sizes[i / 2];
        options.max_spares = (long)spares[i % 2];
        par_pool *pool = NULL;
        const int rc = par_pool_create(&pool, &options);
        if (rc != 0)
            return wrong("par_pool_create: %s", strerror(rc));
        measured all = {.allocated = 0};
        (void)on_worker(pool, measure_joins_and_loops, &all);
        par_pool_destroy(pool);
        if (all.allocated > spares[i % 2] || atomic_load(&all.runs) != 2 * 20 * (64 + 2000))
            return wrong("%zu allocations by joins and loops in a pool of %zu with %zu spares",
                         all.allocated, sizes[i / 2], spares[i % 2]);
    }
    return NULL;
}

static void count_task(par_scope *scope, void *arg)
{
    (void)scope;
    atomic_fetch_add(&((measured *)arg)->runs, 1);
}

static void spawn_many(par_scope *scope, void *arg)
{
    for (size_t i = 0; i < 10000; i++)
        (void)par_scope_spawn(scope, count_task, arg);
}

typedef struct chain_link {
    measured *all;
    size_t left;
} chain_link;

static void chain_on(par_scope *scope, void *arg)
{
    const chain_link *link = arg;
    measured *all = link->all;
    atomic_fetch_add(&all->runs, 1);
    if (allocator_live() > all->peak)
        all->peak = allocator_live();
    const chain_link next = {all, link->left - 1};
    if (link->left > 0)
        (void)par_scope_spawn_copy(scope, chain_on, &next, sizeof next);
}

static void measure_scopes(void *arg)
{
    measured *all = arg;
    (void)par_scope_run(spawn_many, all);
    const size_t before = allocator_live();
    (void)par_scope_run(spawn_many, all);
    all->left = allocator_live() - before;
    chain_link first = {all, 20000};
    all->peak = before;
    (void)par_scope_run(chain_on, &first);
    all->peak -= before;
}

/* What a scope took it gives back, and it takes no more than its unfinished tasks need. */
static const char *memory_of_scopes_is_given_back(void)
{
    for (size_t threads = 1; threads <= 2; threads++) {
        const char *problem = NULL;
        par_pool *pool = pool_of(threads, &problem);
        if (pool == NULL)
            return problem;
        measured all = {.left = 0};
        (void)on_worker(pool, measure_scopes, &all);
        par_pool_destroy(pool);
        if (all.left > SLACK && all.left < SIZE_MAX - SLACK)
            return wrong("a scope of 10000 tasks leaves %zu allocations", all.left);
        if (threads == 1 && all.peak > SLACK)
            return wrong("a chain of 20000 tasks has %zu allocations at once", all.peak);
        if (atomic_load(&all.runs) != 20000 + 20001)
            return wrong("%zu tasks ran", atomic_load(&all.runs));
    }
    return NULL;
}

static const char *memory_of_pools_is_given_back(void)
{
    const char *problem = NULL;
    size_t before = 0;
    for (size_t i = 0; i < 60; i++) {
        par_pool *pool = pool_of(1 + i % 4, &problem);
        if (pool == NULL)
            return problem;
        int code = 0;
        (void)par_pool_run(pool, verbs_task, &code);
        par_pool_destroy(pool);
        if (code != 0)
            return wrong("verb %d fails", code);
        if (i == 10)
            before = bytes_in_use();
    }
    const size_t after = bytes_in_use();
    return after <= before + SLACK_BYTES ? NULL : wrong("50 pools leave %zu bytes", after - before);
}

/* ---- nothing to be had ---- */

/* Every allocation of making a pool fails once: no pool, or one that works. */
static const char *fail_each_allocation(void)
{
    static char nowhere;
    par_pool *const untouched = (par_pool *)(void *)&nowhere;
    size_t failures = 0;
    for (int succeeding = 0;; succeeding++) {
        par_pool_options options = PAR_POOL_OPTIONS_INIT;
        options.num_threads = 2;
        par_pool *pool = untouched;
        allocator_end_after(ALLOCATOR_MEMORY, succeeding);
        const int rc = par_pool_create(&pool, &options);
        const bool failed = allocator_restore(ALLOCATOR_MEMORY) > 0;
        int code = 0;
        if (rc == 0) {
            (void)par_pool_run(pool, verbs_task, &code);
            par_pool_destroy(pool);
        } else if (rc != ENOMEM || pool != untouched) {
            return wrong("allocation %d failed: code %d, *out %s", succeeding, rc,
                         pool == untouched ? "untouched" : "written");
        }
        failures += rc == ENOMEM;
        if (code != 0)
            return wrong("allocation %d failed: verb %d of the pool fails", succeeding, code);
        if (!failed)
            break;
    }
    return failures > 0 ? NULL : wrong("no allocation of a pool was seen");
}

static const char *memory_may_be_missing_for_a_pool(void)
{
    const char *problem = fail_each_allocation();
    const size_t before = bytes_in_use();
    for (size_t i = 0; i < 5 && problem == NULL; i++)
        problem = fail_each_allocation();
    const size_t after = bytes_in_use();
    if (problem == NULL && after > before + SLACK_BYTES)
        problem = wrong("pools that could not be made leave %zu bytes", after - before);
    return problem;
}

typedef struct refused {
    atomic_size_t accepted;
    atomic_size_t runs;
    atomic_size_t surprises;
} refused;

static void count_refused(par_scope *scope, void *arg)
{
    (void)scope;
    atomic_fetch_add(&((refused *)arg)->runs, 1);
}

static void count_spawn(refused *all, int rc)
{
    if (rc == 0)
        atomic_fetch_add(&all->accepted, 1);
    else if (rc != ENOMEM)
        atomic_fetch_add(&all->surprises, 1);
}

static void count_copied(par_scope *scope, void *arg)
{
    refused *const *all = arg;
    count_refused(scope, *all);
}

enum { MOST_SUCCEEDING = 5 };

/* Five spawns, of which the first `succeeding` find memory: each takes one allocation. */
static void spawn_without_memory(par_scope *scope, void *arg)
{
    refused *all = arg;
    for (int succeeding = 0; succeeding <= MOST_SUCCEEDING; succeeding++) {
        allocator_end_after(ALLOCATOR_MEMORY, succeeding);
        for (size_t i = 0; i < MOST_SUCCEEDING; i++) {
            if (i % 2 == 0)
                count_spawn(all, par_scope_spawn(scope, count_refused, all));
            else
                count_spawn(all, par_scope_spawn_copy(scope, count_copied, &all, sizeof all));
        }
        allocator_restore(ALLOCATOR_MEMORY);
    }
}

static void scope_without_memory(void *arg)
{
    refused *all = arg;
    if (par_scope_run(spawn_without_memory, all) != 0)
        atomic_fetch_add(&all->surprises, 1);
}

static const char *memory_may_be_missing_for_a_spawn(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(1, &problem);
    if (pool == NULL)
        return problem;
    refused all = {0, 0, 0};
    (void)on_worker(pool, scope_without_memory, &all);
    atomic_size_t runs = 0;
    allocator_end_after(ALLOCATOR_MEMORY, 0);
    const int rc = par_pool_spawn(pool, verbs_count, &runs);
    allocator_restore(ALLOCATOR_MEMORY);
    par_pool_destroy(pool);
    const size_t expected = MOST_SUCCEEDING * (MOST_SUCCEEDING + 1) / 2;
    if (atomic_load(&all.surprises) != 0 || atomic_load(&all.accepted) != expected ||
        atomic_load(&all.runs) != expected)
        return wrong("%zu spawns accepted and %zu tasks run instead of %zu, %zu other codes",
                     atomic_load(&all.accepted), atomic_load(&all.runs), expected,
                     atomic_load(&all.surprises));
    if (rc != ENOMEM || atomic_load(&runs) != 0)
        return wrong("par_pool_spawn without memory: code %d, %zu runs", rc, atomic_load(&runs));
    return NULL;
}

typedef struct chain_of_joins {
    size_t levels;
    atomic_size_t *runs;
} chain_of_joins;

static void go_down(void *arg)
{
    const chain_of_joins *level = arg;
    chain_of_joins below = {level->levels - 1, level->runs};
    if (level->levels > 0)
        par_join(go_down, &below, verbs_count, level->runs);
}

enum { LEVELS = 5000 };

static void work_without_memory(void *arg)
{
    atomic_size_t *runs = arg;
    chain_of_joins top = {LEVELS, runs};
    go_down(&top);
    for (size_t i = 0; i < 100; i++) {
        par_for_grain(0, 100, 1, verbs_piece, runs);
        par_for(0, 100, verbs_piece, runs);
    }
}

/* Deep joins and loops neither fail nor end the process. */
static const char *memory_may_be_missing_for_joins_and_loops(void)
{
    for (size_t threads = 1; threads <= 3; threads++) {
        const char *problem = NULL;
        par_pool *pool = pool_of(threads, &problem);
        if (pool == NULL)
            return problem;
        atomic_size_t runs = 0;
        allocator_end_after(ALLOCATOR_MEMORY, 0);
        (void)par_pool_run(pool, work_without_memory, &runs);
        allocator_restore(ALLOCATOR_MEMORY);
        par_pool_destroy(pool);
        if (atomic_load(&runs) != LEVELS + 20000)
            return wrong("%zu of %d ran", atomic_load(&runs), LEVELS + 20000);
    }
    return NULL;
}

typedef struct broadcast_call {
    int rc;
    atomic_size_t calls;
} broadcast_call;

static void broadcast_without_memory(void *arg)
{
    broadcast_call *call = arg;
    allocator_end_after(ALLOCATOR_MEMORY, 0);
    call->rc = par_broadcast(verbs_call, &call->calls);
    allocator_restore(ALLOCATOR_MEMORY);
}

static const char *memory_may_be_missing_for_a_broadcast(void)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(3, &problem);
    if (pool == NULL)
        return problem;
    broadcast_call call = {-1, 0};
    (void)par_pool_run(pool, broadcast_without_memory, &call);
    par_pool_destroy(pool);
    const size_t expected = call.rc == 0 ? 3 : 0;
    if ((call.rc != 0 && call.rc != ENOMEM) || atomic_load(&call.calls) != expected)
        return wrong("code %d after %zu calls", call.rc, atomic_load(&call.calls));
    return NULL;
}

#define MEMORY_CHECKS(X)                                                                           \
    X(memory, is_not_taken_by_joins_and_loops)                                                     \
    X(memory, of_scopes_is_given_back)                                                             \
    X(memory, of_pools_is_given_back)                                                              \
    X(memory, may_be_missing_for_a_pool)                                                           \
    X(memory, may_be_missing_for_a_spawn)                                                          \
    X(memory, may_be_missing_for_joins_and_loops)                                                  \
    X(memory, may_be_missing_for_a_broadcast)

const check checks[] = {MEMORY_CHECKS(CHECK_ROW){NULL, NULL}};
