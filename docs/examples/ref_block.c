/* SPDX-License-Identifier: MIT */
/* ref_block.c - a task reads from a pipe that its own fork writes to: on one thread, too. */
#include <par/block.h>
#include <par/pool.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];
static char text[6];

static int receive(void *arg)
{
    (void)arg;
    return read(ends[0], text, sizeof text) == sizeof text ? 0 : 1;
}

static void reader(void *arg)
{
    *(int *)arg = par_block(receive, NULL); /* another thread has the core meanwhile */
}

static void writer(void *arg)
{
    (void)arg;
    (void)!write(ends[1], "hello", sizeof text);
}

static void both(void *arg)
{
    par_join(reader, arg, writer, NULL);
}

int main(void)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = 1;
    par_pool *pool;
    int code = 1;
    if (pipe(ends) != 0 || par_pool_create(&pool, &options) != 0)
        return 1;
    par_pool_run(pool, both, &code);
    par_pool_destroy(pool);
    printf("%d %s\n", code, text);
}
