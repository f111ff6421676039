/* SPDX-License-Identifier: MIT */
/* topology_test.c - synthetic, recorded and real machines as plain numbers. */
#include "cpu/topology.h"

#include "cpu/limits.h"
#include "tests/base/capture.h"
#include "tests/cpu/tree.h"

#include <criterion/criterion.h>
#include <par/stats.h>
#include <sched.h>
#include <stdint.h>
#include <unistd.h>

static ws_topology *load(const char *description)
{
    ws_topology *topology = NULL;
    cr_assert_eq(ws_topology_load(&topology, description), 0, "%s", description);
    return topology;
}

static unsigned field(const ws_pu *pu, size_t offset)
{
    unsigned value;
    memcpy(&value, (const char *)pu + offset, sizeof value);
    return value;
}

/* How many different numbers there are in a field. */
static size_t count_different(const ws_topology *topology, size_t offset)
{
    size_t count = 0;
    for (size_t i = 0; i < topology->pu_count; i++) {
        size_t j = 0;
        while (j < i && field(&topology->pus[j], offset) != field(&topology->pus[i], offset)) {
            j++;
        }
        count += j == i;
    }
    return count;
}

/* Whether a field's numbers begin with 0 and go on with the same or the next. */
static bool counts_up(const ws_topology *topology, size_t offset)
{
    unsigned last = 0;
    for (size_t i = 0; i < topology->pu_count; i++) {
        const unsigned number = field(&topology->pus[i], offset);
        if (number != last && (i == 0 || number != last + 1)) {
            return false;
        }
        last = number;
    }
    return true;
}

/* ---- synthetic machines --------------------------------------------------------------------- */

typedef struct machine {
    const char *description;
    size_t pus;
    size_t threads_per_core;
    size_t cores;
    size_t l2; /* as many as cores where the description has none */
    size_t l3;
    size_t packages;
    size_t nodes;
} machine;

static const machine machines[] = {
    {"pu:1", 1, 1, 1, 1, 1, 1, 1},
    {"pu:4", 4, 1, 4, 4, 4, 1, 1},
    {"core:4 pu:1", 4, 1, 4, 4, 4, 1, 1},
    {"core:4 pu:2", 8, 2, 4, 4, 4, 1, 1},
    {"pack:1 l3:1 l2:4 core:1 pu:2", 8, 2, 4, 4, 1, 1, 1},
    {"pack:1 l3:2 l2:2 core:4 pu:1", 16, 1, 16, 4, 2, 1, 1},
    {"pack:2 l3:4 l2:8 core:1 pu:2", 128, 2, 64, 64, 8, 2, 1},
    {"pack:2 numa:2 core:8 pu:2", 64, 2, 32, 32, 32, 2, 4},
    {"numa:4 pack:1 core:2 pu:1", 8, 1, 8, 8, 8, 4, 4},
    {"pack:2 core:64 pu:2", 256, 2, 128, 128, 128, 2, 1},
    {"pack:2 [numa] l3:8 core:8 pu:2", 256, 2, 128, 128, 16, 2, 2},
    {"pack:1 core:3 pu:8", 24, 8, 3, 3, 3, 1, 1},
    {"pack:3 core:5 pu:1", 15, 1, 15, 15, 15, 3, 1},
};

static void check_machine(const machine *m, const ws_topology *t)
{
    const char *const name = m->description;
    cr_assert_eq(t->pu_count, m->pus, "%s", name);
    cr_expect_eq(count_different(t, offsetof(ws_pu, cpu)), m->pus, "%s", name);
    cr_expect_eq(count_different(t, offsetof(ws_pu, core)), m->cores, "%s", name);
    cr_expect_eq(count_different(t, offsetof(ws_pu, l2)), m->l2, "%s", name);
    cr_expect_eq(count_different(t, offsetof(ws_pu, l3)), m->l3, "%s", name);
    cr_expect_eq(count_different(t, offsetof(ws_pu, package)), m->packages, "%s", name);
    cr_expect_eq(count_different(t, offsetof(ws_pu, node)), m->nodes, "%s", name);
    cr_expect(counts_up(t, offsetof(ws_pu, core)), "%s", name);
    cr_expect(counts_up(t, offsetof(ws_pu, l2)), "%s", name);
    cr_expect(counts_up(t, offsetof(ws_pu, l3)), "%s", name);
    cr_expect(counts_up(t, offsetof(ws_pu, package)), "%s", name);
    for (size_t i = 0; i < t->pu_count; i++) {
        cr_expect_eq(t->pus[i].smt, i % m->threads_per_core, "%s: %zu", name, i);
    }
}

Test(topology, synthetic_machines_have_what_they_describe)
{
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
        ws_topology *const topology = load(machines[i].description);
        check_machine(&machines[i], topology);
        cr_expect(topology->synthetic);
        char source[128];
        snprintf(source, sizeof source, "synthetic %s", machines[i].description);
        cr_expect_str_eq(topology->source, source);
        ws_topology_free(topology);
    }
}

Test(topology, distances)
{
    /* Two packages of two L3s of two L2s of two cores of two hardware threads. */
    ws_topology *const t = load("pack:2 l3:2 l2:2 core:2 pu:2");
    static const struct {
        size_t other;
        unsigned distance;
    } samples[] = {
        {0, PAR_DISTANCE_SMT},     {1, PAR_DISTANCE_SMT},      {2, PAR_DISTANCE_L2},
        {3, PAR_DISTANCE_L2},      {4, PAR_DISTANCE_L3},       {7, PAR_DISTANCE_L3},
        {8, PAR_DISTANCE_PACKAGE}, {15, PAR_DISTANCE_PACKAGE}, {16, PAR_DISTANCE_REMOTE},
        {31, PAR_DISTANCE_REMOTE},
    };
    cr_assert_eq(t->pu_count, 32u);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const ws_pu *const other = &t->pus[samples[i].other];
        cr_expect_eq(ws_topology_distance(&t->pus[0], other), samples[i].distance, "to %zu",
                     samples[i].other);
        cr_expect_eq(ws_topology_distance(other, &t->pus[0]), samples[i].distance, "from %zu",
                     samples[i].other);
    }
    ws_topology_free(t);
}

/* ---- recorded machines ---------------------------------------------------------------------- */

#define SETS(cpus)                                                                                 \
    "cpuset=\"" cpus "\" complete_cpuset=\"" cpus "\" nodeset=\"0x1\" complete_nodeset=\"0x1\""
#define PU(number, cpus, id)                                                                       \
    "<object type=\"PU\" os_index=\"" number "\" " SETS(cpus) " gp_index=\"" id "\"/>"
#define CORE(number, cpus, id, inside)                                                             \
    "<object type=\"Core\" os_index=\"" number "\" " SETS(cpus) " gp_index=\"" id "\">" inside     \
                                                                "</object>"
#define CACHE(level, cpus, id, inside)                                                             \
    "<object type=\"L" level "Cache\" " SETS(                                                      \
        cpus) " gp_index=\"" id "\" cache_size=\"1048576\" "                                       \
              "depth=\"" level                                                                     \
              "\" cache_linesize=\"64\" cache_associativity=\"8\" cache_type=\"0\">" inside        \
              "</object>"

/* A core outside the L3, without caches of that kind, then a large one with two hardware threads
 * and two small ones that share an L2. CPU 3 is not permitted. */
static const char mixed_machine[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!DOCTYPE topology SYSTEM \"hwloc2.dtd\">\n"
    "<topology version=\"2.0\"><object type=\"Machine\" os_index=\"0\" " SETS(
        "0x1f") " allowed_cpuset=\"0x17\" allowed_nodeset=\"0x1\" gp_index=\"1\">"
                "<object type=\"NUMANode\" os_index=\"0\" " SETS(
                    "0x1f") " gp_index=\"2\" "
                            "local_memory=\"1073741824\"/>" CORE("3", "0x1", "13",
                                                                 PU("0", "0x1", "14"))
                                CACHE("3", "0x1e", "3",
                                      CACHE("2", "0x12", "4",
                                            CORE("0", "0x12", "5",
                                                 PU("1", "0x2", "6") PU("4", "0x10", "7")))
                                          CACHE("2", "0xc", "8",
                                                CORE("1", "0x4", "9", PU("2", "0x4", "10"))
                                                    CORE("2", "0x8", "11",
                                                         PU("3", "0x8",
                                                            "12")))) "</object></topology>\n";

static ws_topology *load_text(const char *text)
{
    char root[64];
    char path[128];
    tree_begin(root);
    tree_write(root, "/machine.xml", text, strlen(text));
    snprintf(path, sizeof path, "%s/machine.xml", root);
    ws_topology *const topology = load(path);
    tree_end(root);
    return topology;
}

Test(topology, an_xml_file_is_a_machine_of_its_own)
{
    ws_topology *const t = load_text(mixed_machine);
    cr_expect(t->synthetic);
    cr_expect_eq(strncmp(t->source, "XML ", 4), 0, "%s", t->source);
    cr_assert_eq(t->pu_count, 4u, "CPU 3 is not permitted");
    static const unsigned cpus[] = {0, 1, 4, 2};
    static const unsigned ranks[] = {0, 0, 1, 0};
    cr_expect(counts_up(t, offsetof(ws_pu, core)));
    cr_expect(counts_up(t, offsetof(ws_pu, l3)));
    for (size_t i = 0; i < 4; i++) {
        cr_expect_eq(t->pus[i].cpu, cpus[i]);
        cr_expect_eq(t->pus[i].smt, ranks[i]);
        cr_expect_eq(t->pus[i].package, t->pus[0].package);
        cr_expect_eq(t->pus[i].node, 0u);
    }
    ws_topology_free(t);
}

Test(topology, a_core_without_caches_shares_none)
{
    ws_topology *const t = load_text(mixed_machine);
    cr_assert_eq(t->pu_count, 4u);
    const ws_pu *const alone = &t->pus[0];
    const ws_pu *const large = &t->pus[1];
    const ws_pu *const small = &t->pus[3];
    cr_expect_eq(ws_topology_distance(large, &t->pus[2]), (unsigned)PAR_DISTANCE_SMT);
    cr_expect_eq(ws_topology_distance(large, small), (unsigned)PAR_DISTANCE_L3);
    cr_expect_eq(ws_topology_distance(large, alone), (unsigned)PAR_DISTANCE_PACKAGE);
    cr_expect_eq(ws_topology_distance(small, alone), (unsigned)PAR_DISTANCE_PACKAGE);
    ws_topology_free(t);
}

/* ---- this machine --------------------------------------------------------------------------- */

static bool knows(const ws_topology *topology, size_t cpu)
{
    for (size_t i = 0; i < topology->pu_count; i++) {
        if (topology->pus[i].cpu == cpu) {
            return true;
        }
    }
    return false;
}

static void check_this_machine(const ws_topology *topology)
{
    ws_limits limits;
    cr_assert_eq(ws_limits_read(&limits, ""), 0);
    cr_expect_not(topology->synthetic);
    cr_assert_geq(topology->pu_count, limits.allowed_count);
    for (size_t cpu = 0; cpu < limits.allowed_size; cpu++) {
        if (limits.allowed[cpu]) {
            cr_expect(knows(topology, cpu), "CPU %zu is missing", cpu);
        }
    }
    cr_expect_eq(count_different(topology, offsetof(ws_pu, cpu)), topology->pu_count);
    ws_limits_free(&limits);
}

Test(topology, this_machine_shows_every_cpu_that_may_be_used)
{
    const char *const nothing[] = {NULL, ""};
    for (size_t i = 0; i < 2; i++) {
        ws_topology *const topology = load(nothing[i]);
        check_this_machine(topology);
        cr_expect_str_eq(topology->source, "this machine");
        ws_topology_free(topology);
    }
}

Test(topology, reading_leaves_the_binding_of_the_thread_alone)
{
    cpu_set_t before;
    cpu_set_t after;
    cr_assert_eq(sched_getaffinity(0, sizeof before, &before), 0);
    size_t first = 0;
    while (!CPU_ISSET(first, &before)) {
        first++;
    }
    CPU_ZERO(&before);
    CPU_SET(first, &before);
    cr_assert_eq(sched_setaffinity(0, sizeof before, &before), 0);
    ws_topology *const topology = load(NULL);
    cr_assert_eq(sched_getaffinity(0, sizeof after, &after), 0);
    cr_expect(CPU_EQUAL(&before, &after));
    cr_expect_geq(topology->pu_count, 1u);
    ws_topology_free(topology);
}

Test(topology, a_narrow_mask_does_not_hide_the_machine)
{
    ws_topology *const whole = load(NULL);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(whole->pus[0].cpu, &one);
    cr_assert_eq(sched_setaffinity(0, sizeof one, &one), 0);
    ws_topology *const again = load(NULL);
    cr_expect_eq(again->pu_count, whole->pu_count);
    ws_topology_free(again);
    ws_topology_free(whole);
}

Test(topology, the_first_one_is_kept_and_shared)
{
    ws_topology *const first = load("pack:2 core:2 pu:1");
    ws_topology *const other = load("core:3 pu:1");
    ws_topology_free(first);
    ws_topology_free(other);
    ws_topology *const again = load("pack:2 core:2 pu:1");
    cr_expect_eq(again, first);
    cr_expect_eq(again->pu_count, 4u);
    ws_topology_forget();
    ws_topology *const next = load("core:3 pu:1");
    cr_expect_eq(next->pu_count, 3u);
    ws_topology_free(next);
    cr_expect_eq(load("core:3 pu:1"), next);
}

Test(topology, a_bad_description_is_reported_once)
{
    const capture c = capture_begin();
    ws_topology_free(load("garbage"));
    ws_topology_free(load("garbage"));
    char *const said = capture_end(c);
    cr_expect_eq(capture_lines(said), 1u, "%s", said);
    free(said);
}

/* ---- failures ------------------------------------------------------------------------------- */

Test(topology, what_hwloc_does_not_understand_is_reported_and_this_machine_is_used)
{
    const char *const bad[] = {"garbage", "pack:0",       "pack:2 core", "pack:-1 pu:2",
                               "pu",      "no/such.file", "\n",          "/proc/self/status"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const capture c = capture_begin();
        ws_topology *const topology = load(bad[i]);
        char *const said = capture_end(c);
        cr_expect_eq(capture_lines(said), 1u, "%s: %s", bad[i], said);
        cr_expect_eq(strncmp(said, "par: PAR_TOPOLOGY: \"", 20), 0, "%s", said);
        cr_expect_neq(strstr(said, "; this machine is used\n"), NULL, "%s", said);
        check_this_machine(topology);
        cr_expect_str_eq(topology->source, "this machine");
        ws_topology_free(topology);
        free(said);
    }
}

Test(topology, without_hwloc_the_machine_is_flat)
{
    setenv("HWLOC_COMPONENTS", "stop", 1);
    ws_topology *const topology = load(NULL);
    check_this_machine(topology);
    cr_expect_str_eq(topology->source, "this machine, as if flat");
    for (size_t i = 1; i < topology->pu_count; i++) {
        cr_expect_eq(ws_topology_distance(&topology->pus[0], &topology->pus[i]),
                     (unsigned)PAR_DISTANCE_PACKAGE);
        cr_expect_eq(topology->pus[i].smt, 0u);
    }
    ws_topology_free(topology);
}

/* hwloc has variables of its own; a machine that they make up must not be bound to. */
Test(topology, a_machine_from_the_variables_of_hwloc_is_synthetic)
{
    setenv("HWLOC_SYNTHETIC", "pack:2 core:3 pu:1", 1);
    ws_topology *const topology = load(NULL);
    cr_expect(topology->synthetic);
    cr_expect_eq(topology->pu_count, 6u);
    cr_expect_str_eq(topology->source, "hwloc's environment");
    ws_topology_free(topology);
}
