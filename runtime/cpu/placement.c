/* SPDX-License-Identifier: MIT */
/* placement.c - gives each worker a hardware thread and an order of victims, and carries out the
 * binding. The orders are made once, when the pool is, and only read afterwards. */
#include "cpu/placement.h"

#include <errno.h>
#include <limits.h>
#include <linux/mempolicy.h>
#include <par/stats.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- the seam ------------------------------------------------------------------------------- */

static int bind_thread(unsigned cpu)
{
    cpu_set_t *const mask = CPU_ALLOC(cpu + 1);
    if (mask == NULL) {
        return ENOMEM;
    }
    const size_t size = CPU_ALLOC_SIZE(cpu + 1);
    CPU_ZERO_S(size, mask);
    CPU_SET_S(cpu, size, mask);
    const int rc = sched_setaffinity(0, size, mask) == 0 ? 0 : errno;
    CPU_FREE(mask);
    return rc;
}

/* Prefers the node for the whole pages within the range; a page that it shares with others lies
 * where it was touched first. The pages are not touched, so none is moved. */
static int place_memory(void *memory, size_t size, unsigned node)
{
    enum { WORD_BITS = sizeof(unsigned long) * CHAR_BIT, WORDS = 16 };
    if (node >= WORDS * WORD_BITS) {
        return EINVAL;
    }
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uintptr_t begin = ((uintptr_t)memory + page - 1) / page * page;
    const uintptr_t end = ((uintptr_t)memory + size) / page * page;
    if (begin >= end) {
        return 0;
    }
    unsigned long nodes[WORDS] = {0};
    const unsigned long bits = WORDS * WORD_BITS + 1; /* the system ignores the last one */
    nodes[node / WORD_BITS] = 1UL << node % WORD_BITS;
    const long rc = syscall(SYS_mbind, begin, end - begin, MPOL_PREFERRED, nodes, bits, 0UL);
    return rc == 0 ? 0 : errno;
}

static const ws_placement_ops real_ops = {bind_thread, place_memory};
static const ws_placement_ops *ops = &real_ops;

void ws_placement_set_ops(const ws_placement_ops *new_ops)
{
    ops = new_ops != NULL ? new_ops : &real_ops;
}

static bool binds(const ws_placement *placement, size_t worker)
{
    return placement->bound && worker < placement->spots;
}

void ws_placement_enter(const ws_placement *placement, size_t worker)
{
    if (ops != &real_ops || binds(placement, worker)) {
        ops->bind(placement->places[worker].pu->cpu);
    }
}

void ws_placement_memory(const ws_placement *placement, size_t worker, void *memory, size_t size)
{
    if (ops != &real_ops || (binds(placement, worker) && placement->many_nodes)) {
        ops->place(memory, size, placement->places[worker].pu->node);
    }
}

/* ---- spots ---------------------------------------------------------------------------------- */

/* A spot is a hardware thread that a worker can be put on. Here `limits` are NULL if every
 * hardware thread of the topology is one. */
static bool is_usable(const ws_limits *limits, const ws_pu *pu)
{
    return limits == NULL || (pu->cpu < limits->allowed_size && limits->allowed[pu->cpu]);
}

static bool knows_allowed(const ws_topology *topology, const ws_limits *limits)
{
    for (size_t i = 0; i < topology->pu_count; i++) {
        if (is_usable(limits, &topology->pus[i])) {
            return true;
        }
    }
    return false;
}

/* The limits as far as they are about this topology. */
static const ws_limits *limits_of(const ws_topology *topology, const ws_limits *limits)
{
    return topology->synthetic || !knows_allowed(topology, limits) ? NULL : limits;
}

/* Finds the usable hardware threads that are the `rank`-th such of their core, in the machine's
 * order; stores them if `out` is not NULL. Returns their number. */
static size_t find_rank(const ws_topology *topology, const ws_limits *limits, size_t rank,
                        const ws_pu **out)
{
    size_t found = 0;
    size_t seen = 0; /* usable ones of this core so far */
    for (size_t i = 0; i < topology->pu_count; i++) {
        const ws_pu *const pu = &topology->pus[i];
        if (i > 0 && pu->core != pu[-1].core) {
            seen = 0;
        }
        if (is_usable(limits, pu) && seen++ == rank) {
            if (out != NULL) {
                out[found] = pu;
            }
            found++;
        }
    }
    return found;
}

/* All spots, in the order in which they are filled (P1). */
static size_t find_spots(const ws_topology *topology, const ws_limits *limits, bool smt,
                         const ws_pu **out)
{
    size_t count = find_rank(topology, limits, 0, out);
    size_t found = smt ? count : 0;
    for (size_t rank = 1; found > 0; rank++) {
        found = find_rank(topology, limits, rank, out != NULL ? out + count : NULL);
        count += found;
    }
    return count;
}

size_t ws_placement_default_threads(const ws_topology *topology, const ws_limits *limits, bool smt)
{
    const ws_limits *const applying = limits_of(topology, limits);
    const size_t spots = find_spots(topology, applying, smt, NULL);
    if (topology->synthetic) {
        return spots;
    }
    const size_t threads = applying != NULL ? spots : limits->allowed_count;
    if (limits->quota <= 0 || limits->quota >= (double)threads) {
        return threads;
    }
    return limits->quota < 1 ? 1 : (size_t)limits->quota;
}

/* ---- places --------------------------------------------------------------------------------- */

/* Sorts the others by distance; those equally far keep the order after the worker (P2). */
static void order_victims(const ws_placement *placement, size_t worker)
{
    const size_t threads = placement->threads;
    const ws_place *const places = placement->places;
    size_t next[PAR_DISTANCES + 1] = {0}; /* where the next victim at a distance goes */
    for (size_t other = 0; other < threads; other++) {
        if (other != worker) {
            next[ws_topology_distance(places[worker].pu, places[other].pu) + 1]++;
        }
    }
    for (size_t distance = 1; distance < PAR_DISTANCES; distance++) {
        next[distance] += next[distance - 1];
    }
    for (size_t step = 1; step < threads; step++) {
        const size_t other = (worker + step) % threads;
        const unsigned distance = ws_topology_distance(places[worker].pu, places[other].pu);
        places[worker].victims[next[distance]++] = (ws_victim){(unsigned)other, distance};
    }
}

static bool has_many_nodes(const ws_topology *topology)
{
    for (size_t i = 1; i < topology->pu_count; i++) {
        if (topology->pus[i].node != topology->pus[0].node) {
            return true;
        }
    }
    return false;
}

static int compare_seats(const void *a, const void *b)
{
    const unsigned first = ((const ws_seat *)a)->cpu;
    const unsigned second = ((const ws_seat *)b)->cpu;
    return (first > second) - (first < second);
}

/* A hardware thread without a worker takes the one of a neighbour on its core: in a pass from each
 * side, as the hardware threads of a core stand side by side. */
static void share_seats(ws_seat *seats, const ws_topology *topology)
{
    const size_t count = topology->pu_count;
    for (size_t i = 1; i < count; i++) {
        if (seats[i].worker == SIZE_MAX && topology->pus[i].core == topology->pus[i - 1].core) {
            seats[i].worker = seats[i - 1].worker;
        }
    }
    for (size_t i = count - 1; i > 0; i--) {
        if (seats[i - 1].worker == SIZE_MAX && topology->pus[i].core == topology->pus[i - 1].core) {
            seats[i - 1].worker = seats[i].worker;
        }
    }
}

static void make_seats(ws_placement *placement, const ws_topology *topology)
{
    placement->seat_count = topology->pu_count;
    for (size_t i = 0; i < topology->pu_count; i++) {
        placement->seats[i] = (ws_seat){topology->pus[i].cpu, SIZE_MAX};
    }
    for (size_t worker = placement->spots; worker-- > 0;) {
        placement->seats[placement->places[worker].pu - topology->pus].worker = worker;
    }
    share_seats(placement->seats, topology);
    qsort(placement->seats, placement->seat_count, sizeof *placement->seats, compare_seats);
}

static bool shall_bind(const ws_topology *topology, const ws_limits *limits, size_t threads,
                       size_t spots, ws_affinity affinity)
{
    if (limits_of(topology, limits) == NULL) {
        return false;
    }
    return affinity == WS_AFFINITY_CORE || (affinity == WS_AFFINITY_AUTO && threads == spots &&
                                            limits->quota <= 0 && !limits->narrowed);
}

static ws_placement *allocate(size_t threads, size_t pu_count)
{
    ws_placement *const placement = calloc(1, sizeof *placement);
    if (placement == NULL) {
        return NULL;
    }
    placement->threads = threads;
    placement->places = calloc(threads, sizeof *placement->places);
    placement->seats = calloc(pu_count, sizeof *placement->seats);
    placement->victims = calloc(threads, threads * sizeof *placement->victims);
    if (placement->places == NULL || placement->seats == NULL || placement->victims == NULL) {
        ws_placement_free(placement);
        return NULL;
    }
    return placement;
}

int ws_placement_create(ws_placement **out, const ws_topology *topology, const ws_limits *limits,
                        size_t threads, bool smt, ws_affinity affinity)
{
    const ws_pu **const spots = calloc(topology->pu_count, sizeof *spots);
    ws_placement *const placement = spots != NULL ? allocate(threads, topology->pu_count) : NULL;
    if (placement == NULL) {
        free(spots);
        return ENOMEM;
    }
    const size_t count = find_spots(topology, limits_of(topology, limits), smt, spots);
    placement->spots = count < threads ? count : threads;
    placement->bound = shall_bind(topology, limits, threads, count, affinity);
    placement->many_nodes = has_many_nodes(topology);
    for (size_t worker = 0; worker < threads; worker++) {
        placement->places[worker].pu = spots[worker % count];
        placement->places[worker].victims = placement->victims + worker * (threads - 1);
    }
    for (size_t worker = 0; worker < threads; worker++) {
        order_victims(placement, worker);
    }
    make_seats(placement, topology);
    free(spots);
    *out = placement;
    return 0;
}

void ws_placement_free(ws_placement *placement)
{
    if (placement == NULL) {
        return;
    }
    free(placement->victims);
    free(placement->seats);
    free(placement->places);
    free(placement);
}

size_t ws_placement_worker_on(const ws_placement *placement, unsigned cpu)
{
    const ws_seat wanted = {cpu, 0};
    const ws_seat *const seat =
        bsearch(&wanted, placement->seats, placement->seat_count, sizeof wanted, compare_seats);
    return seat != NULL ? seat->worker : SIZE_MAX;
}
