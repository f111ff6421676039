/* SPDX-License-Identifier: MIT */
/* blocks.c - the arithmetic of the cut. */
#include "par_iter/base/blocks.h"

static size_t count_for(size_t n, size_t size)
{
    const size_t wanted = n * size / WS_BLOCKS_BYTES;
    if (wanted >= WS_BLOCKS_MAX)
        return n < WS_BLOCKS_MAX ? n : WS_BLOCKS_MAX;
    const size_t count = wanted > WS_BLOCKS_FEW ? wanted : WS_BLOCKS_FEW;
    return n < count ? n : count;
}

ws_blocks ws_blocks_cut(size_t n, size_t size)
{
    const size_t count = count_for(n, size);
    if (count == 0)
        return (ws_blocks){0, 0, 0};
    return (ws_blocks){.count = count, .length = n / count, .longer = n % count};
}

size_t ws_blocks_grain(const ws_blocks *blocks, size_t size)
{
    return blocks->length * size >= WS_BLOCKS_BYTES / 2 ? 1 : 0;
}

size_t ws_blocks_begin(const ws_blocks *blocks, size_t i)
{
    return i * blocks->length + (i < blocks->longer ? i : blocks->longer);
}
