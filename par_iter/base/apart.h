/* SPDX-License-Identifier: MIT */
/* apart.h - what is asked of an array that is read and one that is written: both fit into memory,
 * and they do not overlap. Used by the algorithms that have two. */
#ifndef WS_PAR_ITER_APART_H
#define WS_PAR_ITER_APART_H

#include "par_iter/base/array.h"

#include <stdio.h>
#include <stdlib.h>

/* ws_array_check of both: EINVAL comes before EOVERFLOW. */
static inline int ws_apart_code(const void *out, size_t out_size, const void *in, size_t in_size,
                                size_t n)
{
    const int out_code = ws_array_check(out, out_size, n);
    const int in_code = ws_array_check(in, in_size, n);
    if (out_code == EINVAL || in_code == EINVAL)
        return EINVAL;
    return out_code != 0 ? out_code : in_code;
}

/* Ends the process of a debug build if the array that `caller` writes overlaps the one it reads:
 * it says at once what would otherwise be a wrong element somewhere. */
static inline void ws_apart_check(const char *caller, const void *out, size_t out_bytes,
                                  const void *in, size_t in_bytes)
{
#ifndef NDEBUG
    const uintptr_t to = (uintptr_t)out;
    const uintptr_t from = (uintptr_t)in;
    if (to >= from + in_bytes || from >= to + out_bytes)
        return;
    fprintf(stderr,
            "par: %s: out (%p, %zu bytes) overlaps in (%p, %zu bytes); expected arrays that are "
            "apart\n",
            caller, out, out_bytes, in, in_bytes);
    abort();
#else
    (void)caller;
    (void)out;
    (void)out_bytes;
    (void)in;
    (void)in_bytes;
#endif
}

#endif
