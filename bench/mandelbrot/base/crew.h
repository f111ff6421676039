/* SPDX-License-Identifier: MIT */
/* crew.h - the threads that render, and what each of them has done. Knows par's pools, but not what
 * the work is. */
#ifndef MANDEL_CREW_H
#define MANDEL_CREW_H

#include <par/loop.h>
#include <par/pool.h>

/* One worker's sums. Each has cache lines of its own: it alone writes them while a loop runs. */
typedef struct mandel_tally {
    _Alignas(128) uint64_t pixels;
    uint64_t iterations;
} mandel_tally;

typedef struct mandel_crew {
    par_pool *pool;        /* NULL: par's default pool */
    size_t threads;        /* parallelism of the pool */
    size_t places;         /* bound of the workers' numbers */
    mandel_tally *tallies; /* one for each place */
} mandel_crew;

/* Starts a pool of so many threads; 0: uses the default pool. Returns 0, or an errno value. */
int mandel_crew_init(mandel_crew *crew, size_t threads);

void mandel_crew_fini(mandel_crew *crew);

/* Runs a function in the crew's pool, on the calling thread. Returns 0, or an errno value. */
int mandel_crew_run(const mandel_crew *crew, par_fn *fn, void *arg);

/* Calls a body for pieces of the range from 0 to n, none larger than `grain`, on the crew's
 * threads. Without a crew (NULL): for all of it at once, on the calling thread. Returns 0, or an
 * errno value with nothing called. */
int mandel_crew_for(const mandel_crew *crew, size_t n, size_t grain, par_range_fn *body, void *arg);

/* The calling worker's place, below `places`. 0 for a thread outside. */
size_t mandel_crew_place(void);

/* Sets all tallies to zero. */
void mandel_crew_reset(mandel_crew *crew);

/* The sum of all tallies. */
mandel_tally mandel_crew_total(const mandel_crew *crew);

#endif
