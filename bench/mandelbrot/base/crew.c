/* SPDX-License-Identifier: MIT */
/* crew.c - see crew.h. */
#include "mandelbrot/base/crew.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void look_around(void *arg)
{
    mandel_crew *const crew = arg;
    crew->threads = par_num_threads();
    crew->places = par_max_threads();
}

int mandel_crew_init(mandel_crew *crew, size_t threads)
{
    *crew = (mandel_crew){0};
    if (threads != 0) {
        par_pool_options options = PAR_POOL_OPTIONS_INIT;
        options.num_threads = threads;
        options.name = "mandel";
        const int error = par_pool_create(&crew->pool, &options);
        if (error != 0)
            return error;
    }
    int error = mandel_crew_run(crew, look_around, crew);
    if (error == 0) {
        crew->tallies = aligned_alloc(_Alignof(mandel_tally), crew->places * sizeof(mandel_tally));
        if (crew->tallies == NULL)
            error = ENOMEM;
    }
    if (error != 0) {
        mandel_crew_fini(crew);
        return error;
    }
    mandel_crew_reset(crew);
    return 0;
}

void mandel_crew_fini(mandel_crew *crew)
{
    if (crew->pool != NULL)
        par_pool_destroy(crew->pool);
    free(crew->tallies);
    *crew = (mandel_crew){0};
}

int mandel_crew_run(const mandel_crew *crew, par_fn *fn, void *arg)
{
    return par_pool_run(crew->pool, fn, arg);
}

typedef struct loop {
    size_t n;
    size_t grain;
    par_range_fn *body;
    void *arg;
} loop;

static void run_loop(void *arg)
{
    const loop *const l = arg;
    par_for_grain(0, l->n, l->grain, l->body, l->arg);
}

int mandel_crew_for(const mandel_crew *crew, size_t n, size_t grain, par_range_fn *body, void *arg)
{
    loop l = {n, grain, body, arg};
    if (crew != NULL)
        return mandel_crew_run(crew, run_loop, &l);
    if (n > 0)
        body(0, n, arg);
    return 0;
}

size_t mandel_crew_place(void)
{
    const size_t index = par_thread_index();
    return index == PAR_NO_INDEX ? 0 : index;
}

void mandel_crew_reset(mandel_crew *crew)
{
    memset(crew->tallies, 0, crew->places * sizeof(mandel_tally));
}

mandel_tally mandel_crew_total(const mandel_crew *crew)
{
    mandel_tally total = {0};
    for (size_t i = 0; i < crew->places; i++) {
        total.pixels += crew->tallies[i].pixels;
        total.iterations += crew->tallies[i].iterations;
    }
    return total;
}
