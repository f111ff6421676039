/* SPDX-License-Identifier: MIT */
/* background.c - hands jobs to a pool and goes on; the end of the pool waits for them. */
#include <par/pool.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int done;

static void job(void *arg)
{
    (void)arg;
    atomic_fetch_add(&done, 1);
}

int main(void)
{
    par_pool *pool;
    if (par_pool_create(&pool, NULL) != 0)
        return 1;
    for (int i = 0; i < 100; i++) {
        if (par_pool_spawn(pool, job, NULL) != 0)
            job(NULL); /* no memory, or no thread: do it here */
    }
    par_pool_destroy(pool);
    printf("%d jobs done\n", atomic_load(&done));
}
