/* SPDX-License-Identifier: MIT */
/* memory.h - memory in large pieces, which a picture needs. */
#ifndef MANDEL_MEMORY_H
#define MANDEL_MEMORY_H

#include <stddef.h>

/* Zeros, for free(): n of `size` bytes. NULL if the machine has less memory than that, even where
 * the system would promise it. */
void *mandel_memory_zeros(size_t n, size_t size);

#endif
