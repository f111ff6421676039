/* SPDX-License-Identifier: MIT */
/* arc_memory_threads.c - shared objects when there is no memory. The linker sends the library's
 * allocations through allocator.c. */
#include "allocator.h"
#include "support.h"

#include <par/arc.h>

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
    allocator_end_after(ALLOCATOR_MEMORY, 0);
    const shared none = shared_new(1);
    void *wide = par_arc_new(8, 4096, NULL);
    allocator_restore(ALLOCATOR_MEMORY);
    if (none.ptr != NULL || wide != NULL || allocator_live() != 0)
        return "an object without memory";
    shared_drop(none);
    return ended == 0 ? NULL : "ended what was not made";
}

static const char *arc_memory_keeps_what_it_cannot_copy(void)
{
    shared a = shared_new(1);
    shared b = shared_clone(a);
    allocator_end_after(ALLOCATOR_MEMORY, 0);
    const int code = shared_make_mut(&b);
    shared_weak weak = shared_downgrade(a); /* needs none */
    allocator_restore(ALLOCATOR_MEMORY);
    if (code != ENOMEM || b.ptr != a.ptr || shared_count(a) != 2)
        return wrong("%d", code);
    shared_drop(b);
    allocator_end_after(ALLOCATOR_MEMORY, 0);
    b = a;
    const int moved = shared_make_mut(&b);
    allocator_restore(ALLOCATOR_MEMORY);
    if (moved != ENOMEM || b.ptr != a.ptr || shared_count(a) != 1)
        return wrong("%d with a weak reference", moved);
    shared_weak_drop(weak);
    shared_drop(a);
    return allocator_live() == 0 && ended == 1
               ? NULL
               : wrong("%zu live, %d ended", allocator_live(), ended);
}

static const char *arc_memory_is_given_back(void)
{
    ended = 0;
    shared a = shared_new(13);
    shared b = shared_clone(a);
    if (shared_make_mut(&b) != 13 || allocator_live() != 1)
        return wrong("%zu live after a copy that failed", allocator_live());
    shared_weak weak = shared_downgrade(a);
    shared_drop(a);
    shared_drop(b);
    if (allocator_live() != 1 || ended != 1)
        return wrong("%zu live with a weak reference", allocator_live());
    shared_weak_drop(weak);
    return allocator_live() == 0 ? NULL : wrong("%zu live in the end", allocator_live());
}

const check checks[] = {
    {"arc_memory.says_so", arc_memory_says_so},
    {"arc_memory.keeps_what_it_cannot_copy", arc_memory_keeps_what_it_cannot_copy},
    {"arc_memory.is_given_back", arc_memory_is_given_back},
    {NULL, NULL},
};
