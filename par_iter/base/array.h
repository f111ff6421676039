/* SPDX-License-Identifier: MIT */
/* array.h - what every algorithm asks of an array that it is given, and of a block function's
 * value. Used by all files here. */
#ifndef WS_PAR_ITER_ARRAY_H
#define WS_PAR_ITER_ARRAY_H

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>

/* 0 if n elements of `size` bytes can stand at `base`, else the code for the caller. After a 0
 * n * size and every sum of an offset in it and `base` are exact. */
static inline int ws_array_check(const void *base, size_t size, size_t n)
{
    if (size == 0 || (base == NULL && n > 0))
        return EINVAL;
    if (n > PTRDIFF_MAX / size || (uintptr_t)base > UINTPTR_MAX - n * size)
        return EOVERFLOW;
    return 0;
}

/* What a block function's value says to the loop: its negative value, or 0 to go on. A value that
 * an int cannot hold must not become a 0. */
static inline int ws_array_code(ptrdiff_t value)
{
    if (value >= 0)
        return 0;
    return value < INT_MIN ? INT_MIN : (int)value;
}

#endif
