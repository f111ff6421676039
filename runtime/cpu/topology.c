/* SPDX-License-Identifier: MIT */
/* topology.c - chooses where the machine's description comes from, keeps it, and compares places.
 *
 * T1  `kept` is 0, or the topology that was read first; once set it stays, and what it points to
 *     never changes. So whoever reads it by an acquire load, which pairs with the compare-and-swap
 *     in ws_topology_load, may use it without a lock, and fork() finds nothing half done. */
#include "cpu/topology.h"

#include "base/atomic.h"
#include "base/log.h"
#include "cpu/limits.h"
#include "cpu/topology_hwloc.h"

#include <errno.h>
#include <par/stats.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static size_t kept;

static int set_source(ws_topology *topology, const char *kind, const char *text)
{
    char *source = NULL;
    if (asprintf(&source, "%s%s", kind, text) < 0) {
        return ENOMEM;
    }
    topology->source = source;
    return 0;
}

static int read_description(ws_topology *topology, const char *description)
{
    struct stat file;
    const bool is_file = stat(description, &file) == 0;
    const int rc = ws_topology_hwloc_read(
        topology, is_file ? WS_TOPOLOGY_FROM_XML : WS_TOPOLOGY_FROM_SYNTHETIC, description);
    return rc != 0 ? rc : set_source(topology, is_file ? "XML " : "synthetic ", description);
}

static int read_machine(ws_topology *topology)
{
    const int rc = ws_topology_hwloc_read(topology, WS_TOPOLOGY_FROM_MACHINE, NULL);
    if (rc != 0) {
        return rc;
    }
    return set_source(topology, topology->synthetic ? "hwloc's environment" : "this machine", "");
}

/* Every CPU that may be used is a core of its own; nothing is known to be shared but the package.
 */
static int make_flat(ws_topology *topology)
{
    ws_limits limits;
    const int rc = ws_limits_read(&limits, "");
    if (rc != 0) {
        return rc;
    }
    topology->pus = calloc(limits.allowed_count, sizeof *topology->pus);
    for (size_t cpu = 0; cpu < limits.allowed_size && topology->pus != NULL; cpu++) {
        if (limits.allowed[cpu]) {
            const unsigned i = (unsigned)topology->pu_count++;
            topology->pus[i] = (ws_pu){.cpu = (unsigned)cpu, .core = i, .l2 = i, .l3 = i};
        }
    }
    ws_limits_free(&limits);
    return topology->pus != NULL ? set_source(topology, "this machine", ", as if flat") : ENOMEM;
}

static int load(ws_topology *topology, const char *description)
{
    if (*description != '\0') {
        const int rc = read_description(topology, description);
        if (rc != EINVAL) {
            return rc;
        }
        ws_log("PAR_TOPOLOGY: \"%.200s\" is not accepted; it takes an hwloc synthetic description "
               "such as pack:2 core:4 pu:2, or the path of an XML file; this machine is used",
               description);
    }
    const int rc = read_machine(topology);
    return rc != EINVAL ? rc : make_flat(topology);
}

static void discard(ws_topology *topology)
{
    free(topology->description);
    free(topology->source);
    free(topology->pus);
    free(topology);
}

static int make(ws_topology **out, const char *description)
{
    ws_topology *const topology = calloc(1, sizeof *topology);
    if (topology == NULL) {
        return ENOMEM;
    }
    int rc = load(topology, description);
    if (rc == 0) {
        topology->description = strdup(description);
        rc = topology->description != NULL ? 0 : ENOMEM;
    }
    if (rc != 0) {
        discard(topology);
        return rc;
    }
    *out = topology;
    return 0;
}

int ws_topology_load(ws_topology **out, const char *description)
{
    const char *const wanted = description != NULL ? description : "";
    ws_topology *const first = (ws_topology *)ws_load_acquire(&kept);
    if (first != NULL && strcmp(first->description, wanted) == 0) {
        *out = first;
        return 0;
    }
    const int rc = make(out, wanted);
    if (rc == 0 && first == NULL) {
        ws_cas_acq_rel(&kept, 0, (size_t)*out);
    }
    return rc;
}

void ws_topology_free(ws_topology *topology)
{
    if (topology != NULL && (size_t)topology != ws_load_acquire(&kept)) {
        discard(topology);
    }
}

void ws_topology_forget(void)
{
    ws_topology *const topology = (ws_topology *)ws_exchange_acq_rel(&kept, 0);
    ws_topology_free(topology);
}

unsigned ws_topology_distance(const ws_pu *a, const ws_pu *b)
{
    if (a->core == b->core) {
        return PAR_DISTANCE_SMT;
    }
    if (a->l2 == b->l2) {
        return PAR_DISTANCE_L2;
    }
    if (a->l3 == b->l3) {
        return PAR_DISTANCE_L3;
    }
    return a->package == b->package ? PAR_DISTANCE_PACKAGE : PAR_DISTANCE_REMOTE;
}
