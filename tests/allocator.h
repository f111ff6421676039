/* SPDX-License-Identifier: MIT */
/* allocator.h - a system that counts the memory it gives, and gives too little memory or too few
 * threads when it is told to. For programs that CMake's par_wrap_allocator links: the calls of the
 * library and of the test for memory and for threads go through allocator.c. Those that libc makes
 * for itself do not. Any thread may call all of this. */
#ifndef TESTS_ALLOCATOR_H
#define TESTS_ALLOCATOR_H

#include <stddef.h>

/* ---- what was given, since the program began ---- */

/* A realloc of a block is an allocation of the new one and a free of the old one. */
size_t allocator_allocations(void);
size_t allocator_live(void);  /* blocks that are not free yet */
size_t allocator_bytes(void); /* of all blocks, as they were asked for */

/* ---- what runs out ---- */

typedef enum allocator_supply { ALLOCATOR_MEMORY, ALLOCATOR_THREADS } allocator_supply;

/* The next `n` calls succeed, then all fail: with ENOMEM those for memory, EAGAIN for threads. */
void allocator_end_after(allocator_supply of, int n);

/* The next `n` calls succeed, then one fails, then all succeed. */
void allocator_skip_after(allocator_supply of, int n);

/* All calls succeed again. Returns how many failed since the supply was bounded. */
size_t allocator_restore(allocator_supply of);

/* The same number, while the supply is bounded. */
size_t allocator_refusals(allocator_supply of);

#endif
