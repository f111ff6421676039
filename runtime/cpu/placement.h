/* SPDX-License-Identifier: MIT */
/* placement.h - where each worker of a pool belongs, whom it robs first, and the seam through which
 * threads are bound and memory is placed.
 *
 * P1  Workers fill cores in the machine's order: first one hardware thread of each core, then (SMT)
 *     the second ones.
 * P2  A worker's victims are all the others, nearest first; within one distance they stand in the
 *     order after the worker itself, so that neighbours do not all rob the same one first. */
#ifndef WS_CPU_PLACEMENT_H
#define WS_CPU_PLACEMENT_H

#include "cpu/limits.h"
#include "cpu/topology.h"

typedef enum ws_affinity { WS_AFFINITY_AUTO, WS_AFFINITY_NONE, WS_AFFINITY_CORE } ws_affinity;

typedef struct ws_victim {
    unsigned worker;
    unsigned distance; /* an enum par_distance */
} ws_victim;

typedef struct ws_place {
    const ws_pu *pu;
    ws_victim *victims; /* threads - 1 of them */
} ws_place;

/* Who is on a hardware thread, or beside it on the same core; SIZE_MAX: nobody. */
typedef struct ws_seat {
    unsigned cpu;
    size_t worker;
} ws_seat;

typedef struct ws_placement {
    size_t threads;
    bool bound; /* threads are to be bound to their places, the first `spots` of them */
    ws_place *places;
    size_t spots;       /* workers that have a place of their own; the others share */
    bool many_nodes;    /* the topology has more than one NUMA node */
    size_t seat_count;  /* hardware threads of the topology */
    ws_seat *seats;     /* sorted by `cpu` */
    ws_victim *victims; /* the memory of all workers' victims */
} ws_placement;

/* The default number of threads: cores (hardware threads with `smt`) in the allowed set, no more
 * than the quota rounded down, at least 1. With a synthetic topology: its cores. If the topology
 * knows no allowed CPU, then as many as are allowed. */
size_t ws_placement_default_threads(const ws_topology *topology, const ws_limits *limits, bool smt);

/* Places `threads` workers, at least 1; more than there are cores share them round and round. Binds
 * under AUTO only if the threads are as many as the allowed cores, no quota applies and the mask is
 * not narrowed; never to a synthetic machine, nor to one of which no hardware thread is allowed.
 * `topology` must outlive it. 0 or ENOMEM. */
int ws_placement_create(ws_placement **out, const ws_topology *topology, const ws_limits *limits,
                        size_t threads, bool smt, ws_affinity affinity);
void ws_placement_free(ws_placement *placement);

/* The worker placed on the system's CPU `cpu`, else one on the same core, else SIZE_MAX: next to
 * whom a guest thread runs. */
size_t ws_placement_worker_on(const ws_placement *placement, unsigned cpu);

/* The seam. The calling thread becomes worker `worker`: bind it, if the placement binds and the
 * worker shares its place with none before it. A failure is not one of the pool: the thread then
 * runs unbound. */
void ws_placement_enter(const ws_placement *placement, size_t worker);

/* Asks for `size` bytes at `memory` to lie on the worker's node: the whole pages among them. Called
 * by the thread that will use it first, before it is touched. Does nothing where first touch does
 * as well: for unbound workers and on machines with one node. */
void ws_placement_memory(const ws_placement *placement, size_t worker, void *memory, size_t size);

/* What stands behind the seam; tests put a recorder there, which is called for synthetic machines
 * and unbound placements too. NULL restores the real one. Not while a pool runs. */
typedef struct ws_placement_ops {
    int (*bind)(unsigned cpu);
    int (*place)(void *memory, size_t size, unsigned node);
} ws_placement_ops;
void ws_placement_set_ops(const ws_placement_ops *ops);

#endif
