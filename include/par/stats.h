/* SPDX-License-Identifier: MIT */
/* stats.h - what the threads of a pool have been doing. */
#ifndef PAR_STATS_H
#define PAR_STATS_H

#include <par/pool.h>

PAR_BEGIN_DECLS

/* How far a stolen task came, nearest first. */
enum par_distance {
    PAR_DISTANCE_SMT,     /* between the hardware threads of a core */
    PAR_DISTANCE_L2,      /* ... cores that share a second-level cache */
    PAR_DISTANCE_L3,      /* ... a last-level cache */
    PAR_DISTANCE_PACKAGE, /* ... a package */
    PAR_DISTANCE_REMOTE,  /* ... the machine; also between threads that are not placed */
    PAR_DISTANCES
};

typedef struct par_stats {
    size_t size;       /* of this struct; set by PAR_STATS_INIT */
    uint64_t executed; /* tasks run that were taken from a queue: own, stolen or injected */
    uint64_t forked;   /* forks published for others to take; counted under PAR_STATS only */
    uint64_t stolen[PAR_DISTANCES]; /* tasks taken from another thread */
    uint64_t failed_probes;         /* looks at another thread that found nothing */
    uint64_t parked;                /* times a thread went to sleep: idle, or waiting in a join */
    uint64_t woken;                 /* threads woken for work */
    uint64_t published; /* tasks put where any thread may take them: spawned, injected */
    uint64_t lent;      /* cores handed on by a thread that had to wait */
    uint64_t forced;    /* forks made public although their thread did not answer */
} par_stats;

#define PAR_STATS_INIT                                                                             \
    {                                                                                              \
        sizeof(par_stats), 0, 0, {0, 0, 0, 0, 0}, 0, 0, 0, 0, 0, 0                                 \
    }

/* Adds up the counters of all threads of `pool` (NULL: the default pool, without making it) into
 * *stats. Any thread may call it at any time; counts of running threads may lag. Returns 0; EINVAL
 * for NULL or an unknown size. Reads a cache line per thread. */
PAR_API int par_stats_get(par_pool *pool, par_stats *stats) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
