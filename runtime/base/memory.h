/* SPDX-License-Identifier: MIT */
/* memory.h - zeroed memory: aligned blocks for structures, and ranges of address space whose pages
 * come into being when they are touched. NULL when there is none. */
#ifndef WS_BASE_MEMORY_H
#define WS_BASE_MEMORY_H

#include <stddef.h>

/* `size` zero bytes that begin on their own cache line. */
void *ws_memory_new(size_t size);
void ws_memory_delete(void *memory);

/* `size` bytes of address space, zero when first read. */
void *ws_memory_reserve(size_t size);
void ws_memory_release(void *memory, size_t size);

#endif
