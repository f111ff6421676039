/* SPDX-License-Identifier: MIT */
/* scope_checks.c - one scope: its tasks all run, once, in the order and with the payload promised.
 */
#include "scope/scope_checks.h"

#include <par/scope.h>
#include <stdalign.h>

/* ---- number ---- */

typedef struct count {
    size_t spawns;
    atomic_size_t runs;
    atomic_size_t refused;
    pthread_t here;
    bool elsewhere;
} count;

static void note_thread(par_scope *scope, void *arg)
{
    count *all = arg;
    all->elsewhere = scope == NULL || !pthread_equal(all->here, pthread_self());
    atomic_fetch_add(&all->runs, 1);
}

static const char *run_empty_scope(void *arg)
{
    (void)arg;
    for (size_t i = 1; i <= 100; i++) {
        count all = {.here = pthread_self()};
        const int rc = par_scope_run(note_thread, &all);
        if (rc != 0 || atomic_load(&all.runs) != 1 || all.elsewhere)
            return wrong("code %d; the body ran %zu times, %s", rc, atomic_load(&all.runs),
                         all.elsewhere ? "elsewhere" : "here");
    }
    return NULL;
}

const char *scope_runs_its_body_here(void)
{
    return in_every_pool(run_empty_scope, NULL);
}

static void count_task(par_scope *scope, void *arg)
{
    (void)scope;
    atomic_fetch_add(&((count *)arg)->runs, 1);
}

static void spawn_all(par_scope *scope, void *arg)
{
    count *all = arg;
    for (size_t i = 0; i < all->spawns; i++) {
        if (par_scope_spawn(scope, count_task, all) != 0)
            atomic_fetch_add(&all->refused, 1);
    }
}

static const char *run_tasks(void *arg)
{
    (void)arg;
    const size_t numbers[] = {1, 2, 17, 1000, scaled(100000)};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        count all = {.spawns = numbers[i]};
        const int rc = par_scope_run(spawn_all, &all);
        if (rc != 0 || atomic_load(&all.refused) != 0 || atomic_load(&all.runs) != numbers[i])
            return wrong("code %d; %zu of %zu tasks ran, %zu refused", rc, atomic_load(&all.runs),
                         numbers[i], atomic_load(&all.refused));
    }
    return NULL;
}

const char *scope_runs_every_task_once(void)
{
    return in_every_pool(run_tasks, NULL);
}

/* ---- tasks of tasks ---- */

typedef struct seedling {
    size_t depth;
    count *all;
} seedling;

static void sprout(par_scope *scope, void *arg)
{
    const seedling *self = arg;
    atomic_fetch_add(&self->all->runs, 1);
    const seedling child = {self->depth - 1, self->all};
    for (size_t i = 0; i < 2 && self->depth > 0; i++) {
        if (par_scope_spawn_copy(scope, sprout, &child, sizeof child) != 0)
            atomic_fetch_add(&self->all->refused, 1);
    }
}

static const char *run_tree_of_tasks(void *arg)
{
    (void)arg;
    const size_t depth = scaled(10) == 10 ? 13 : 10;
    const size_t expected = ((size_t)2 << depth) - 1;
    count all = {.spawns = 0};
    seedling root = {depth, &all};
    par_scope_run(sprout, &root);
    if (atomic_load(&all.runs) != expected || atomic_load(&all.refused) != 0)
        return wrong("%zu of %zu tasks ran, %zu refused", atomic_load(&all.runs), expected,
                     atomic_load(&all.refused));
    return NULL;
}

const char *scope_runs_tasks_of_tasks(void)
{
    return in_every_pool(run_tree_of_tasks, NULL);
}

/* ---- stack ---- */

enum { CHAIN_STACK = 16384 };

static _Thread_local uintptr_t chain_base;
static _Thread_local size_t chain_of_base;

typedef struct chain {
    size_t number; /* tells chains apart: each thread takes a new base for each */
    atomic_size_t left;
    atomic_size_t deepest;
} chain;

static void chain_task(par_scope *scope, void *arg)
{
    chain *all = arg;
    const uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if (chain_of_base != all->number) {
        chain_of_base = all->number;
        chain_base = here;
    }
    const size_t depth = here < chain_base ? chain_base - here : here - chain_base;
    if (depth > atomic_load(&all->deepest))
        atomic_store(&all->deepest, depth);
    if (atomic_fetch_sub(&all->left, 1) > 1)
        (void)par_scope_spawn(scope, chain_task, all);
}

static void start_chain(par_scope *scope, void *arg)
{
    (void)par_scope_spawn(scope, chain_task, arg);
}

static const char *run_chain(void *arg)
{
    size_t *number = arg;
    chain all = {.number = ++*number, .left = scaled(20000)};
    par_scope_run(start_chain, &all);
    if (atomic_load(&all.left) != 0)
        return wrong("%zu tasks of the chain did not run", atomic_load(&all.left));
    if (atomic_load(&all.deepest) > CHAIN_STACK)
        return wrong("a chain of tasks takes %zu bytes of stack", atomic_load(&all.deepest));
    return NULL;
}

const char *scope_chains_tasks_without_stack(void)
{
    static size_t number;
    return in_every_pool(run_chain, &number);
}

/* ---- order ---- */

enum { ORDERED = 100 };

typedef struct order {
    atomic_size_t n;
    size_t seen[ORDERED];
    bool wait; /* the body stays until all tasks have run elsewhere */
} order;

typedef struct ordered_task {
    order *order;
    size_t number;
} ordered_task;

static void note_order(par_scope *scope, void *arg)
{
    (void)scope;
    const ordered_task *task = arg;
    const size_t place = atomic_fetch_add(&task->order->n, 1);
    task->order->seen[place] = task->number;
}

static void spawn_in_order(par_scope *scope, void *arg)
{
    order *all = arg;
    for (size_t i = 0; i < ORDERED; i++) {
        const ordered_task task = {all, i};
        (void)par_scope_spawn_copy(scope, note_order, &task, sizeof task);
    }
    if (all->wait)
        await_count(&all->n, ORDERED);
}

static void run_ordered(void *arg)
{
    par_scope_run(spawn_in_order, arg);
}

static const char *compare_order(size_t threads, bool wait)
{
    const char *problem = NULL;
    par_pool *pool = pool_of(threads, &problem);
    if (pool == NULL)
        return problem;
    order all = {.wait = wait};
    on_worker(pool, run_ordered, &all);
    par_pool_destroy(pool);
    if (atomic_load(&all.n) != ORDERED)
        return wrong("%zu of %d tasks ran", atomic_load(&all.n), ORDERED);
    for (size_t i = 0; i < ORDERED; i++) {
        const size_t expected = wait ? i : ORDERED - 1 - i;
        if (all.seen[i] != expected)
            return wrong("task %zu ran when it was the turn of %zu", all.seen[i], expected);
    }
    return NULL;
}

/* One thread, which is alone in its pool. */
const char *scope_starts_the_newest_first(void)
{
    return compare_order(1, false);
}

/* Two threads, of which one stays in the scope's body: all tasks are stolen by the other. */
const char *scope_is_robbed_of_the_oldest(void)
{
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = compare_order(2, true);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* ---- inside a spawn ---- */

static _Thread_local bool inside_spawn;

static void look_around(par_scope *scope, void *arg)
{
    const seedling *self = arg;
    if (inside_spawn)
        atomic_fetch_add(&self->all->refused, 1);
    atomic_fetch_add(&self->all->runs, 1);
    const seedling child = {self->depth - 1, self->all};
    const bool outer = inside_spawn;
    for (size_t i = 0; i < 10 && self->depth > 0; i++) {
        inside_spawn = true;
        (void)par_scope_spawn_copy(scope, look_around, &child, sizeof child);
        inside_spawn = outer;
    }
}

static const char *look_into_spawns(void *arg)
{
    (void)arg;
    count all = {.spawns = 0};
    seedling root = {3, &all};
    par_scope_run(look_around, &root);
    if (atomic_load(&all.runs) != 1111 || atomic_load(&all.refused) != 0)
        return wrong("%zu of 1111 tasks ran, %zu inside a spawn", atomic_load(&all.runs),
                     atomic_load(&all.refused));
    return NULL;
}

const char *scope_never_runs_a_task_inside_a_spawn(void)
{
    return in_every_pool(look_into_spawns, NULL);
}

/* ---- payloads ---- */

enum { PAYLOADS = 200, LARGE_PAYLOAD = 1 << 20 };

typedef struct payload {
    alignas(max_align_t) size_t size;
    count *all;
    unsigned char bytes[];
} payload;

static void check_payload(par_scope *scope, void *arg)
{
    (void)scope;
    payload *mine = arg;
    bool good = (uintptr_t)arg % alignof(max_align_t) == 0;
    for (size_t i = 0; i < mine->size; i++) {
        good = good && mine->bytes[i] == (unsigned char)(mine->size + i);
        mine->bytes[i] = 0; /* its own copy, so nobody else may notice */
    }
    if (!good)
        atomic_fetch_add(&mine->all->refused, 1);
    atomic_fetch_add(&mine->all->runs, 1);
}

static void spawn_payload(par_scope *scope, payload *original, size_t size, count *all)
{
    original->size = size;
    original->all = all;
    for (size_t i = 0; i < size; i++)
        original->bytes[i] = (unsigned char)(size + i);
    if (par_scope_spawn_copy(scope, check_payload, original, sizeof *original + size) == 0)
        all->spawns++;
    memset(original, 0xee, sizeof *original + size);
}

static atomic_size_t empty_payloads;

static void take_empty_payload(par_scope *scope, void *arg)
{
    (void)scope;
    (void)arg;
    atomic_fetch_add(&empty_payloads, 1);
}

static void spawn_payloads(par_scope *scope, void *arg)
{
    payload *original = malloc(sizeof *original + LARGE_PAYLOAD);
    if (original == NULL)
        return;
    for (size_t size = 0; size < PAYLOADS; size++)
        spawn_payload(scope, original, size, arg);
    spawn_payload(scope, original, LARGE_PAYLOAD, arg);
    free(original);
    for (size_t i = 0; i < 10; i++)
        (void)par_scope_spawn_copy(scope, take_empty_payload, i % 2 == 0 ? NULL : &original, 0);
}

static const char *copy_payloads(void *arg)
{
    (void)arg;
    count all = {.spawns = 0};
    atomic_store(&empty_payloads, 0);
    par_scope_run(spawn_payloads, &all);
    if (atomic_load(&all.runs) != PAYLOADS + 1 || atomic_load(&all.refused) != 0)
        return wrong("%zu of %d tasks ran, %zu with another payload", atomic_load(&all.runs),
                     PAYLOADS + 1, atomic_load(&all.refused));
    if (atomic_load(&empty_payloads) != 10)
        return wrong("%zu of 10 tasks without payload ran", atomic_load(&empty_payloads));
    return NULL;
}

const char *scope_copies_payloads(void)
{
    return in_every_pool(copy_payloads, NULL);
}

/* ---- threads ---- */

static void meet_in_task(par_scope *scope, void *arg)
{
    (void)scope;
    meet(arg, par_num_threads());
}

static void spawn_meeting(par_scope *scope, void *arg)
{
    for (size_t i = 0; i < par_num_threads(); i++)
        (void)par_scope_spawn(scope, meet_in_task, arg);
}

static const char *scope_all_meet(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(20); i++) {
        atomic_size_t arrived = 0;
        par_scope_run(spawn_meeting, &arrived);
    }
    return NULL;
}

const char *scope_occupies_all_threads(void)
{
    return in_every_pool(scope_all_meet, NULL);
}

/* ---- bad input ---- */

static void spawn_badly(par_scope *scope, void *arg)
{
    count *all = arg;
    const int codes[] = {par_scope_spawn(scope, NULL, all), par_scope_spawn(NULL, count_task, all),
                         par_scope_spawn_copy(scope, NULL, all, sizeof all),
                         par_scope_spawn_copy(NULL, count_task, all, sizeof all),
                         par_scope_spawn_copy(scope, count_task, NULL, 1)};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] == EINVAL)
            all->spawns++;
    }
}

static const char *reject(void *arg)
{
    (void)arg;
    count all = {.spawns = 0};
    if (par_scope_run(NULL, &all) != EINVAL)
        return wrong("a scope without body is not EINVAL");
    par_scope_run(spawn_badly, &all);
    if (all.spawns != 5 || atomic_load(&all.runs) != 0)
        return wrong("%zu of 5 bad spawns were EINVAL, %zu tasks ran", all.spawns,
                     atomic_load(&all.runs));
    return NULL;
}

const char *scope_rejects_nothing_to_run(void)
{
    return in_every_pool(reject, NULL);
}
