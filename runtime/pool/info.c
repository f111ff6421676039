/* SPDX-License-Identifier: MIT */
/* info.c - what a pool found and decided, as text. */
#include <par/info.h>

#include "base/option.h"
#include "pool/pool.h"

#include <stdarg.h>
#include <stdio.h>

typedef struct text {
    char *buffer;
    size_t size;
    size_t length;
} text;

static char *rest(const text *to, size_t *room)
{
    *room = to->length < to->size ? to->size - to->length : 0;
    return *room > 0 ? to->buffer + to->length : NULL;
}

__attribute__((format(printf, 2, 3))) static void put(text *to, const char *format, ...)
{
    size_t room;
    char *end = rest(to, &room);
    va_list values;
    va_start(values, format);
    const int length = vsnprintf(end, room, format, values);
    va_end(values);
    to->length += length < 0 ? 0 : (size_t)length;
}

static void put_limits(text *to, const ws_limits *limits)
{
    put(to, "limits\n  cpus allowed  %zu%s\n", limits->allowed_count,
        limits->narrowed ? " (narrowed)" : "");
    if (limits->quota > 0)
        put(to, "  quota         %.2f cpus, from %s\n", limits->quota,
            limits->quota_source != NULL ? limits->quota_source : "an unknown place");
    else
        put(to, "  quota         none\n");
}

static unsigned count_above(unsigned seen, unsigned id)
{
    return id + 1 > seen ? id + 1 : seen;
}

static void put_topology(text *to, const ws_topology *topology)
{
    unsigned cores = 0;
    unsigned l3 = 0;
    unsigned packages = 0;
    for (size_t i = 0; i < topology->pu_count; i++) {
        cores = count_above(cores, topology->pus[i].core);
        l3 = count_above(l3, topology->pus[i].l3);
        packages = count_above(packages, topology->pus[i].package);
    }
    put(to, "topology\n  source        %s\n", topology->source);
    put(to, "  has           %u packages, %u last-level caches, %u cores, %zu hardware threads\n",
        packages, l3, cores, topology->pu_count);
}

static void put_worker(text *to, const ws_crew *crew, size_t worker)
{
    static const char *const names[PAR_DISTANCES] = {"smt", "l2", "l3", "package", "remote"};
    const ws_place *place = &crew->placement->places[worker];
    put(to, "  thread %-4zu   cpu %u, core %u, node %u; steals from", worker, place->pu->cpu,
        place->pu->core, place->pu->node);
    const size_t n = crew->placement->threads - 1;
    for (size_t i = 0; i < n; i++) {
        const ws_victim *victim = &place->victims[i];
        if (i == 0 || victim->distance != place->victims[i - 1].distance)
            put(to, " %s:", names[victim->distance]);
        put(to, " %u", victim->worker);
    }
    put(to, n == 0 ? " nobody\n" : "\n");
}

static void put_pool(text *to, const par_pool *pool)
{
    const ws_crew *crew = &pool->crew;
    put(to, "pool \"%s\"\n  threads       %zu (%zu started), at most %zu members\n", crew->name,
        crew->threads, crew->started, crew->max_threads);
    put(to, "  bound         %s\n", crew->placement->bound ? "yes" : "no");
    put(to, "  spin          %llu us\n", (unsigned long long)(crew->spin_ns / 1000));
    put(to, "  fence         %s\n", crew->asymmetric ? "membarrier" : "full");
    put(to, "  wait          %s\n", crew->wait_any ? "any" : "descendants");
    for (size_t i = 0; i < crew->threads; i++)
        put_worker(to, crew, i);
}

size_t par_info(par_pool *pool, char *buffer, size_t size)
{
    if (pool == NULL)
        pool = ws_pool_default();
    if (pool == NULL)
        return 0;
    text to = {buffer, size, 0};
    put(&to, "par %s\noptions\n", par_version());
    size_t room;
    char *end = rest(&to, &room);
    to.length += ws_option_print(end, room);
    put_limits(&to, &pool->limits);
    put_topology(&to, pool->topology);
    put_pool(&to, pool);
    return to.length;
}
