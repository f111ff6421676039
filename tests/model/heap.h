/* SPDX-License-Identifier: MIT */
/* heap.h - memory that is allocated and freed while threads run. What is freed is never handed out
 * again, and any use of it is a failure. */
#ifndef MODEL_HEAP_H
#define MODEL_HEAP_H

#include <stdbool.h>
#include <stddef.h>

/* In set-up: `size` bytes for each thread and for set-up itself, from which they allocate. */
void heap_make(size_t size);
bool heap_is_made(void);

void *heap_new(size_t size);
void *heap_new_aligned(size_t align, size_t size);
void heap_free(void *memory);

/* At the end: all has been freed. */
void heap_check(void);

#endif
