/* SPDX-License-Identifier: MIT */
/* own_pool.c - a pool of its own, with two named threads, for one part of a program. */
#include <par/loop.h>
#include <par/pool.h>
#include <stdio.h>
#include <string.h>

static char letters[26];

static void fill(size_t begin, size_t end, void *arg)
{
    (void)arg;
    for (size_t i = begin; i < end; i++)
        letters[i] = (char)('a' + (int)i);
}

static void work(void *arg)
{
    (void)arg;
    par_for(0, sizeof letters, fill, NULL); /* in the pool that this runs in */
}

int main(void)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 2;
    options.name = "letters";

    par_pool *pool;
    const int code = par_pool_create(&pool, &options);
    if (code != 0) {
        fprintf(stderr, "no pool: %s\n", strerror(code));
        return 1;
    }
    par_pool_run(pool, work, NULL);
    par_pool_destroy(pool);
    printf("%.26s\n", letters);
}
