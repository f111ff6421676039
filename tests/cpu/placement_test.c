/* SPDX-License-Identifier: MIT */
/* placement_test.c - places, victim orders and what goes through the seam, on synthetic machines
 * whose expected numbers are worked out here by division, and on this machine. */
#include "cpu/placement.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <par/stats.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* From the outside in: each number is per one of the level before. */
typedef struct machine {
    size_t packages;
    size_t nodes;
    size_t l3;
    size_t l2;
    size_t cores;
    size_t threads;
} machine;

static const machine machines[] = {
    {1, 1, 1, 1, 1, 1}, {1, 1, 1, 2, 1, 1}, {1, 1, 1, 4, 1, 2}, {1, 1, 2, 2, 2, 1},
    {1, 1, 1, 3, 1, 4}, {2, 1, 1, 8, 1, 1}, {2, 2, 1, 4, 1, 2}, {2, 1, 2, 2, 2, 2},
    {1, 4, 2, 1, 4, 2}, {2, 1, 8, 8, 1, 2}, {2, 4, 2, 8, 1, 2}, {3, 1, 1, 1, 5, 1},
};

enum { MACHINES = sizeof machines / sizeof *machines };

static size_t pus_of(const machine *m)
{
    return m->packages * m->nodes * m->l3 * m->l2 * m->cores * m->threads;
}

static size_t cores_of(const machine *m)
{
    return pus_of(m) / m->threads;
}

static ws_topology *load(const machine *m)
{
    char description[128];
    snprintf(description, sizeof description, "pack:%zu numa:%zu l3:%zu l2:%zu core:%zu pu:%zu",
             m->packages, m->nodes, m->l3, m->l2, m->cores, m->threads);
    ws_topology *topology = NULL;
    cr_assert_eq(ws_topology_load(&topology, description), 0, "%s", description);
    cr_assert_eq(topology->pu_count, pus_of(m), "%s", description);
    return topology;
}

/* The hardware thread that worker `worker` belongs on. */
static size_t expected_pu(const machine *m, size_t worker, bool smt)
{
    const size_t spot = worker % (smt ? pus_of(m) : cores_of(m));
    return spot % cores_of(m) * m->threads + spot / cores_of(m);
}

static unsigned expected_distance(const machine *m, size_t a, size_t b)
{
    const size_t core = m->threads;
    const size_t l2 = core * m->cores;
    const size_t l3 = l2 * m->l2;
    const size_t package = l3 * m->l3 * m->nodes;
    if (a / core == b / core) {
        return PAR_DISTANCE_SMT;
    }
    if (a / l2 == b / l2) {
        return PAR_DISTANCE_L2;
    }
    if (a / l3 == b / l3) {
        return PAR_DISTANCE_L3;
    }
    return a / package == b / package ? PAR_DISTANCE_PACKAGE : PAR_DISTANCE_REMOTE;
}

static size_t expected_node(const machine *m, size_t pu)
{
    return pu / (pus_of(m) / (m->packages * m->nodes));
}

/* Limits that allow the CPUs below `count`. */
static ws_limits allow(bool *allowed, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        allowed[i] = true;
    }
    return (ws_limits){allowed, count, count, false, 0, NULL};
}

static ws_limits one_cpu(void)
{
    static bool allowed[1];
    return allow(allowed, 1);
}

static ws_placement *place(const ws_topology *topology, const ws_limits *limits, size_t threads,
                           bool smt, ws_affinity affinity)
{
    ws_placement *placement = NULL;
    cr_assert_eq(ws_placement_create(&placement, topology, limits, threads, smt, affinity), 0);
    cr_assert_eq(placement->threads, threads);
    return placement;
}

/* ---- victims -------------------------------------------------------------------------------- */

/* P2: complete, nearest first, and within one distance in the order after the worker. */
static bool victims_are_right(const machine *m, const ws_placement *p, size_t worker, bool smt)
{
    bool *const seen = calloc(p->threads, sizeof *seen);
    size_t distinct = 0;
    bool right = true;
    for (size_t i = 0; i + 1 < p->threads; i++) {
        const ws_victim *const v = &p->places[worker].victims[i];
        if (v->worker >= p->threads || v->worker == worker || seen[v->worker]) {
            break;
        }
        seen[v->worker] = true;
        distinct++;
        right = right && v->distance == expected_distance(m, expected_pu(m, worker, smt),
                                                          expected_pu(m, v->worker, smt));
        if (i > 0) {
            const size_t turn = (v->worker + p->threads - worker) % p->threads;
            const size_t turn_before = (v[-1].worker + p->threads - worker) % p->threads;
            right = right && (v[-1].distance < v->distance ||
                              (v[-1].distance == v->distance && turn_before < turn));
        }
    }
    free(seen);
    return right && distinct + 1 == p->threads;
}

static void check_victims(const machine *m, size_t threads, bool smt)
{
    ws_topology *const topology = load(m);
    const ws_limits limits = one_cpu();
    ws_placement *const p = place(topology, &limits, threads, smt, WS_AFFINITY_AUTO);
    for (size_t worker = 0; worker < threads; worker++) {
        cr_expect(victims_are_right(m, p, worker, smt), "%s, %zu threads, smt %d, worker %zu",
                  topology->source, threads, smt, worker);
        cr_expect_eq((size_t)(p->places[worker].pu - topology->pus), expected_pu(m, worker, smt),
                     "%s, %zu threads, smt %d, worker %zu", topology->source, threads, smt, worker);
    }
    ws_placement_free(p);
    ws_topology_free(topology);
}

Test(placement, places_and_victims_on_synthetic_machines)
{
    for (size_t i = 0; i < MACHINES; i++) {
        const machine *const m = &machines[i];
        const size_t counts[] = {
            1, 2, 3, 7, cores_of(m), cores_of(m) + 1, pus_of(m), pus_of(m) + 3};
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
            check_victims(m, counts[k], false);
            check_victims(m, counts[k], true);
        }
    }
}

/* ---- the seam ------------------------------------------------------------------------------- */

static struct {
    unsigned cpu;
    size_t binds;
    unsigned node;
    void *memory;
    size_t size;
    size_t places;
} recorded;

static int record_bind(unsigned cpu)
{
    recorded.cpu = cpu;
    recorded.binds++;
    return EPERM;
}

static int record_place(void *memory, size_t size, unsigned node)
{
    recorded.memory = memory;
    recorded.size = size;
    recorded.node = node;
    recorded.places++;
    return ENOSYS;
}

static const ws_placement_ops recorder = {record_bind, record_place};

static void check_seam(const machine *m, size_t threads, bool smt)
{
    ws_topology *const topology = load(m);
    const ws_limits limits = one_cpu();
    ws_placement *const p = place(topology, &limits, threads, smt, WS_AFFINITY_CORE);
    cr_expect_not(p->bound, "nothing is bound to a machine that is not there");
    memset(&recorded, 0, sizeof recorded);
    for (size_t worker = 0; worker < threads; worker++) {
        char memory[16];
        const size_t pu = expected_pu(m, worker, smt);
        ws_placement_enter(p, worker);
        cr_expect_eq(recorded.binds, worker + 1);
        cr_expect_eq(recorded.cpu, topology->pus[pu].cpu, "%s, worker %zu", topology->source,
                     worker);
        ws_placement_memory(p, worker, memory, worker);
        cr_expect_eq(recorded.places, worker + 1);
        cr_expect_eq(recorded.node, expected_node(m, pu), "%s, worker %zu", topology->source,
                     worker);
        cr_expect_eq(recorded.memory, (void *)memory);
        cr_expect_eq(recorded.size, worker);
    }
    ws_placement_free(p);
    ws_topology_free(topology);
}

Test(placement, binding_and_memory_go_through_the_seam)
{
    ws_placement_set_ops(&recorder);
    for (size_t i = 0; i < MACHINES; i++) {
        check_seam(&machines[i], pus_of(&machines[i]) + 1, false);
        check_seam(&machines[i], pus_of(&machines[i]) + 1, true);
    }
    ws_placement_set_ops(NULL);
}

/* ---- limits --------------------------------------------------------------------------------- */

/* Two packages of two cores of two hardware threads, as if they were here. */
static ws_topology load_eight(void)
{
    ws_topology *topology = NULL;
    cr_assert_eq(ws_topology_load(&topology, "pack:2 core:2 pu:2"), 0);
    ws_topology here = *topology; /* whose parts live as long as the program */
    here.synthetic = false;
    return here;
}

typedef struct allowance {
    unsigned mask; /* bit by bit the CPUs that are allowed */
    double quota;
    size_t threads;     /* expected */
    size_t threads_smt; /* expected with both hardware threads */
    int first[4];       /* CPUs of the first workers, -1 ends them */
    int first_smt[8];
} allowance;

static const allowance allowances[] = {
    {0xff, 0, 4, 8, {0, 2, 4, 6}, {0, 2, 4, 6, 1, 3, 5, 7}},
    {0xff, 3.9, 3, 3, {0, 2, 4, 6}, {0, 2, 4, 6, 1, 3, 5, 7}},
    {0xff, 0.5, 1, 1, {0, 2, 4, 6}, {0, 2, 4, 6, 1, 3, 5, 7}},
    {0xff, 1.0, 1, 1, {0, 2, 4, 6}, {0, 2, 4, 6, 1, 3, 5, 7}},
    {0xff, 4.0, 4, 4, {0, 2, 4, 6}, {0, 2, 4, 6, 1, 3, 5, 7}},
    {0xff, 1e9, 4, 8, {0, 2, 4, 6}, {0, 2, 4, 6, 1, 3, 5, 7}},
    {0xf0, 0, 2, 4, {4, 6, -1}, {4, 6, 5, 7, -1}},
    {0xaa, 0, 4, 4, {1, 3, 5, 7}, {1, 3, 5, 7, -1}},
    {0x0e, 0, 2, 3, {1, 2, -1}, {1, 2, 3, -1}},
    {0x80, 0, 1, 1, {7, -1}, {7, -1}},
    {0x03, 2.5, 1, 2, {0, -1}, {0, 1, -1}},
};

static void check_first(const ws_topology *topology, const ws_limits *limits, bool smt,
                        const int *first, size_t size)
{
    size_t spots = 0;
    while (spots < size && first[spots] >= 0) {
        spots++;
    }
    ws_placement *const p = place(topology, limits, 2 * spots, smt, WS_AFFINITY_NONE);
    for (size_t worker = 0; worker < 2 * spots; worker++) {
        cr_expect_eq(p->places[worker].pu->cpu, (unsigned)first[worker % spots],
                     "worker %zu of %zu, smt %d, is on %u", worker, spots, smt,
                     p->places[worker].pu->cpu);
    }
    ws_placement_free(p);
}

Test(placement, only_allowed_cpus_are_counted_and_filled)
{
    const ws_topology topology = load_eight();
    for (size_t i = 0; i < sizeof allowances / sizeof *allowances; i++) {
        const allowance *const a = &allowances[i];
        bool allowed[8];
        ws_limits limits = {allowed, 8, 0, a->mask != 0xff, a->quota, NULL};
        for (unsigned cpu = 0; cpu < 8; cpu++) {
            allowed[cpu] = (a->mask >> cpu & 1) != 0;
            limits.allowed_count += allowed[cpu];
        }
        cr_expect_eq(ws_placement_default_threads(&topology, &limits, false), a->threads,
                     "mask %x, quota %f", a->mask, a->quota);
        cr_expect_eq(ws_placement_default_threads(&topology, &limits, true), a->threads_smt,
                     "mask %x, quota %f, smt", a->mask, a->quota);
        check_first(&topology, &limits, false, a->first, 4);
        check_first(&topology, &limits, true, a->first_smt, 8);
    }
}

Test(placement, a_synthetic_machine_has_its_own_size)
{
    for (size_t i = 0; i < MACHINES; i++) {
        ws_topology *const topology = load(&machines[i]);
        ws_limits limits = one_cpu();
        limits.quota = 0.5;
        cr_expect_eq(ws_placement_default_threads(topology, &limits, false),
                     cores_of(&machines[i]));
        cr_expect_eq(ws_placement_default_threads(topology, &limits, true), pus_of(&machines[i]));
        ws_topology_free(topology);
    }
}

/* What hwloc and the kernel say may have nothing in common in a sandbox. */
Test(placement, a_topology_without_any_allowed_cpu_still_places)
{
    const ws_topology topology = load_eight();
    bool allowed[12] = {0};
    allowed[9] = allowed[10] = allowed[11] = true;
    ws_limits limits = {allowed, 12, 3, true, 0, NULL};
    cr_expect_eq(ws_placement_default_threads(&topology, &limits, false), 3u);
    limits.quota = 2.5;
    cr_expect_eq(ws_placement_default_threads(&topology, &limits, false), 2u);
    ws_placement *const p = place(&topology, &limits, 3, false, WS_AFFINITY_CORE);
    cr_expect_not(p->bound);
    cr_expect_eq(p->places[2].pu->cpu, 4u);
    ws_placement_free(p);
}

typedef struct binding {
    ws_affinity affinity;
    size_t threads;
    bool smt;
    bool narrowed;
    double quota;
    bool bound; /* expected */
} binding;

static const binding bindings[] = {
    {WS_AFFINITY_AUTO, 4, false, false, 0, true},  {WS_AFFINITY_AUTO, 3, false, false, 0, false},
    {WS_AFFINITY_AUTO, 5, false, false, 0, false}, {WS_AFFINITY_AUTO, 8, false, false, 0, false},
    {WS_AFFINITY_AUTO, 8, true, false, 0, true},   {WS_AFFINITY_AUTO, 4, true, false, 0, false},
    {WS_AFFINITY_AUTO, 4, false, true, 0, false},  {WS_AFFINITY_AUTO, 4, false, false, 8, false},
    {WS_AFFINITY_NONE, 4, false, false, 0, false}, {WS_AFFINITY_CORE, 4, false, false, 0, true},
    {WS_AFFINITY_CORE, 2, false, true, 1.5, true}, {WS_AFFINITY_CORE, 9, false, false, 0, true},
};

Test(placement, binds_when_nobody_else_can_want_the_cores)
{
    const ws_topology topology = load_eight();
    for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++) {
        const binding *const b = &bindings[i];
        bool allowed[8];
        ws_limits limits = allow(allowed, 8);
        limits.narrowed = b->narrowed;
        limits.quota = b->quota;
        ws_placement *const p = place(&topology, &limits, b->threads, b->smt, b->affinity);
        cr_expect_eq(p->bound, b->bound, "case %zu", i);
        ws_placement_free(p);
    }
}

/* ---- guests --------------------------------------------------------------------------------- */

Test(placement, a_guest_finds_the_worker_of_its_core)
{
    const ws_topology topology = load_eight();
    bool allowed[8];
    const ws_limits limits = allow(allowed, 8);
    ws_placement *p = place(&topology, &limits, 3, false, WS_AFFINITY_AUTO);
    static const size_t with_three[] = {0, 0, 1, 1, 2, 2, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    for (unsigned cpu = 0; cpu < 10; cpu++) {
        cr_expect_eq(ws_placement_worker_on(p, cpu), with_three[cpu], "CPU %u", cpu);
    }
    ws_placement_free(p);

    p = place(&topology, &limits, 20, true, WS_AFFINITY_AUTO);
    static const size_t with_all[] = {0, 4, 1, 5, 2, 6, 3, 7};
    for (unsigned cpu = 0; cpu < 8; cpu++) {
        cr_expect_eq(ws_placement_worker_on(p, cpu), with_all[cpu], "CPU %u", cpu);
    }
    ws_placement_free(p);
}

/* The system numbers the second hardware threads last on many machines, and some allow only them.
 */
Test(placement, a_guest_is_found_whatever_the_numbers_of_the_cpus_are)
{
    ws_topology *topology = NULL;
    cr_assert_eq(ws_topology_load(&topology, "core:4 pu:2(indexes=0,4,1,5,2,6,3,7)"), 0);
    cr_assert_eq(topology->pus[1].cpu, 4u);
    ws_topology here = *topology;
    here.synthetic = false;
    bool allowed[8] = {false, false, false, false, true, true, true, true};
    const ws_limits limits = {allowed, 8, 4, true, 0, NULL};
    ws_placement *const p = place(&here, &limits, 4, false, WS_AFFINITY_AUTO);
    for (unsigned cpu = 0; cpu < 8; cpu++) {
        cr_expect_eq(ws_placement_worker_on(p, cpu), cpu % 4, "CPU %u", cpu);
    }
    ws_placement_free(p);
    ws_topology_free(topology);
}
