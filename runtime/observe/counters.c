/* SPDX-License-Identifier: MIT */
#include "observe/counters.h"

#include <inttypes.h>
#include <stdio.h>

void ws_counters_add(par_stats *sum, const ws_counters *counters)
{
    sum->executed += ws_load_relaxed(&counters->executed);
    sum->forked += ws_load_relaxed(&counters->forked);
    for (size_t i = 0; i < PAR_DISTANCES; i++)
        sum->stolen[i] += ws_load_relaxed(&counters->stolen[i]);
    sum->failed_probes += ws_load_relaxed(&counters->failed_probes);
    sum->parked += ws_load_relaxed(&counters->parked);
    sum->woken += ws_load_relaxed(&counters->woken);
    sum->published += ws_load_relaxed(&counters->published);
    sum->lent += ws_load_relaxed(&counters->lent);
    sum->forced += ws_load_relaxed(&counters->forced);
}

#define ROWS(X)                                                                                    \
    X("executed", stats->executed)                                                                 \
    X("forked", stats->forked)                                                                     \
    X("stolen_smt", stats->stolen[PAR_DISTANCE_SMT])                                               \
    X("stolen_l2", stats->stolen[PAR_DISTANCE_L2])                                                 \
    X("stolen_l3", stats->stolen[PAR_DISTANCE_L3])                                                 \
    X("stolen_package", stats->stolen[PAR_DISTANCE_PACKAGE])                                       \
    X("stolen_remote", stats->stolen[PAR_DISTANCE_REMOTE])                                         \
    X("failed_probes", stats->failed_probes)                                                       \
    X("parked", stats->parked)                                                                     \
    X("woken", stats->woken)                                                                       \
    X("published", stats->published)                                                               \
    X("lent", stats->lent)                                                                         \
    X("forced", stats->forced)

size_t ws_counters_print(const par_stats *stats, bool json, char *buffer, size_t size)
{
    struct {
        const char *name;
        uint64_t value;
    } rows[] = {
#define X(name, value) {name, value},
        ROWS(X)
#undef X
    };
    size_t length = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *format = json ? "%s\"%s\":%" PRIu64 : "%s%s %" PRIu64;
        const char *before = i > 0 ? (json ? "," : ", ") : (json ? "{" : "");
        char *end = length < size ? buffer + length : NULL;
        const size_t room = length < size ? size - length : 0;
        length += (size_t)snprintf(end, room, format, before, rows[i].name, rows[i].value);
    }
    if (!json)
        return length;
    return length + (size_t)snprintf(length < size ? buffer + length : NULL,
                                     length < size ? size - length : 0, "}");
}
