/* SPDX-License-Identifier: MIT */
/* counters.h - what a worker counts. Each worker has its own, on its own line; only it writes them,
 * with plain stores that others may read at any time. */
#ifndef WS_OBSERVE_COUNTERS_H
#define WS_OBSERVE_COUNTERS_H

#include "base/atomic.h"

#include <par/stats.h>

typedef struct ws_counters {
    size_t executed;
    size_t forked;
    size_t stolen[PAR_DISTANCES];
    size_t failed_probes;
    size_t parked;
    size_t woken;
    size_t published;
    size_t lent;
    size_t forced;
} ws_counters;

/* Relaxed: one writer, and a reader that does not mind a late value. */
static inline void ws_count(size_t *counter)
{
    ws_store_relaxed(counter, ws_load_relaxed(counter) + 1);
}

/* The same for a counter that several threads share. */
static inline void ws_count_shared(size_t *counter)
{
    ws_add_relaxed(counter, 1);
}

void ws_counters_add(par_stats *sum, const ws_counters *counters);

/* Writes the counters as one line for people, or as a JSON object, as snprintf would. */
size_t ws_counters_print(const par_stats *stats, bool json, char *buffer, size_t size);

#endif
