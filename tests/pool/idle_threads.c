/* SPDX-License-Identifier: MIT */
/* idle_threads.c - a pool with nothing to do does nothing: the system does not once switch to one
 * of its threads. */
#include "verbs.h"

#include <dirent.h>
#include <unistd.h>

enum { WINDOW_US = 300000, ATTEMPTS = 40 };

typedef struct switches {
    size_t threads;
    unsigned long long sum;
} switches;

/* Adds up the context switches of one thread, if its name is one of a pool's. */
static void add_thread(switches *all, const char *task)
{
    char path[300];
    char line[256];
    bool named = false;
    (void)snprintf(path, sizeof path, "/proc/self/task/%s/status", task);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return;
    while (fgets(line, sizeof line, file) != NULL) {
        unsigned long long n = 0;
        if (strncmp(line, "Name:\tidle", 10) == 0 || strncmp(line, "Name:\tpar", 9) == 0)
            named = true;
        else if (named && (sscanf(line, "voluntary_ctxt_switches: %llu", &n) == 1 ||
                           sscanf(line, "nonvoluntary_ctxt_switches: %llu", &n) == 1))
            all->sum += n;
    }
    (void)fclose(file);
    all->threads += named;
}

static switches count_switches(void)
{
    switches all = {0, 0};
    DIR *folder = opendir("/proc/self/task");
    if (folder == NULL)
        return all;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] != '.')
            add_thread(&all, entry->d_name);
    }
    (void)closedir(folder);
    return all;
}

/* NULL once a whole window has passed without a switch. The first windows may see threads that are
 * still on their way to sleep; a thread that wakes by itself is seen in every one. */
static const char *expect_stillness(size_t threads)
{
    switches before = {0, 0};
    for (size_t i = 0; i < ATTEMPTS; i++) {
        before = count_switches();
        usleep(WINDOW_US);
        const switches after = count_switches();
        if (after.threads < threads)
            return wrong("%zu threads of a pool are to be seen, not %zu", after.threads, threads);
        if (after.sum == before.sum)
            return NULL;
    }
    return wrong("in each of %d windows there were context switches, in the last %llu", ATTEMPTS,
                 count_switches().sum - before.sum);
}

static const char *watch_pool(long spin_us)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 4;
    options.spin_us = spin_us;
    options.name = "idle";
    par_pool *pool = NULL;
    if (par_pool_create(&pool, &options) != 0)
        return wrong("no pool");
    const char *problem = expect_stillness(4);
    for (size_t i = 0; i < 3 && problem == NULL; i++) {
        int code = 0;
        (void)par_pool_run(pool, verbs_task, &code);
        problem = code == 0 ? expect_stillness(4) : wrong("verb %d fails", code);
    }
    par_pool_destroy(pool);
    return problem;
}

static const char *idle_pools_stand_still(void)
{
    const char *problem = watch_pool(-1);
    return problem != NULL ? problem : watch_pool(0);
}

static const char *idle_default_pool_stands_still(void)
{
    const int code = verbs_everywhere();
    return code == 0 ? expect_stillness(par_num_threads()) : wrong("verb %d fails", code);
}

/* ---- a pool in which a task stays, and one that waits for it ---- */

typedef struct stay {
    par_pool *pool;
    atomic_size_t begun;
    sem_t may_end;
} stay;

static void await_begun(void *arg)
{
    await_count(&((stay *)arg)->begun, 1);
}

static void block_in_side(void *arg)
{
    stay *all = arg;
    atomic_fetch_add(&all->begun, 1);
    while (sem_wait(&all->may_end) != 0)
        continue;
}

static void join_blocked(void *arg)
{
    par_join(await_begun, arg, block_in_side, arg);
}

static void run_blocked(size_t number, void *arg)
{
    (void)number;
    (void)par_pool_run(((stay *)arg)->pool, join_blocked, arg);
}

/* A join that waits for a task that sleeps: nobody polls. */
static const char *idle_waits_stand_still(void)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 4;
    options.name = "idle";
    stay all = {.pool = NULL};
    sem_init(&all.may_end, 0, 0);
    if (par_pool_create(&all.pool, &options) != 0)
        return wrong("no pool");
    static crowd caller;
    crowd_start(&caller, 1, run_blocked, &all);
    await_count(&all.begun, 1);
    const char *problem = expect_stillness(4);
    sem_post(&all.may_end);
    crowd_end(&caller);
    par_pool_destroy(all.pool);
    sem_destroy(&all.may_end);
    return problem;
}

#define IDLE_CHECKS(X)                                                                             \
    X(idle, default_pool_stands_still)                                                             \
    X(idle, pools_stand_still)                                                                     \
    X(idle, waits_stand_still)

const check checks[] = {IDLE_CHECKS(CHECK_ROW){NULL, NULL}};
