/* SPDX-License-Identifier: MIT */
/* ordered.h - a result for each block, computed in parallel, and their product in order, by pairs.
 * Blocks are cut by length alone (blocks.h), so the product is the same on every run. Reductions
 * are written on it.
 *
 * O1  The brackets are those of a binary tree over the blocks: below a node stand 2^k blocks, or
 *     what is left of them, and their first 2^(k - 1) are below its left side. Nothing else decides
 *     on them, wherever the results stand.
 * O2  A block may have no result. It is left out of the product.
 * O3  Small results, up to WS_ORDERED_STACK bytes together, stand on the caller's stack, and are
 *     written by a loop, each by whoever works on its block. They are merged when all have ended.
 * O4  Larger ones, up to WS_ORDERED_FRAME bytes each, stand on the frames of joins, one for each
 *     node of the tree: the left side of a join writes where its node is told to, the right side on
 *     the frame of the join, which merges it into the left one. There are at most ten such frames
 *     below each other.
 * O5  Results that are larger still stand in one allocation, and else as in O3. */
#ifndef WS_PAR_ITER_ORDERED_H
#define WS_PAR_ITER_ORDERED_H

#include <par/algorithm.h>

enum {
    WS_ORDERED_STACK = 16 * 1024, /* bytes of all results, O3 */
    WS_ORDERED_FRAME = 16 * 1024, /* bytes of one result, O4 */
};

/* Computes the result of a block into `result`, which is aligned for every type. Sets *has if there
 * is one. Returns 0, or anything else to stop the call. */
typedef int ws_ordered_fn(void *result, bool *has, size_t block, void *arg);

typedef struct ws_ordered {
    size_t count; /* blocks, at least 1 */
    size_t size;  /* of a result, at least 1 */
    ws_ordered_fn *fn;
    void *arg;
    par_merge_fn *merge; /* left = left . right */
    void *ctx;
    size_t unit;  /* blocks of a piece of the loop, at least; 0: one */
    size_t grain; /* units of a piece, at most; 0: par chooses */
    size_t max_threads;
} ws_ordered;

/* Leaves the product in *result, if *has becomes true. Returns 0, or with both untouched what a
 * block returned, ECANCELED as par_try_for, or ENOMEM. */
int ws_ordered_run(const ws_ordered *ordered, void *result, bool *has);

#endif
