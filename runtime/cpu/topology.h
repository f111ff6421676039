/* SPDX-License-Identifier: MIT */
/* topology.h - the machine as plain numbers: its hardware threads and what they share. */
#ifndef WS_CPU_TOPOLOGY_H
#define WS_CPU_TOPOLOGY_H

#include <stdbool.h>
#include <stddef.h>

/* A hardware thread. Equal numbers in a field mean: the same core, the same cache, ... Those that
 * are not the system's count up from 0 along `pus`. A core that has no such cache, or of which none
 * is known, has a number of its own there. */
typedef struct ws_pu {
    unsigned cpu; /* the system's number of it */
    unsigned smt; /* 0 for the first hardware thread of its core, 1 for the second, ... */
    unsigned core;
    unsigned l2;
    unsigned l3;
    unsigned package;
    unsigned node; /* NUMA node, the system's number */
} ws_pu;

typedef struct ws_topology {
    size_t pu_count;   /* at least 1 */
    ws_pu *pus;        /* in the machine's own order, neighbours side by side */
    bool synthetic;    /* not this machine: nothing may be bound to it */
    char *source;      /* where it comes from, for people: "this machine", "synthetic ...", ... */
    char *description; /* what was asked for */
} ws_topology;

/* Reads the machine, or what `description` says: a synthetic string or the path of an XML file.
 * NULL or "" is this machine. A description that cannot be used is reported on stderr and this
 * machine is read instead; if that fails too, a flat machine is made from the process's affinity
 * mask. 0 or ENOMEM. Takes under 20 ms.
 *
 * This machine has the hardware threads that the process's cpuset permits. Those that only the
 * affinity mask forbids are there too: distances are those of the machine, and limits.h says what
 * may be used of it.
 *
 * The first topology is kept, and shared by all calls with the same description; so the machine is
 * read, and a bad description reported, once. Do not change what *out points to. Any thread. */
int ws_topology_load(ws_topology **out, const char *description);
void ws_topology_free(ws_topology *topology);

/* Drops what ws_topology_load keeps, so that a test can read again. */
void ws_topology_forget(void);

/* How far apart two hardware threads are: an enum par_distance. */
unsigned ws_topology_distance(const ws_pu *a, const ws_pu *b);

#endif
