/* SPDX-License-Identifier: MIT */
/* allocation_test.c - memory runs out at each allocation of the floor in turn: the call says
 * ENOMEM, leaves nothing behind and its result untouched. The floor's sources are compiled into
 * this program with malloc and its kin renamed to the functions below. */

/* This file itself means the real ones. */
#undef malloc
#undef calloc
#undef realloc

#include "cpu/limits.h"
#include "cpu/placement.h"
#include "cpu/topology.h"
#include "tests/cpu/tree.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

void *failing_malloc(size_t size);
void *failing_calloc(size_t count, size_t size);
void *failing_realloc(void *memory, size_t size);

static size_t allocations_left; /* how many still succeed */
static bool failed;

static bool may_allocate(void)
{
    if (allocations_left == 0) {
        failed = true;
        return false;
    }
    allocations_left--;
    return true;
}

void *failing_malloc(size_t size)
{
    return may_allocate() ? malloc(size) : NULL;
}

void *failing_calloc(size_t count, size_t size)
{
    return may_allocate() ? calloc(count, size) : NULL;
}

void *failing_realloc(void *memory, size_t size)
{
    return may_allocate() ? realloc(memory, size) : NULL;
}

/* Runs `attempt` with 0, 1, 2, ... successful allocations until it has enough. It returns the
 * code of the call, and 0 only with its result checked and freed. */
static void run_out_of_memory(int (*attempt)(void *arg), void *arg, size_t least)
{
    enum { MOST = 1000 };
    size_t count = 0;
    int rc = ENOMEM;
    while (rc != 0 && count < MOST) {
        allocations_left = count;
        failed = false;
        rc = attempt(arg);
        cr_assert_eq(rc, failed ? ENOMEM : 0, "%d with %zu allocations", rc, count);
        count++;
    }
    cr_expect_geq(count, least + 1, "only %zu allocations were made", count - 1);
    cr_expect_lt(count, (size_t)MOST);
    allocations_left = SIZE_MAX;
}

/* ---- limits --------------------------------------------------------------------------------- */

static int read_limits(void *root)
{
    static bool untouched;
    ws_limits limits = {.allowed = &untouched};
    const int rc = ws_limits_read(&limits, root);
    if (rc != 0) {
        cr_expect_eq(limits.allowed, &untouched);
        return rc;
    }
    cr_expect_eq(limits.allowed_count, 2u);
    cr_expect_float_eq(limits.quota, 1.5, 1e-9);
    ws_limits_free(&limits);
    return 0;
}

static void write_text(const char *root, const char *path, const char *text)
{
    tree_write(root, path, text, strlen(text));
}

Test(allocation, limits)
{
    char root[64];
    tree_begin(root);
    write_text(root, "/proc/self/status", "Cpus_allowed_list:\t0-3\n");
    write_text(root, "/sys/devices/system/cpu/online", "0-3\n");
    write_text(root, "/proc/self/cgroup", "3:cpu:/a\n2:cpuset:/a\n0::/a\n");
    write_text(root, "/proc/self/mountinfo",
               "1 0 0:1 / /v2 rw - cgroup2 c rw\n2 0 0:2 / /cpu rw - cgroup c rw,cpu\n"
               "3 0 0:3 / /set rw - cgroup c rw,cpuset\n");
    write_text(root, "/v2/a/cpu.max", "250000 100000\n");
    write_text(root, "/v2/cpu.max", "200000 100000\n");
    write_text(root, "/cpu/a/cpu.cfs_quota_us", "150000\n");
    write_text(root, "/cpu/a/cpu.cfs_period_us", "100000\n");
    write_text(root, "/set/a/cpuset.cpus", "1-2\n");
    run_out_of_memory(read_limits, root, 10);
    tree_end(root);
}

/* ---- topology ------------------------------------------------------------------------------- */

static int load_topology(void *description)
{
    ws_topology untouched;
    ws_topology *topology = &untouched;
    ws_topology_forget();
    const int rc = ws_topology_load(&topology, description);
    if (rc != 0) {
        cr_expect_eq(topology, &untouched);
        return rc;
    }
    cr_expect_geq(topology->pu_count, 1u);
    ws_topology_free(topology);
    return 0;
}

Test(allocation, topology)
{
    char description[] = "pack:2 core:2 pu:2";
    run_out_of_memory(load_topology, description, 2);
    run_out_of_memory(load_topology, NULL, 2);
    setenv("HWLOC_COMPONENTS", "stop", 1);
    run_out_of_memory(load_topology, NULL, 4);
}

/* ---- placement ------------------------------------------------------------------------------ */

static int create_placement(void *topology)
{
    bool allowed[1] = {true};
    const ws_limits limits = {allowed, 1, 1, false, 0, NULL};
    ws_placement untouched;
    ws_placement *placement = &untouched;
    const int rc = ws_placement_create(&placement, topology, &limits, 5, false, WS_AFFINITY_AUTO);
    if (rc != 0) {
        cr_expect_eq(placement, &untouched);
        return rc;
    }
    cr_expect_eq(placement->threads, 5u);
    ws_placement_free(placement);
    return 0;
}

Test(allocation, placement)
{
    allocations_left = SIZE_MAX;
    ws_topology *topology = NULL;
    cr_assert_eq(ws_topology_load(&topology, "pack:2 core:2 pu:2"), 0);
    run_out_of_memory(create_placement, topology, 4);
    ws_topology_free(topology);
}
