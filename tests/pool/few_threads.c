/* SPDX-License-Identifier: MIT */
/* few_threads.c - pools on a system that gives fewer threads than asked for, or none: everything
 * still works, on those there are. The linker sends pthread_create through allocator.c. */
#include "allocator.h"
#include "verbs.h"

enum { ASKED = 4 };

/* ---- pools ---- */

typedef struct handler_counts {
    atomic_size_t starts;
    atomic_size_t exits;
} handler_counts;

static void count_start(size_t index, void *arg)
{
    (void)index;
    atomic_fetch_add(&((handler_counts *)arg)->starts, 1);
}

static void count_exit(size_t index, void *arg)
{
    (void)index;
    atomic_fetch_add(&((handler_counts *)arg)->exits, 1);
}

typedef struct inside_look {
    size_t threads;
    int verbs;
    int broadcast;
    atomic_size_t calls;
} inside_look;

static void look_inside(void *arg)
{
    inside_look *seen = arg;
    seen->threads = par_num_threads();
    seen->verbs = verbs_once();
    seen->broadcast = par_broadcast(verbs_call, &seen->calls);
}

static const char *judge(const inside_look *seen, size_t threads, size_t own)
{
    if (seen->verbs != 0)
        return wrong("with %zu threads verb %d fails", own, seen->verbs);
    if (seen->threads != threads)
        return wrong("with %zu threads P is %zu", own, seen->threads);
    const bool told = own > 0 ? seen->broadcast == 0 : seen->broadcast == EAGAIN;
    if (!told || atomic_load(&seen->calls) != own)
        return wrong("with %zu threads par_broadcast returned %d after %zu calls", own,
                     seen->broadcast, atomic_load(&seen->calls));
    return NULL;
}

/* A pool of ASKED of which only `given` can be made. */
static const char *use_pool(size_t given)
{
    handler_counts handled = {0, 0};
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = ASKED;
    options.on_start = count_start;
    options.on_exit = count_exit;
    options.handler_arg = &handled;
    par_pool *pool = NULL;
    allocator_end_after(ALLOCATOR_THREADS, (int)given);
    int rc = par_pool_create(&pool, &options);
    if (rc != 0)
        return wrong("with %zu threads there is no pool: %s", given, strerror(rc));
    const size_t own = given < ASKED ? given : ASKED;
    inside_look seen = {.verbs = -1};
    atomic_size_t spawned = 0;
    rc = par_pool_run(pool, look_inside, &seen);
    const int spawn = par_pool_spawn(pool, verbs_count, &spawned);
    const int end = par_pool_destroy(pool);
    allocator_restore(ALLOCATOR_THREADS);
    if (rc != 0 || end != 0 || spawn != (own > 0 ? 0 : EAGAIN) ||
        atomic_load(&spawned) != (own > 0 ? 1 : 0))
        return wrong("with %zu threads run %d, destroy %d, spawn %d, %zu tasks ran", own, rc, end,
                     spawn, atomic_load(&spawned));
    if (atomic_load(&handled.starts) != own || atomic_load(&handled.exits) != own)
        return wrong("%zu threads were given, %zu started, %zu exited", own,
                     atomic_load(&handled.starts), atomic_load(&handled.exits));
    return judge(&seen, own > 0 ? own : 1, own);
}

static const char *few_threads_are_enough(void)
{
    for (size_t given = 0; given <= ASKED + 1; given++) {
        const char *problem = use_pool(given);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* One creation fails, before and after it there are threads. */
static const char *few_threads_follow_one_refusal(void)
{
    for (int refused = 0; refused < ASKED; refused++) {
        const char *problem = NULL;
        allocator_skip_after(ALLOCATOR_THREADS, refused);
        par_pool *pool = pool_of(ASKED, &problem);
        const size_t seen_refusals = allocator_refusals(ALLOCATOR_THREADS);
        if (pool == NULL)
            return problem;
        inside_look seen = {.verbs = -1};
        (void)par_pool_run(pool, look_inside, &seen);
        par_pool_destroy(pool);
        allocator_restore(ALLOCATOR_THREADS);
        const bool lower =
            seen.threads >= (size_t)(refused > 0 ? refused : 1) && seen.threads <= ASKED;
        if (seen_refusals != 1 || seen.verbs != 0 || !lower)
            return wrong("creation %d failed: P is %zu, verb %d fails", refused, seen.threads,
                         seen.verbs);
    }
    return NULL;
}

/* ---- no thread when one would be made later, for a lent core ---- */

typedef struct shortage {
    atomic_size_t begun;
    atomic_size_t may_end;
} shortage;

static void await_begun(void *arg)
{
    await_count(&((shortage *)arg)->begun, 1);
}

static void begin_and_stay(void *arg)
{
    shortage *all = arg;
    atomic_fetch_add(&all->begun, 1);
    await_count(&all->may_end, 1);
}

static void join_in_shortage(void *arg)
{
    par_join(await_begun, arg, begin_and_stay, arg);
}

static void release_shortage(size_t number, void *arg)
{
    (void)number;
    shortage *all = arg;
    await_count(&all->begun, 1);
    yield_times(200);
    atomic_store(&all->may_end, 1);
}

static const char *few_threads_cannot_be_had_later(void)
{
    for (size_t i = 0; i < scaled(50); i++) {
        const char *problem = NULL;
        par_pool *pool = pool_of(2, &problem);
        if (pool == NULL)
            return problem;
        shortage all = {0, 0};
        static crowd helper;
        crowd_start(&helper, 1, release_shortage, &all);
        allocator_end_after(ALLOCATOR_THREADS, 0);
        atomic_size_t spawned = 0;
        for (size_t j = 0; j < 5; j++)
            (void)par_pool_spawn(pool, verbs_count, &spawned);
        (void)on_worker(pool, join_in_shortage, &all);
        const int end = par_pool_destroy(pool);
        allocator_restore(ALLOCATOR_THREADS);
        crowd_end(&helper);
        if (end != 0 || atomic_load(&spawned) != 5)
            return wrong("destroy %d, %zu of 5 tasks ran", end, atomic_load(&spawned));
    }
    return NULL;
}

/* ---- the default pool without any ---- */

static void use_verbs_in_crowd(size_t number, void *arg)
{
    (void)number;
    for (size_t i = 0; i < 20; i++) {
        if (verbs_once() != 0)
            verbs_count(arg);
    }
}

static const char *few_threads_in_the_default_pool(void)
{
    inside_look seen = {.verbs = -1};
    allocator_end_after(ALLOCATOR_THREADS, 0);
    look_inside(&seen);
    atomic_size_t spawned = 0;
    const int spawn = par_pool_spawn(NULL, verbs_count, &spawned);
    allocator_restore(ALLOCATOR_THREADS);
    const char *problem = judge(&seen, 1, 0);
    if (problem != NULL)
        return problem;
    if (spawn != EAGAIN || atomic_load(&spawned) != 0)
        return wrong("par_pool_spawn returned %d, %zu tasks ran", spawn, atomic_load(&spawned));
    atomic_size_t failures = 0;
    crowd_run(8, use_verbs_in_crowd, &failures);
    return atomic_load(&failures) == 0 ? NULL : wrong("%zu calls failed", atomic_load(&failures));
}

/* The default pool first: it is made only once. */
#define FEW_THREADS_CHECKS(X)                                                                      \
    X(few_threads, in_the_default_pool)                                                            \
    X(few_threads, are_enough)                                                                     \
    X(few_threads, follow_one_refusal)                                                             \
    X(few_threads, cannot_be_had_later)

const check checks[] = {FEW_THREADS_CHECKS(CHECK_ROW){NULL, NULL}};
