/* SPDX-License-Identifier: MIT */
/* thread_errand.h - a pool of one whose task waits for something that ends only when the pool has
 * run something else: so the task's core must be lent. */
#ifndef TESTS_STREAM_THREAD_ERRAND_H
#define TESTS_STREAM_THREAD_ERRAND_H

#include "support.h"

#include <par/thread.h>

static inline void wait_on(sem_t *semaphore)
{
    while (sem_wait(semaphore) != 0)
        continue;
}

typedef struct errand {
    par_pool *pool;
    sem_t done;
    int code;
} errand;

static inline void end_errand(void *arg)
{
    sem_post(&((errand *)arg)->done);
}

/* Ends only when the pool has run something: so the joiner's core must be lent. */
static inline int ask_the_pool(void *arg)
{
    errand *all = arg;
    if (par_pool_spawn(all->pool, end_errand, all) != 0)
        return 1;
    wait_on(&all->done);
    return 0;
}

static inline const char *in_pool_of_one(par_fn *task)
{
    const char *problem = NULL;
    errand all = {.pool = pool_of(1, &problem)};
    if (all.pool == NULL)
        return problem;
    sem_init(&all.done, 0, 0);
    for (size_t i = 0; i < scaled(300) && problem == NULL; i++) {
        all.code = 99;
        (void)on_worker(all.pool, task, &all);
        if (all.code != 0)
            problem = wrong("code %d", all.code);
    }
    par_pool_destroy(all.pool);
    return problem;
}

#endif
