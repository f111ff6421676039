/* SPDX-License-Identifier: MIT */
/* topology_hwloc.h - the one door to hwloc, for topology.c. */
#ifndef WS_CPU_TOPOLOGY_HWLOC_H
#define WS_CPU_TOPOLOGY_HWLOC_H

#include "cpu/topology.h"

typedef enum ws_topology_from {
    WS_TOPOLOGY_FROM_MACHINE,
    WS_TOPOLOGY_FROM_SYNTHETIC, /* `text` is hwloc's synthetic description */
    WS_TOPOLOGY_FROM_XML        /* `text` is the path of an XML file */
} ws_topology_from;

/* Fills `pu_count`, `pus` and `synthetic`. A machine shows the hardware threads that the process's
 * cpuset permits; the affinity mask does not matter here. Never moves the calling thread. 0,
 * ENOMEM, or EINVAL if hwloc cannot make a machine of it. */
int ws_topology_hwloc_read(ws_topology *out, ws_topology_from from, const char *text);

#endif
