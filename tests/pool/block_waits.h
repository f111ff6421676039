/* SPDX-License-Identifier: MIT */
/* block_waits.h - waits for semaphores, of which par knows nothing, for the checks of calls that
 * block; and whether something begins on a thread that waits. */
#ifndef TESTS_POOL_BLOCK_WAITS_H
#define TESTS_POOL_BLOCK_WAITS_H

#include "pool/crew_inside.h"

#include <par/block.h>

enum { SPARES = 512 };

/* Whether the thread is inside par_block; nothing may begin on it then. */
extern __thread bool block_waits;
extern atomic_size_t block_intruders;

static inline void begin_task(void)
{
    if (block_waits)
        atomic_fetch_add(&block_intruders, 1);
}

static inline int wait_for(void *arg)
{
    block_waits = true;
    while (sem_wait(arg) != 0)
        continue;
    block_waits = false;
    return 0;
}

static inline void block_on(sem_t *semaphore)
{
    (void)par_block(wait_for, semaphore);
}

static inline void post(void *arg)
{
    begin_task();
    sem_post(arg);
}

/* The pool has come to rest with all counts as they should be. */
static inline const char *end_pool(par_pool *pool, const char *problem)
{
    if (problem == NULL)
        problem = problem_when_quiet(&pool->crew);
    const int end = par_pool_destroy(pool);
    if (problem == NULL && atomic_exchange(&block_intruders, 0) != 0)
        problem = wrong("something ran on a thread that blocks");
    return problem != NULL || end == 0 ? problem : wrong("par_pool_destroy: %s", strerror(end));
}

/* Two tasks, of which one waits for the other. */
typedef struct rendezvous {
    par_pool *pool;
    sem_t first;
    sem_t second;
    atomic_size_t done;
} rendezvous;

static inline void rendezvous_init(rendezvous *all, par_pool *pool)
{
    *all = (rendezvous){.pool = pool};
    sem_init(&all->first, 0, 0);
    sem_init(&all->second, 0, 0);
}

static inline void wait_then_answer(void *arg)
{
    rendezvous *all = arg;
    begin_task();
    block_on(&all->first);
    sem_post(&all->second);
    atomic_fetch_add(&all->done, 1);
}

static inline void ask_then_wait(void *arg)
{
    rendezvous *all = arg;
    begin_task();
    sem_post(&all->first);
    block_on(&all->second);
    atomic_fetch_add(&all->done, 1);
}

/* The other side of a join is what its first side waits for. */
static inline void wait_for_own_fork(void *arg)
{
    begin_task();
    block_on(arg);
}

static inline void fork_and_wait(void *arg)
{
    sem_t ready;
    (void)arg;
    sem_init(&ready, 0, 0);
    par_join(wait_for_own_fork, &ready, post, &ready);
    sem_destroy(&ready);
}

static inline void note_begin(void *arg)
{
    begin_task();
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

#endif
