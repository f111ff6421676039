/* SPDX-License-Identifier: MIT */
/* element.h - elements whose size is known at run time, one by one. Used by the files of iterators.
 */
#ifndef WS_PAR_ITER_ELEMENT_H
#define WS_PAR_ITER_ELEMENT_H

#include <stddef.h>
#include <string.h>

/* Calls of a fixed size, which a compiler makes one instruction of. */
static inline void ws_element_copy(char *to, const char *from, size_t size)
{
    switch (size) {
    case 1:
        *to = *from;
        break;
    case 2:
        memcpy(to, from, 2);
        break;
    case 4:
        memcpy(to, from, 4);
        break;
    case 8:
        memcpy(to, from, 8);
        break;
    case 16:
        memcpy(to, from, 16);
        break;
    default:
        memcpy(to, from, size);
        break;
    }
}

/* n elements that stand `from_step` bytes apart, to where they stand `to_step` bytes apart. */
static inline void ws_element_copy_strided(char *to, size_t to_step, const char *from,
                                           ptrdiff_t from_step, size_t size, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ws_element_copy(to + i * to_step, from + (ptrdiff_t)i * from_step, size);
}

#endif
