/* SPDX-License-Identifier: MIT */
/* arc_memory_threads.c - shared objects when there is no memory. The linker sends the library's
 * allocations through this file. */
#include "support.h"

#include <par/arc.h>

static int until_failure = -1; /* how many more succeed; below 0: all */
static long living;

/* The linker wants these names. */
void *__real_malloc(size_t size);
int __real_posix_memalign(void **out, size_t alignment, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
int __wrap_posix_memalign(void **out, size_t alignment, size_t size);
void __wrap_free(void *memory);

static bool may_allocate(void)
{
    if (until_failure == 0)
        return false;
    if (until_failure > 0)
        until_failure--;
    living++;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return may_allocate() ? __real_malloc(size) : NULL;
}

int __wrap_posix_memalign(void **out, size_t alignment, size_t size)
{
    return may_allocate() ? __real_posix_memalign(out, alignment, size) : ENOMEM;
}

void __wrap_free(void *memory)
{
    living -= memory != NULL;
    __real_free(memory);
}

static int ended;

static void count_end(long *value)
{
    ended += *value > 0;
}

static int copy_or_fail(long *to, const long *from)
{
    *to = *from;
    return *from == 13 ? 13 : 0;
}

PAR_ARC_DEFINE_COPY(shared, long, count_end, copy_or_fail)

static const char *arc_memory_says_so(void)
{
    until_failure = 0;
    const shared none = shared_new(1);
    void *wide = par_arc_new(8, 4096, NULL);
    until_failure = -1;
    if (none.ptr != NULL || wide != NULL || living != 0)
        return "an object without memory";
    shared_drop(none);
    return ended == 0 ? NULL : "ended what was not made";
}

static const char *arc_memory_keeps_what_it_cannot_copy(void)
{
    shared a = shared_new(1);
    shared b = shared_clone(a);
    until_failure = 0;
    const int code = shared_make_mut(&b);
    shared_weak weak = shared_downgrade(a); /* needs none */
    until_failure = -1;
    if (code != ENOMEM || b.ptr != a.ptr || shared_count(a) != 2)
        return wrong("%d", code);
    shared_drop(b);
    until_failure = 0;
    b = a;
    const int moved = shared_make_mut(&b);
    until_failure = -1;
    if (moved != ENOMEM || b.ptr != a.ptr || shared_count(a) != 1)
        return wrong("%d with a weak reference", moved);
    shared_weak_drop(weak);
    shared_drop(a);
    return living == 0 && ended == 1 ? NULL : wrong("%ld live, %d ended", living, ended);
}

static const char *arc_memory_is_given_back(void)
{
    ended = 0;
    shared a = shared_new(13);
    shared b = shared_clone(a);
    if (shared_make_mut(&b) != 13 || living != 1)
        return wrong("%ld live after a copy that failed", living);
    shared_weak weak = shared_downgrade(a);
    shared_drop(a);
    shared_drop(b);
    if (living != 1 || ended != 1)
        return wrong("%ld live with a weak reference", living);
    shared_weak_drop(weak);
    return living == 0 ? NULL : wrong("%ld live in the end", living);
}

const check checks[] = {
    {"arc_memory.says_so", arc_memory_says_so},
    {"arc_memory.keeps_what_it_cannot_copy", arc_memory_keeps_what_it_cannot_copy},
    {"arc_memory.is_given_back", arc_memory_is_given_back},
    {NULL, NULL},
};
