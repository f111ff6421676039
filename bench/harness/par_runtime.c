/* SPDX-License-Identifier: MIT */
/* par_runtime.c - see par_runtime.h. */
#include "harness/par_runtime.h"

#include <par/info.h>
#include <stdlib.h>
#include <string.h>

/* The environment is read when the first pool is made. */
static void set_threads(size_t threads)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", threads);
    setenv("PAR_NUM_THREADS", text, 1);
}

/* Every line of `info` that begins with the name of an option goes on with its value. */
static void read_options(bench *b, const char *info)
{
    for (const char *line = info; line != NULL && *line != 0;) {
        char name[sizeof b->settings->name];
        char value[sizeof b->settings->value];
        if (strncmp(line, "PAR_", strlen("PAR_")) == 0 &&
            sscanf(line, "%31s %63s", name, value) == 2)
            bench_setting_add(b, name, value);
        line = strchr(line, '\n');
        line += line != NULL;
    }
}

void bench_par_begin(bench *b)
{
    if (b->options.list)
        return;
    if (b->options.threads != 0)
        set_threads(b->options.threads);
    bench_runtime(b, "par", par_version(), par_num_threads());
    const size_t size = par_info(NULL, NULL, 0) + 1;
    char *const info = malloc(size);
    if (info == NULL)
        return;
    par_info(NULL, info, size);
    read_options(b, info);
    free(info);
}

par_pool *bench_par_pool(bench *b, const char *name, size_t threads)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = threads;
    par_pool *pool = NULL;
    if (par_pool_create(&pool, &options) != 0)
        bench_fail(b, name, "there is no pool to be had");
    return pool;
}
