/* SPDX-License-Identifier: MIT */
/* work.h - forks and spawned tasks for harnesses on a crew. Each is an item; to run it is to take
 * it. Nobody looks into what is pushed but through the runtime. */
#ifndef MODEL_WORK_H
#define MODEL_WORK_H

#include "crew.h"

enum { WORK_MOST = 4 };

/* In set-up: items 0 .. n-1. */
void work_make(size_t n);

/* In set-up: whoever runs the item is busy with it until the other one has begun. */
void work_needs(size_t item, size_t other);

/* The item as the worker's newest fork, and its join, in the order of a stack. */
void work_fork(ws_worker *worker, size_t item);
void work_join(ws_worker *worker, size_t item);

/* After its join nobody may touch the fork's frame. */
void work_end_of_frame(size_t item);

/* The item as a task in the worker's queue, or as one that comes from outside; announced. */
void work_spawn(ws_worker *worker, size_t item);
void work_inject(size_t item);

/* The calling thread has its own long work to do until somebody has begun the item. */
void work_await_begin(size_t item);

/* One search; runs what it finds. */
void work_find_and_run(ws_worker *worker);

#endif
