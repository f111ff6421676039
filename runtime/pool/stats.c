/* SPDX-License-Identifier: MIT */
#include "pool/stats.h"

#include "base/log.h"
#include "base/option.h"
#include "pool/pool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

int par_stats_get(par_pool *pool, par_stats *stats)
{
    if (stats == NULL || stats->size != sizeof *stats)
        return EINVAL;
    *stats = (par_stats)PAR_STATS_INIT;
    if (pool == NULL)
        pool = ws_pool_default_if_made();
    if (pool == NULL)
        return 0;
    const ws_crew *crew = &pool->crew;
    ws_counters_add(stats, &crew->counters);
    for (size_t i = 0; i < crew->max_threads; i++) {
        const ws_worker *worker = ws_worker_at(crew, i);
        if (worker != NULL)
            ws_counters_add(stats, &worker->counters);
    }
    return 0;
}

static void print(void)
{
    char text[1024];
    par_stats stats = PAR_STATS_INIT;
    const bool json = ws_option_get(WS_OPTION_STATS) == 2;
    par_stats_get(NULL, &stats);
    ws_counters_print(&stats, json, text, sizeof text);
    if (json)
        fprintf(stderr, "%s\n", text);
    else
        ws_log("stats: %s", text);
}

void ws_stats_print_at_exit(void)
{
    if (ws_option_get(WS_OPTION_STATS) != 0)
        atexit(print);
}
