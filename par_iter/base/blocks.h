/* SPDX-License-Identifier: MIT */
/* blocks.h - where an array is cut, so that what is computed per block does not depend on threads.
 * Pure: knows nothing of loops. Used by the ordered algorithms; map and for_each let the loop cut.
 *
 * B1  The cut depends on n and the element size alone.
 * B2  Blocks are neighbours, in order, and together the whole array. None is empty.
 * B3  Their lengths differ by at most one; the longer ones come first.
 * B4  There are at most WS_BLOCKS_MAX, and at least WS_BLOCKS_FEW if there are as many elements. */
#ifndef WS_PAR_ITER_BLOCKS_H
#define WS_PAR_ITER_BLOCKS_H

#include <stddef.h>

enum {
    WS_BLOCKS_MAX = 1024,
    WS_BLOCKS_FEW = 128,         /* elements may be costly: something for each of many threads */
    WS_BLOCKS_BYTES = 16 * 1024, /* aimed at between the two: half of a first-level cache */
};

typedef struct ws_blocks {
    size_t count;
    size_t length; /* of the shorter blocks */
    size_t longer; /* so many blocks, the first, have one element more */
} ws_blocks;

/* Cuts n elements of `size` bytes, which must fit in memory together. No elements: no blocks. */
ws_blocks ws_blocks_cut(size_t n, size_t size);

/* How many blocks a piece of a loop over them may have at most; 0: par chooses. Large blocks are
 * pieces as they are: a grain from the environment would count them as if they were elements. */
size_t ws_blocks_grain(const ws_blocks *blocks, size_t size);

/* The first element of block i; the end of the array for i == count. */
size_t ws_blocks_begin(const ws_blocks *blocks, size_t i);

#endif
