/* SPDX-License-Identifier: MIT */
/* iter_allocator.h - an allocator that counts, and fails when it is told to. For one file of a
 * program whose linker wraps malloc, realloc, aligned_alloc and free. */
#ifndef TESTS_PAR_ITER_ITER_ALLOCATOR_H
#define TESTS_PAR_ITER_ITER_ALLOCATOR_H

#include "support.h"

enum { NEVER = 1 << 30 };

static atomic_size_t allocations;
static atomic_size_t frees;
static atomic_size_t taken_bytes;        /* of all that were asked for */
static atomic_int until_failure = NEVER; /* how many more succeed, before one fails */

/* The linker wants these names. */
void *__real_malloc(size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *memory);

static bool may_allocate(size_t size)
{
    if (atomic_load(&until_failure) != NEVER && atomic_fetch_sub(&until_failure, 1) == 0)
        return false;
    atomic_fetch_add(&allocations, 1);
    atomic_fetch_add(&taken_bytes, size);
    return true;
}

void *__wrap_malloc(size_t size)
{
    return may_allocate(size) ? __real_malloc(size) : NULL;
}

void *__wrap_realloc(void *old, size_t size)
{
    if (!may_allocate(size))
        return NULL;
    if (old != NULL)
        atomic_fetch_add(&frees, 1);
    return __real_realloc(old, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return may_allocate(size) ? __real_aligned_alloc(alignment, size) : NULL;
}

void __wrap_free(void *memory)
{
    if (memory != NULL)
        atomic_fetch_add(&frees, 1);
    __real_free(memory);
}

static size_t live(void)
{
    return atomic_load(&allocations) - atomic_load(&frees);
}

#endif
