/* SPDX-License-Identifier: MIT */
/* forks.h - steps of harnesses on one stack of forks: its owner, and thieves that take an entry and
 * run nothing. The owner's steps are the real inlined ones and their slow halves. An item is a job
 * whose latch counts as set, so that nobody waits for a thief. */
#ifndef MODEL_FORKS_H
#define MODEL_FORKS_H

#include "crew.h"

/* In set-up: a worker, and `items` jobs. Answers to requests find that somebody searches, so they
 * wake nobody. */
void forks_make(size_t items, bool asymmetric);
extern ws_worker *forks_owner;

/* The owner's: pushes the item, or takes it back, if it is still there. Strictly last in, first
 * out. */
void forks_push(size_t item);
void forks_pop(size_t item);

/* A thief's. */
bool forks_steal(void);

#endif
