/* SPDX-License-Identifier: MIT */
/* crew.h - a crew for harnesses: the real one, as a pool would make it, on a machine whose cores
 * are all equally far from each other. The threads of its seats are the harness's own, or real
 * workers that search, run and sleep until the end. */
#ifndef MODEL_CREW_H
#define MODEL_CREW_H

#include "pool/sleep.h"

#include <par/join.h>

/* In set-up. Seats for the pool's own threads and for guests; nobody sits there yet.
 * `asymmetric`: forks have a private part. */
void crew_make(size_t threads, size_t guests, bool asymmetric);
extern ws_crew *the_crew;

ws_worker *crew_seat(size_t index);
ws_worker *crew_guest(size_t index);

/* How many members count as running and searching when an execution begins. */
void crew_count(size_t running, size_t searching);

/* The owner of the seat may push without being asked for anything yet. */
void crew_nobody_asks(ws_worker *worker);

/* The seat's thread is asleep when an execution begins, or searching, or at the end of a task: a
 * real worker that lives until the end. Count it. */
void crew_sleeper(ws_worker *worker);
void crew_searcher(ws_worker *worker);
void crew_busy(ws_worker *worker);

/* The calling thread of the model takes the seat. */
void crew_sit_down(ws_worker *worker);

#endif
