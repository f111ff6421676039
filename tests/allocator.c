/* SPDX-License-Identifier: MIT */
/* allocator.c - stands between a test program and the calls for memory and threads; the linker's
 * --wrap puts it there. Invariants:
 *   1. A call that is refused is not counted, and does nothing.
 *   2. `left` is NEVER_ENDS while a supply has no bound; no call takes from that. */
#include "allocator.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

enum { NEVER_ENDS = 1 << 30 };

typedef struct supply {
    atomic_int left;   /* how many more calls succeed before one fails; each call takes one */
    atomic_bool skips; /* only one fails */
} supply;

static supply supplies[] = {{NEVER_ENDS, false}, {NEVER_ENDS, false}};

static atomic_size_t allocations;
static atomic_size_t frees;
static atomic_size_t bytes;

typedef void *thread_fn(void *arg);

/* The linker wants these names. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
int __real_posix_memalign(void **out, size_t alignment, size_t size);
void __real_free(void *memory);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *how, thread_fn *run, void *arg);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
int __wrap_posix_memalign(void **out, size_t alignment, size_t size);
void __wrap_free(void *memory);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, thread_fn *run, void *arg);

/* ---- what runs out ---- */

static bool may_take(supply *from)
{
    int left = atomic_load(&from->left);
    while (left != NEVER_ENDS && !atomic_compare_exchange_weak(&from->left, &left, left - 1))
        continue;
    return left > 0 || (left < 0 && atomic_load(&from->skips));
}

static void bound(supply *which, int n, bool skips)
{
    atomic_store(&which->skips, skips);
    atomic_store(&which->left, n);
}

/* How many calls failed until `left` was left. */
static size_t refusals(supply *of, int left)
{
    if (left >= 0)
        return 0;
    return atomic_load(&of->skips) ? 1 : (size_t)-left;
}

void allocator_end_after(allocator_supply of, int n)
{
    bound(&supplies[of], n, false);
}

void allocator_skip_after(allocator_supply of, int n)
{
    bound(&supplies[of], n, true);
}

size_t allocator_restore(allocator_supply of)
{
    return refusals(&supplies[of], atomic_exchange(&supplies[of].left, NEVER_ENDS));
}

size_t allocator_refusals(allocator_supply of)
{
    return refusals(&supplies[of], atomic_load(&supplies[of].left));
}

/* ---- what was given ---- */

size_t allocator_allocations(void)
{
    return atomic_load(&allocations);
}

size_t allocator_live(void)
{
    return atomic_load(&allocations) - atomic_load(&frees);
}

size_t allocator_bytes(void)
{
    return atomic_load(&bytes);
}

/* ---- the calls ---- */

static bool may_allocate(size_t size)
{
    if (!may_take(&supplies[ALLOCATOR_MEMORY]))
        return false;
    atomic_fetch_add(&allocations, 1);
    atomic_fetch_add(&bytes, size);
    return true;
}

void *__wrap_malloc(size_t size)
{
    return may_allocate(size) ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t n, size_t size)
{
    return may_allocate(n * size) ? __real_calloc(n, size) : NULL;
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

int __wrap_posix_memalign(void **out, size_t alignment, size_t size)
{
    return may_allocate(size) ? __real_posix_memalign(out, alignment, size) : ENOMEM;
}

void __wrap_free(void *memory)
{
    if (memory != NULL)
        atomic_fetch_add(&frees, 1);
    __real_free(memory);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, thread_fn *run, void *arg)
{
    if (!may_take(&supplies[ALLOCATOR_THREADS]))
        return EAGAIN;
    return __real_pthread_create(thread, how, run, arg);
}
