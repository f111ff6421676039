/* SPDX-License-Identifier: MIT */
/* sort_runs.h - sorted runs, and the parallel merge of up to four. Used by par_sort and par_merge.
 *
 * R1  Equal elements keep the order of their runs.
 * R2  Where an order contradicts itself the output is still a permutation of the runs: a merge is
 *     cut by positions, and each part of a run is in one part of the cut. */
#ifndef WS_PAR_ITER_SORT_RUNS_H
#define WS_PAR_ITER_SORT_RUNS_H

#include <par/sort.h>

enum {
    WS_SORT_RUNS_MAX = 4,
    WS_SORT_RUNS_PIECE = 32 * 1024,  /* bytes that are merged at once, through a buffer as large */
    WS_SORT_RUNS_LARGE_ITEM = 1024,  /* of elements larger than this only two runs are merged */
    WS_SORT_RUNS_SHARE = 128 * 1024, /* fewer bytes are not worth a fork */
};

/* What a merge needs to know of its elements. */
typedef struct ws_sort_order {
    const par_sort_ops *ops;
    void *ctx;
} ws_sort_order;

/* Rising elements at `at`. */
typedef struct ws_sort_run {
    const char *at;
    size_t n;
} ws_sort_run;

/* Merges `count` runs to `out`, which overlaps none of them. Blocks until done. */
void ws_sort_runs_merge(const ws_sort_order *order, const ws_sort_run *runs, size_t count,
                        char *out);

#endif
