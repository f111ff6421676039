/* SPDX-License-Identifier: MIT */
/* placement_here_test.c - what stands behind the seam when nobody records: threads of this machine
 * are bound to its CPUs and memory prefers its nodes. Placements that do not bind change nothing.
 */
#include "cpu/placement.h"

#include <criterion/criterion.h>
#include <linux/mempolicy.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct here {
    ws_topology *topology;
    ws_limits limits;
    size_t cores;
} here;

static here begin(void)
{
    here h = {0};
    cr_assert_eq(ws_topology_load(&h.topology, NULL), 0);
    cr_assert_eq(ws_limits_read(&h.limits, ""), 0);
    h.limits.quota = 0;
    h.limits.narrowed = false;
    h.cores = ws_placement_default_threads(h.topology, &h.limits, false);
    return h;
}

static void end(here *h)
{
    ws_limits_free(&h->limits);
    ws_topology_free(h->topology);
}

static ws_placement *place(const here *h, size_t threads, ws_affinity affinity)
{
    ws_placement *placement = NULL;
    cr_assert_eq(ws_placement_create(&placement, h->topology, &h->limits, threads, false, affinity),
                 0);
    return placement;
}

/* ---- threads -------------------------------------------------------------------------------- */

typedef struct entrance {
    const ws_placement *placement;
    size_t worker;
    cpu_set_t mask; /* after entering */
    int error;
} entrance;

static void *enter(void *arg)
{
    entrance *const e = arg;
    ws_placement_enter(e->placement, e->worker);
    e->error = sched_getaffinity(0, sizeof e->mask, &e->mask);
    return NULL;
}

/* The mask of a thread that has become that worker. */
static cpu_set_t mask_of_worker(const ws_placement *placement, size_t worker)
{
    entrance e = {.placement = placement, .worker = worker};
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, enter, &e), 0);
    pthread_join(thread, NULL);
    cr_assert_eq(e.error, 0);
    return e.mask;
}

Test(placement_here, workers_are_bound_one_to_a_core)
{
    here h = begin();
    ws_placement *const p = place(&h, h.cores, WS_AFFINITY_AUTO);
    cr_assert(p->bound);
    for (size_t worker = 0; worker < h.cores; worker++) {
        const cpu_set_t mask = mask_of_worker(p, worker);
        cr_expect_eq(CPU_COUNT(&mask), 1);
        cr_expect(CPU_ISSET(p->places[worker].pu->cpu, &mask), "worker %zu", worker);
    }
    ws_placement_free(p);
    end(&h);
}

Test(placement_here, who_shares_a_core_is_left_free)
{
    here h = begin();
    cpu_set_t before;
    cr_assert_eq(sched_getaffinity(0, sizeof before, &before), 0);
    ws_placement *const p = place(&h, h.cores + 1, WS_AFFINITY_CORE);
    cr_assert(p->bound);
    const cpu_set_t mask = mask_of_worker(p, h.cores);
    cr_expect(CPU_EQUAL(&mask, &before));
    ws_placement_free(p);
    end(&h);
}

Test(placement_here, placements_that_do_not_bind_change_no_mask)
{
    here h = begin();
    cpu_set_t before;
    cr_assert_eq(sched_getaffinity(0, sizeof before, &before), 0);
    ws_placement *const p = place(&h, h.cores, WS_AFFINITY_NONE);
    cr_assert_not(p->bound);
    const cpu_set_t mask = mask_of_worker(p, 0);
    cr_expect(CPU_EQUAL(&mask, &before));
    ws_placement_free(p);
    end(&h);
}

/* A CPU may go away after the limits were read. */
Test(placement_here, a_cpu_that_is_gone_leaves_the_thread_free)
{
    cpu_set_t before;
    cr_assert_eq(sched_getaffinity(0, sizeof before, &before), 0);
    ws_pu gone = {.cpu = 60000};
    ws_topology topology = {.pu_count = 1, .pus = &gone};
    static bool allowed[60001];
    allowed[60000] = true;
    const here h = {&topology, {allowed, 60001, 1, false, 0, NULL}, 1};
    ws_placement *const p = place(&h, 1, WS_AFFINITY_CORE);
    cr_assert(p->bound);
    const cpu_set_t mask = mask_of_worker(p, 0);
    cr_expect(CPU_EQUAL(&mask, &before));
    ws_placement_free(p);
}

/* ---- memory --------------------------------------------------------------------------------- */

enum { UNKNOWN = -1 };

/* The policy at an address and, if it is to prefer a node, that node. */
static long policy_at(void *memory, unsigned long *nodes)
{
    int policy = UNKNOWN;
    unsigned long mask[16] = {0};
    const long rc = syscall(SYS_get_mempolicy, &policy, mask, sizeof mask * 8, memory, MPOL_F_ADDR);
    *nodes = mask[0];
    return rc == 0 ? policy : UNKNOWN;
}

/* Whether this process may set policies at all: sandboxes forbid it. */
static bool may_set_policies(char *page, size_t size)
{
    unsigned long node = 1;
    return syscall(SYS_mbind, page, size, MPOL_PREFERRED, &node, sizeof node * 8, 0UL) == 0;
}

typedef struct pages {
    char *memory;
    size_t page;
    size_t count;
} pages;

static pages map_pages(size_t count)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *const memory =
        mmap(NULL, count * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq(memory, MAP_FAILED);
    return (pages){memory, page, count};
}

/* Two hardware threads on node 0 and on one that no machine has. */
static ws_placement *place_on_nodes(ws_pu *pus, ws_topology *topology, unsigned second_node)
{
    static bool allowed[2] = {true, true};
    pus[0] = (ws_pu){.cpu = 0, .core = 0};
    pus[1] = (ws_pu){.cpu = 1, .core = 1, .l2 = 1, .l3 = 1, .package = 1, .node = second_node};
    *topology = (ws_topology){.pu_count = 2, .pus = pus};
    const here h = {topology, {allowed, 2, 2, false, 0, NULL}, 2};
    ws_placement *const p = place(&h, 2, WS_AFFINITY_CORE);
    cr_assert(p->bound);
    return p;
}

Test(placement_here, whole_pages_prefer_the_node_of_their_worker)
{
    ws_pu pus[2];
    ws_topology topology;
    ws_placement *const p = place_on_nodes(pus, &topology, 1023);
    const pages m = map_pages(6);
    const bool settable = may_set_policies(m.memory + 5 * m.page, m.page);
    /* From the middle of page 0 to the middle of page 3. */
    ws_placement_memory(p, 0, m.memory + m.page / 2, 3 * m.page);
    for (size_t i = 0; settable && i < 5; i++) {
        unsigned long nodes;
        const long policy = policy_at(m.memory + i * m.page, &nodes);
        const bool whole = i == 1 || i == 2;
        cr_expect_eq(policy, whole ? MPOL_PREFERRED : MPOL_DEFAULT, "page %zu: %ld", i, policy);
        cr_expect_eq(nodes, whole ? 1ul : 0ul, "page %zu: %lx", i, nodes);
    }
    memset(m.memory, 1, m.count * m.page);
    munmap(m.memory, m.count * m.page);
    ws_placement_free(p);
}

Test(placement_here, a_node_that_is_not_there_is_no_failure)
{
    const unsigned nodes[] = {63, 1023, 1024, UINT32_MAX};
    for (size_t i = 0; i < 4; i++) {
        ws_pu pus[2];
        ws_topology topology;
        ws_placement *const p = place_on_nodes(pus, &topology, nodes[i]);
        const pages m = map_pages(2);
        ws_placement_memory(p, 1, m.memory, 2 * m.page);
        ws_placement_memory(p, 0, m.memory + 1, m.page - 2);
        memset(m.memory, 1, 2 * m.page);
        unsigned long set;
        const long policy = policy_at(m.memory, &set);
        cr_expect(policy == UNKNOWN || policy == MPOL_DEFAULT, "node %u: %ld", nodes[i], policy);
        munmap(m.memory, 2 * m.page);
        ws_placement_free(p);
    }
}

Test(placement_here, one_node_needs_no_policy)
{
    ws_pu pus[2];
    ws_topology topology;
    ws_placement *const p = place_on_nodes(pus, &topology, 0);
    const pages m = map_pages(2);
    ws_placement_memory(p, 0, m.memory, 2 * m.page);
    unsigned long nodes;
    const long policy = policy_at(m.memory, &nodes);
    cr_expect(policy == UNKNOWN || policy == MPOL_DEFAULT, "%ld", policy);
    munmap(m.memory, 2 * m.page);
    ws_placement_free(p);
}
