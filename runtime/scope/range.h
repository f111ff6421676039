/* SPDX-License-Identifier: MIT */
/* range.h - running a range of a loop so that others can take part of it.
 *
 * Whoever runs a range forks its back half, runs the front half likewise, and then what nobody
 * took of the back: so while a piece runs, all that comes after it can be had by others, the
 * biggest part first, and nothing waits behind it. Without a grain, pieces grow until one takes
 * long enough to hide the cost of the fork, and nothing is forked before the loop has shown that it
 * is worth waking somebody for. Design: docs/design/loops.md */
#ifndef WS_SCOPE_RANGE_H
#define WS_SCOPE_RANGE_H

#include "job/group.h"
#include "job/panic.h"
#include "pool/worker.h"

#include <par/loop.h>

typedef struct ws_loop {
    par_range_fn *body; /* one of the two */
    par_try_range_fn *try_body;
    void *arg;
    size_t grain;    /* no piece is larger; 0 = by time */
    size_t chunk;    /* what somebody has learnt last, for those who come */
    double worth_ns; /* a range opens when so much remains to do */
    ws_group *group; /* NULL if only a panic can stop it */
    ws_first *first; /* where the panics of its pieces meet */
    size_t credits;  /* how many more forks may be out at once; SIZE_MAX: any number */
    bool splits;     /* ranges may be split */
} ws_loop;

/* A range, and what its runner has learnt. */
typedef struct ws_range {
    size_t begin;
    size_t end;
    size_t chunk;      /* the next one, without a grain; at least 1 */
    uint64_t spent_ns; /* on the first `done` indices, until the loop is open */
    size_t done;
    bool open; /* others may take part */
} ws_range;

/* Runs the range to its end, or until the loop is stopped; returns the chunk that it has learnt.
 * `worker` is NULL on the serial stand-in. */
size_t ws_range_run(ws_worker *worker, ws_loop *loop, ws_range range);

/* Runs chunks until the range is open or at its end; one with a grain is open. */
void ws_range_run_closed(ws_loop *loop, ws_range *range);

/* A fork takes a credit, if the loop has one left. Who runs it returns it at the end, and who takes
 * it back returns it then. */
bool ws_loop_take_credit(ws_loop *loop);
void ws_loop_return_credit(ws_loop *loop);

bool ws_loop_is_stopped(const ws_loop *loop);

#endif
