/* SPDX-License-Identifier: MIT */
/* topology_hwloc.c - asks hwloc for the machine and copies what par needs into plain numbers. The
 * only file that knows hwloc.
 *
 * Start-up is what it is careful about: hwloc is told to keep only the objects that are copied, not
 * to look at devices, and not to bind the calling thread to each hardware thread in turn. */
#include "cpu/topology_hwloc.h"

#include <errno.h>
#include <hwloc.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Linux counts a folder's links: two, and one for each folder in it. */
static bool is_only_thread(void)
{
    struct stat task;
    return stat("/proc/self/task", &task) == 0 && task.st_nlink == 3;
}

/* hwloc_topology_init opens every plugin that is installed, and with them the libraries of
 * graphics and OpenCL: most of the start-up time, for devices that are not looked at. Only the
 * environment can stop it. The process's own must not be changed, as other threads may be reading
 * it; so hwloc is shown another one for the time of the call, if there is no other thread. */
static int init_without_plugins(hwloc_topology_t *topology)
{
    if (!is_only_thread()) {
        return hwloc_topology_init(topology);
    }
    char no_plugins[] = "HWLOC_PLUGINS_PATH=/dev/null";
    char *only[] = {no_plugins, NULL};
    char **const saved = environ;
    environ = only;
    const int rc = hwloc_topology_init(topology);
    environ = saved;
    return rc;
}

/* Groups are kept because a NUMA node that is only a part of a package hangs on one. */
static void keep_only_what_is_copied(hwloc_topology_t topology)
{
    static const hwloc_obj_type_t kept[] = {HWLOC_OBJ_PACKAGE, HWLOC_OBJ_CORE, HWLOC_OBJ_L2CACHE,
                                            HWLOC_OBJ_L3CACHE};
    hwloc_topology_set_all_types_filter(topology, HWLOC_TYPE_FILTER_KEEP_NONE);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        hwloc_topology_set_type_filter(topology, kept[i], HWLOC_TYPE_FILTER_KEEP_ALL);
    }
    hwloc_topology_set_type_filter(topology, HWLOC_OBJ_GROUP, HWLOC_TYPE_FILTER_KEEP_STRUCTURE);
    hwloc_topology_set_flags(
        topology, HWLOC_TOPOLOGY_FLAG_DONT_CHANGE_BINDING | HWLOC_TOPOLOGY_FLAG_NO_DISTANCES |
                      HWLOC_TOPOLOGY_FLAG_NO_MEMATTRS | HWLOC_TOPOLOGY_FLAG_NO_CPUKINDS);
}

/* Devices are filtered already; this keeps their components from being started at all. One that is
 * not there cannot be named, which is as good. */
static void leave_devices_out(hwloc_topology_t topology)
{
    static const char *const devices[] = {"pci",  "opencl", "gl",       "cuda",
                                          "nvml", "rsmi",   "levelzero"};
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        hwloc_topology_set_components(topology, HWLOC_TOPOLOGY_COMPONENTS_FLAG_BLACKLIST,
                                      devices[i]);
    }
}

/* Whether the same object of that type stands above both; `without` says what it means that none
 * stands above either. */
static bool share(hwloc_topology_t topology, hwloc_obj_type_t type, hwloc_obj_t a, hwloc_obj_t b,
                  bool without)
{
    const hwloc_obj_t above_a = hwloc_get_ancestor_obj_by_type(topology, type, a);
    const hwloc_obj_t above_b = hwloc_get_ancestor_obj_by_type(topology, type, b);
    return above_a == above_b && (above_a != NULL || without);
}

/* Numbers what `pu` has in common with its neighbour before it like there, and the rest one higher.
 * Who has no second- or third-level cache above shares none beyond its core; who has no package
 * above is in one with its neighbour that has none either. */
static ws_pu follow(hwloc_topology_t topology, hwloc_obj_t pu, hwloc_obj_t before, ws_pu last)
{
    const bool core = share(topology, HWLOC_OBJ_CORE, pu, before, false);
    const bool l2 = share(topology, HWLOC_OBJ_L2CACHE, pu, before, core);
    const bool l3 = share(topology, HWLOC_OBJ_L3CACHE, pu, before, core);
    const bool package = share(topology, HWLOC_OBJ_PACKAGE, pu, before, true);
    return (ws_pu){
        .smt = core ? last.smt + 1 : 0,
        .core = last.core + !core,
        .l2 = last.l2 + !l2,
        .l3 = last.l3 + !l3,
        .package = last.package + !package,
    };
}

static int copy(ws_topology *out, hwloc_topology_t topology)
{
    const int count = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_PU);
    if (count <= 0) {
        return EINVAL;
    }
    ws_pu *const pus = calloc((size_t)count, sizeof *pus);
    if (pus == NULL) {
        return ENOMEM;
    }
    hwloc_obj_t before = NULL;
    for (int i = 0; i < count; i++) {
        const hwloc_obj_t pu = hwloc_get_obj_by_type(topology, HWLOC_OBJ_PU, (unsigned)i);
        const int node = hwloc_bitmap_first(pu->nodeset);
        if (before != NULL) {
            pus[i] = follow(topology, pu, before, pus[i - 1]);
        }
        pus[i].cpu = pu->os_index;
        pus[i].node = node >= 0 ? (unsigned)node : 0;
        before = pu;
    }
    out->pu_count = (size_t)count;
    out->pus = pus;
    out->synthetic = !hwloc_topology_is_thissystem(topology);
    return 0;
}

static int choose_source(hwloc_topology_t topology, ws_topology_from from, const char *text)
{
    switch (from) {
    case WS_TOPOLOGY_FROM_SYNTHETIC:
        return hwloc_topology_set_synthetic(topology, text);
    case WS_TOPOLOGY_FROM_XML:
        return hwloc_topology_set_xml(topology, text);
    case WS_TOPOLOGY_FROM_MACHINE:
    default:
        leave_devices_out(topology);
        return 0;
    }
}

int ws_topology_hwloc_read(ws_topology *out, ws_topology_from from, const char *text)
{
    hwloc_topology_t topology;
    /* One of the plugins is the reader of XML files that other programs wrote. */
    const int started = from == WS_TOPOLOGY_FROM_XML ? hwloc_topology_init(&topology)
                                                     : init_without_plugins(&topology);
    if (started != 0) {
        return ENOMEM;
    }
    int rc = EINVAL;
    if (choose_source(topology, from, text) == 0) {
        keep_only_what_is_copied(topology);
        if (hwloc_topology_load(topology) == 0) {
            rc = copy(out, topology);
        }
    }
    hwloc_topology_destroy(topology);
    return rc;
}
