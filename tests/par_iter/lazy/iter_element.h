/* SPDX-License-Identifier: MIT */
/* iter_element.h - elements of any size that hold a number, for checks of iterators.
 *
 * The number stands in the first bytes, as much of it as fits. The bytes behind it follow from it,
 * so an element that was torn, or copied from a wrong place, is not read as a number. */
#ifndef TESTS_PAR_ITER_ITER_ELEMENT_H
#define TESTS_PAR_ITER_ITER_ELEMENT_H

#include "support.h"

enum { ELEMENT_WORD = sizeof(uint64_t) };

/* What an element of `size` bytes keeps of the number. */
static inline uint64_t element_fit(uint64_t number, size_t size)
{
    return size >= ELEMENT_WORD ? number : number & ((UINT64_C(1) << (8 * size)) - 1);
}

static inline unsigned char element_byte(uint64_t number, size_t i)
{
    if (i < ELEMENT_WORD)
        return (unsigned char)(number >> (8 * i));
    return (unsigned char)(number + 37 * i);
}

static inline void element_write(void *to, size_t size, uint64_t number)
{
    unsigned char *bytes = to;
    for (size_t i = 0; i < size; i++)
        bytes[i] = element_byte(number, i);
}

/* The number, or one that nobody expects if the bytes do not fit together. */
static inline uint64_t element_read(const void *from, size_t size)
{
    const unsigned char *bytes = from;
    uint64_t number = 0;
    for (size_t i = 0; i < size && i < ELEMENT_WORD; i++)
        number |= (uint64_t)bytes[i] << (8 * i);
    for (size_t i = ELEMENT_WORD; i < size; i++) {
        if (bytes[i] != element_byte(number, i))
            return UINT64_C(0xbad0bad0bad0bad0) + i;
    }
    return number;
}

/* What is made of a slice: of its place, and of its elements in their order. */
static inline uint64_t element_begin_slice(size_t index, size_t n)
{
    return (uint64_t)index * 31 + n;
}

static inline uint64_t element_add_to_slice(uint64_t so_far, uint64_t number)
{
    return so_far * UINT64_C(1099511628211) + number;
}

#endif
