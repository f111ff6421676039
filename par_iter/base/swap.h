/* SPDX-License-Identifier: MIT */
/* swap.h - exchanges two elements of any size. Used by what reorders arrays in place. */
#ifndef WS_PAR_ITER_SWAP_H
#define WS_PAR_ITER_SWAP_H

#include "par_iter/base/array.h"

#include <string.h>

enum { WS_SWAP_BYTES = 64 }; /* at once */

/* The elements are the same or do not overlap. */
static inline void ws_swap(char *a, char *b, size_t size)
{
    char held[WS_SWAP_BYTES];
    while (size > 0) {
        const size_t part = size < WS_SWAP_BYTES ? size : WS_SWAP_BYTES;
        memcpy(held, a, part);
        memmove(a, b, part);
        memcpy(b, held, part);
        a += part;
        b += part;
        size -= part;
    }
}

#endif
