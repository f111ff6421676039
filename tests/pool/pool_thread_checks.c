/* SPDX-License-Identifier: MIT */
/* pool_thread_checks.c - the threads of a pool: their handlers, names and stacks. */
#include "pool/pool_checks.h"

/* ---- handlers ---- */

enum { HANDLED = 40 };

typedef struct handled {
    par_pool *pool;
    atomic_size_t starts[HANDLED];
    atomic_size_t exits[HANDLED];
    pthread_t starters[HANDLED];
    atomic_size_t misplaced;
    atomic_size_t unstarted;
} handled;

static _Thread_local bool thread_started;

static void note_start(size_t index, void *arg)
{
    handled *all = arg;
    if (index >= HANDLED || thread_started) {
        atomic_fetch_add(&all->misplaced, 1);
        return;
    }
    thread_started = true;
    all->starters[index] = pthread_self();
    atomic_fetch_add(&all->starts[index], 1);
}

static void note_exit(size_t index, void *arg)
{
    handled *all = arg;
    if (index >= HANDLED || !thread_started || !pthread_equal(all->starters[index], pthread_self()))
        atomic_fetch_add(&all->misplaced, 1);
    else
        atomic_fetch_add(&all->exits[index], 1);
}

static void ask_whether_started(void *arg)
{
    handled *all = arg;
    if (!thread_started)
        atomic_fetch_add(&all->unstarted, 1);
}

static const char *judge(const handled *all, size_t threads)
{
    if (atomic_load(&all->misplaced) != 0 || atomic_load(&all->unstarted) != 0)
        return wrong("%zu handlers ran on another thread than theirs, %zu tasks on a thread that "
                     "had not started",
                     atomic_load(&all->misplaced), atomic_load(&all->unstarted));
    for (size_t i = 0; i < HANDLED; i++) {
        const size_t expected = i < threads ? 1 : 0;
        if (atomic_load(&all->starts[i]) != expected || atomic_load(&all->exits[i]) != expected)
            return wrong("thread %zu of %zu: %zu starts, %zu exits", i, threads,
                         atomic_load(&all->starts[i]), atomic_load(&all->exits[i]));
    }
    return NULL;
}

const char *pool_starts_and_exits_each_thread_once(void)
{
    static const size_t sizes[] = SUPPORT_POOL_SIZES;
    for (size_t i = 0; i < 5 * scaled(20); i++) {
        handled all = {.pool = NULL};
        par_pool_options options = PAR_POOL_OPTIONS_INIT;
        options.num_threads = sizes[i % 5];
        options.on_start = note_start;
        options.on_exit = note_exit;
        options.handler_arg = &all;
        if (par_pool_create(&all.pool, &options) != 0)
            return wrong("no pool");
        for (size_t j = 0; j < i % 3 * 20; j++)
            (void)par_pool_spawn(all.pool, ask_whether_started, &all);
        par_pool_destroy(all.pool);
        const char *problem = judge(&all, options.num_threads);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

/* ---- names ---- */

static void read_name(void *arg)
{
    (void)pthread_getname_np(pthread_self(), arg, 16);
}

static const char *compare_name(const char *name, const char *prefix)
{
    char buffer[32];
    (void)snprintf(buffer, sizeof buffer, "%s", name == NULL ? "" : name);
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 3;
    options.name = name == NULL ? NULL : buffer;
    par_pool *pool = NULL;
    if (par_pool_create(&pool, &options) != 0)
        return wrong("no pool");
    memset(buffer, 'X', sizeof buffer - 1); /* the pool has its own copy */
    char seen[16] = "";
    (void)on_worker(pool, read_name, seen);
    par_pool_destroy(pool);
    if (strncmp(seen, prefix, strlen(prefix)) != 0)
        return wrong("a thread is called '%s', not '%s...'", seen, prefix);
    return NULL;
}

const char *pool_names_its_threads(void)
{
    const char *problem = compare_name(NULL, "par");
    if (problem == NULL)
        problem = compare_name("painter", "painter");
    if (problem == NULL)
        problem = compare_name("a-name-longer-than-linux-takes", "a-name-");
    return problem;
}

/* ---- stacks ---- */

enum { STACK_SIZE = 64 << 20, STACK_USE = 48 << 20, STACK_STEP = 64 << 10 };

typedef struct stack_seen {
    size_t size;
    size_t used;
} stack_seen;

/* Goes down by steps, touching each. */
static __attribute__((noinline)) size_t use_stack(size_t left)
{
    volatile unsigned char step[STACK_STEP];
    step[0] = 1;
    step[STACK_STEP - 1] = 1;
    const size_t below = left > STACK_STEP ? use_stack(left - STACK_STEP) : 0;
    return below + step[0] * (size_t)STACK_STEP;
}

static void see_stack(void *arg)
{
    stack_seen *seen = arg;
    pthread_attr_t attributes;
    void *lowest = NULL;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return;
    (void)pthread_attr_getstack(&attributes, &lowest, &seen->size);
    (void)pthread_attr_destroy(&attributes);
    seen->used = seen->size >= STACK_SIZE ? use_stack(STACK_USE) : 0;
}

const char *pool_gives_the_stack_asked_for(void)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 2;
    options.stack_size = STACK_SIZE;
    par_pool *pool = NULL;
    if (par_pool_create(&pool, &options) != 0)
        return wrong("no pool");
    stack_seen seen = {0, 0};
    (void)on_worker(pool, see_stack, &seen);
    par_pool_destroy(pool);
    if (seen.size < STACK_SIZE || seen.used < STACK_USE)
        return wrong("a stack of %zu bytes, of which %zu could be used", seen.size, seen.used);
    return NULL;
}
