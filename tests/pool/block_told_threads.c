/* SPDX-License-Identifier: MIT */
/* block_told_threads.c - what is said on stderr when all threads of a pool wait: each in a process
 * of its own, this program again with the name of a scene. */
#include "child.h"

#include "pool/crew_inside.h"

#include <par/block.h>
#include <par/thread.h>

static int wait_for(void *arg)
{
    while (sem_wait(arg) != 0)
        continue;
    return 0;
}

static void block_on(void *arg)
{
    (void)par_block(wait_for, arg);
}

static void do_nothing(void *arg)
{
    (void)arg;
}

static void block_beside_a_fork(void *arg)
{
    par_join(block_on, arg, do_nothing, NULL);
}

static void await_told(const size_t *told)
{
    while (ws_load_acquire(told) == 0)
        sched_yield();
}

/* ---- scenes ---- */

/* Work waits behind a thread that blocks, twice, and no spare may come. */
static int be_short(size_t threads, long spares)
{
    sem_t ready;
    sem_init(&ready, 0, 0);
    par_pool *pool = pool_with(threads, -1, spares);
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < threads + (size_t)spares; j++)
            (void)par_pool_spawn(pool, block_beside_a_fork, &ready);
        await_told(&pool->crew.told_shortage);
        for (size_t j = 0; j < threads + (size_t)spares; j++)
            sem_post(&ready);
    }
    return par_pool_destroy(pool);
}

static int scene_no_spares(void)
{
    return be_short(1, 0);
}

static int scene_few_spares(void)
{
    return be_short(2, 3);
}

static int join_thread(void *arg)
{
    return par_thread_join(arg, NULL);
}

static void join_in_pool(void *arg)
{
    (void)join_thread(arg);
}

/* The pool's threads wait for threads outside of it, for longer than is usual. */
static int scene_all_wait(void)
{
    sem_t ready;
    sem_init(&ready, 0, 0);
    par_pool *pool = pool_with(2, -1, 4);
    for (size_t round = 0; round < 2; round++) {
        par_thread *threads[3];
        for (size_t i = 0; i < 3; i++) {
            if (par_thread_spawn(&threads[i], NULL, wait_for, &ready) != 0)
                return 3;
            (void)par_pool_spawn(pool, join_in_pool, threads[i]);
        }
        await_told(&pool->crew.told_waits);
        for (size_t i = 0; i < 3; i++)
            sem_post(&ready);
    }
    return par_pool_destroy(pool);
}

/* Spares enough: nothing is said. */
static int scene_spares_enough(void)
{
    sem_t ready;
    sem_init(&ready, 0, 0);
    par_pool *pool = pool_with(1, -1, 8);
    for (size_t i = 0; i < 8; i++)
        (void)par_pool_spawn(pool, block_beside_a_fork, &ready);
    for (size_t i = 0; i < 8; i++)
        sem_post(&ready);
    return par_pool_destroy(pool);
}

typedef struct scene {
    const char *name;
    int (*play)(void);
    size_t least_lines;
    size_t most_lines;
    const char *said;
} scene;

static const scene scenes[] = {
    {"no_spares", scene_no_spares, 1, 1, "PAR_MAX_SPARES"},
    {"few_spares", scene_few_spares, 1, 1, "of the 3 there are"},
    /* The waiters that had begun by then, each on a line. */
    {"all_wait", scene_all_wait, 2, 4, "joins thread"},
    {"spares_enough", scene_spares_enough, 0, 0, ""},
};

/* ---- checks ---- */

static const char *watch(const scene *played)
{
    static child_end end;
    const char *const arguments[] = {played->name, NULL};
    const char *problem = child_run(&end, arguments, NULL);
    if (problem == NULL)
        problem = child_judge(&end, 0);
    if (problem != NULL)
        return problem;
    const size_t lines = child_lines(end.err);
    if (lines < played->least_lines || lines > played->most_lines ||
        strstr(end.err, played->said) == NULL)
        return wrong("%s: %zu lines: %.300s", played->name, lines, end.err);
    return NULL;
}

static const char *told_once_that_no_spare_may_come(void)
{
    return watch(&scenes[0]);
}

static const char *told_once_that_all_spares_block(void)
{
    return watch(&scenes[1]);
}

static const char *told_once_that_all_wait(void)
{
    return watch(&scenes[2]);
}

static const char *told_nothing_with_spares(void)
{
    return watch(&scenes[3]);
}

#define TOLD_CHECKS(X)                                                                             \
    X(told, once_that_no_spare_may_come)                                                           \
    X(told, once_that_all_spares_block)                                                            \
    X(told, once_that_all_wait)                                                                    \
    X(told, nothing_with_spares)

const check checks[] = {TOLD_CHECKS(CHECK_ROW){NULL, NULL}};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < sizeof scenes / sizeof scenes[0]; i++) {
        if (strcmp(argv[1], scenes[i].name) == 0)
            return scenes[i].play();
    }
    return checks_main(argc, argv);
}
