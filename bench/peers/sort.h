/* SPDX-License-Identifier: MIT */
/* sort.h - the sorts of a runtime, measured. Used by main.c. */
#ifndef PEERS_SORT_H
#define PEERS_SORT_H

#include "harness/bench.h"

/* A case for each kind of item and each order that they come in. None if the runtime has no sorts.
 */
void peer_measure_sort(bench *b);

#endif
