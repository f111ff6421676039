/* SPDX-License-Identifier: MIT */
/* ref_pool.c - where am I? */
#include <par/pool.h>
#include <stdio.h>

static void look(void *arg)
{
    (void)arg;
    printf("inside, one of %zu threads\n", par_num_threads());
}

int main(void)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 3;
    par_pool *pool;
    if (par_thread_index() == PAR_NO_INDEX)
        puts("outside");
    if (par_pool_create(&pool, &options) != 0)
        return 1;
    par_pool_run(pool, look, NULL);
    return par_pool_destroy(pool);
}
