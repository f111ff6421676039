/* SPDX-License-Identifier: MIT */
/* waiting.c - forty tasks on two threads, none of which goes on before all have begun. */
#include <par/block.h>
#include <par/loop.h>
#include <par/pool.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>

enum { TASKS = 40 };

static atomic_int begun;
static sem_t all_begun;

static int await_all(void *arg)
{
    (void)arg;
    while (sem_wait(&all_begun) != 0)
        continue;
    return 0;
}

static void task(void *arg)
{
    (void)arg;
    if (atomic_fetch_add(&begun, 1) + 1 == TASKS) {
        for (int i = 0; i < TASKS; i++)
            sem_post(&all_begun);
    }
    par_block(await_all, NULL);
}

int main(void)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 2;
    par_pool *pool;
    if (sem_init(&all_begun, 0, 0) != 0 || par_pool_create(&pool, &options) != 0)
        return 1;
    for (int i = 0; i < TASKS; i++)
        (void)par_pool_spawn(pool, task, NULL);
    par_pool_destroy(pool); /* waits for all of them */
    printf("%d tasks have met\n", atomic_load(&begun));
}
