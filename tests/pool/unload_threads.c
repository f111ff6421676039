/* SPDX-License-Identifier: MIT */
/* unload_threads.c - a program that loads the shared library, uses it and lets it go, again and
 * again. Its path comes in the environment as LIBPAR. */
#include "support.h"

#include <dirent.h>
#include <dlfcn.h>
#include <par/loop.h>
#include <par/thread.h>

enum { ITEMS = 1000 };

typedef void for_fn(size_t begin, size_t end, size_t grain, par_range_fn *body, void *arg);
typedef void join_fn(par_fn *a, void *a_arg, par_fn *b, void *b_arg);
typedef int create_fn(par_pool **out, const par_pool_options *options);
typedef int run_fn(par_pool *pool, par_fn *fn, void *arg);
typedef int destroy_fn(par_pool *pool);

static void count_piece(size_t begin, size_t end, void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, end - begin);
}

static void count_up(void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

static size_t count_threads(void)
{
    size_t n = 0;
    DIR *folder = opendir("/proc/self/task");
    if (folder == NULL)
        return 0;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        n += entry->d_name[0] != '.';
    (void)closedir(folder);
    return n;
}

/* ISO C has no cast from an object pointer to a function. */
#define FIND(type, name)                                                                           \
    type *name = NULL;                                                                             \
    *(void **)(&name) = dlsym(library, "par_" #name)

static const char *use_pool(void *library)
{
    FIND(create_fn, pool_create);
    FIND(run_fn, pool_run);
    FIND(destroy_fn, pool_destroy);
    if (pool_create == NULL || pool_run == NULL || pool_destroy == NULL)
        return wrong("the library lacks a pool function");
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 3;
    par_pool *pool = NULL;
    atomic_size_t runs = 0;
    const int create = pool_create(&pool, &options);
    const int run = create == 0 ? pool_run(pool, count_up, &runs) : 0;
    const int end = create == 0 ? pool_destroy(pool) : 0;
    if (create != 0 || run != 0 || end != 0 || atomic_load(&runs) != 1)
        return wrong("create %d, run %d, destroy %d", create, run, end);
    return NULL;
}

typedef int spawn_fn(par_thread **out, const par_thread_options *options, par_try_fn *fn,
                     void *arg);
typedef int join_until_fn(par_thread *thread, par_failure *outcome, par_deadline deadline,
                          par_group *group);

static int wait_until_told(void *arg)
{
    while (sem_wait(arg) != 0)
        continue;
    return 0;
}

/* The calling thread blocks in the library, which then has something to do when the thread ends. */
static const char *block_in(void *library)
{
    FIND(spawn_fn, thread_spawn);
    FIND(join_until_fn, thread_join_until);
    if (thread_spawn == NULL || thread_join_until == NULL)
        return wrong("the library lacks a function of threads");
    sem_t told;
    sem_init(&told, 0, 0);
    par_thread *thread = NULL;
    if (thread_spawn(&thread, NULL, wait_until_told, &told) != 0)
        return wrong("no thread");
    const int early = thread_join_until(thread, NULL, PAR_NO_WAIT, NULL);
    sem_post(&told);
    const int late = thread_join_until(thread, NULL, PAR_FOREVER, NULL);
    return early == ETIMEDOUT && late == 0 ? NULL : wrong("joins: %d and %d", early, late);
}

static const char *load_and_use(bool own_pool)
{
    const char *path = getenv("LIBPAR");
    void *library = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return wrong("LIBPAR=%s cannot be loaded: %s", path, path == NULL ? "" : dlerror());
    FIND(for_fn, for_grain);
    FIND(join_fn, join);
    const char *problem = for_grain == NULL || join == NULL ? "the library lacks a verb" : NULL;
    if (problem == NULL) {
        atomic_size_t runs = 0;
        for_grain(0, ITEMS, 1, count_piece, &runs);
        join(count_up, &runs, count_up, &runs);
        if (atomic_load(&runs) != ITEMS + 2)
            problem = wrong("%zu of %d ran", atomic_load(&runs), ITEMS + 2);
    }
    if (problem == NULL && own_pool)
        problem = use_pool(library);
    if (problem == NULL)
        problem = block_in(library);
    if (dlclose(library) != 0)
        return wrong("dlclose: %s", dlerror());
    return problem;
}

/* Loads and unloads; its threads may stay, but not one set more for each time. */
static const char *unload_and_load_again(void)
{
    size_t threads = 0;
    for (size_t i = 0; i < 40; i++) {
        const char *problem = load_and_use(i % 2 == 1);
        if (problem != NULL)
            return problem;
        if (i == 4)
            threads = count_threads();
    }
    /* A thread that has been joined may still be listed for a moment. */
    for (size_t i = 0; i < 1000 && count_threads() > threads; i++)
        sched_yield();
    if (count_threads() > threads)
        return wrong("%zu threads after five times, %zu after forty", threads, count_threads());
    return NULL;
}

static void *load_in_thread(void *arg)
{
    (void)arg;
    return (void *)(uintptr_t)load_and_use(true);
}

/* A thread that used the library ends after the library has been let go. */
static const char *unload_before_a_thread_ends(void)
{
    for (size_t i = 0; i < 20; i++) {
        pthread_t thread;
        void *problem = NULL;
        if (pthread_create(&thread, NULL, load_in_thread, NULL) != 0)
            return wrong("no thread");
        pthread_join(thread, &problem);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

#define UNLOAD_CHECKS(X)                                                                           \
    X(unload, and_load_again)                                                                      \
    X(unload, before_a_thread_ends)

const check checks[] = {UNLOAD_CHECKS(CHECK_ROW){NULL, NULL}};
