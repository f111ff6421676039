/* SPDX-License-Identifier: MIT */
/* arc.c - reference counts, with the orders of Rust's Arc (alloc/sync.rs).
 *
 * A1  `strong` is the number of references. It leaves 0 never again: who upgrades adds one only to
 *     another value than 0.
 * A2  `weak` is the number of weak references, and one more that all strong ones hold together
 *     until the object has ended. Who takes it to 0 frees the memory.
 * A3  A reference is given up by an addition that releases. Who takes a count to 0 then loads it
 *     with acquire, before it ends or frees: so it has what all others wrote. The additions are one
 *     release sequence, and the load reads from it; a fence would do the same, but not for
 *     ThreadSanitizer.
 * A4  Who asks whether it is alone locks `weak` meanwhile, if it is 1: else a downgrade, followed
 *     by the end of that thread's own reference, could pass between the two looks.
 * A5  A count that has reached FULL, which takes a leak of references, stays near SATURATED for
 *     ever, and the object with it: it leaks, rather than being freed in use. There is room for as
 *     many threads on both sides of the limits as a process can have.
 * A6  The head stands right before the object; padding for large alignments before the head. */
#include "sync/arc.h"

#include <par/arc.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- memory ---------------------------------------------------------------------------------- */

/* How far the object lies behind the beginning of its memory. */
static size_t offset_for(size_t align)
{
    return (sizeof(ws_arc) + align - 1) / align * align;
}

static bool is_power_of_two(size_t n)
{
    return n != 0 && (n & (n - 1)) == 0;
}

/* NULL without memory. The object is not initialised. */
static void *allocate(size_t size, size_t align, void (*drop)(void *))
{
    const size_t offset = offset_for(align);
    if (size > PTRDIFF_MAX - offset)
        return NULL;
    void *memory = NULL;
    if (align <= alignof(max_align_t))
        memory = malloc(offset + size);
    else if (posix_memalign(&memory, align, offset + size) != 0)
        memory = NULL;
    if (memory == NULL)
        return NULL;
    void *object = (char *)memory + offset;
    *ws_arc_of(object) =
        (ws_arc){.strong = 1, .weak = 1, .drop = drop, .size = size, .align = align};
    return object;
}

static void release(ws_arc *arc)
{
    free((char *)(arc + 1) - offset_for(arc->align));
}

void *par_arc_new(size_t size, size_t align, void (*drop)(void *object))
{
    if (align == 0)
        align = alignof(max_align_t);
    if (!is_power_of_two(align) || align > PTRDIFF_MAX / 2)
        return NULL;
    if (align < alignof(max_align_t))
        align = alignof(max_align_t); /* A6: the head has this alignment */
    void *object = allocate(size, align, drop);
    return object == NULL ? NULL : memset(object, 0, size);
}

/* ---- counts ---------------------------------------------------------------------------------- */

static void add_one(size_t *count)
{
    /* Relaxed: who has a reference already has all that it protects. */
    if (ws_add_relaxed(count, 1) >= WS_ARC_FULL)
        ws_store_relaxed(count, WS_ARC_SATURATED); /* A5 */
}

/* True: that was the last one, and all that the others wrote is there. */
static bool take_one(size_t *count)
{
    const size_t before = ws_add_release(count, (size_t)-1); /* A3 */
    if (before >= WS_ARC_FULL)
        ws_store_relaxed(count, WS_ARC_SATURATED); /* A5 */
    if (before != 1)
        return false;
    (void)ws_load_acquire(count); /* A3 */
    return true;
}

void *par_arc_clone(void *object)
{
    add_one(&ws_arc_of(object)->strong);
    return object;
}

static void drop_weak(ws_arc *arc)
{
    if (take_one(&arc->weak))
        release(arc);
}

void par_arc_drop(void *object)
{
    if (object == NULL)
        return;
    ws_arc *arc = ws_arc_of(object);
    if (!take_one(&arc->strong))
        return;
    if (arc->drop != NULL)
        arc->drop(object);
    drop_weak(arc); /* A2: the strong ones' */
}

size_t par_arc_count(const void *object)
{
    return ws_load_relaxed(&ws_arc_of(object)->strong);
}

size_t par_arc_weak_count(const void *object)
{
    const size_t weak = ws_load_relaxed(&ws_arc_of(object)->weak);
    return weak == WS_ARC_LOCKED ? 0 : weak - 1;
}

/* ---- having it alone ------------------------------------------------------------------------- */

/* A4. The acquires pair with the releases of those who have given up theirs: the load with strong
 * ones, the exchange with weak ones, which may have been upgraded meanwhile. */
static bool is_alone(ws_arc *arc)
{
    if (!ws_cas_acq_rel(&arc->weak, 1, WS_ARC_LOCKED))
        return false;
    const bool alone = ws_load_acquire(&arc->strong) == 1;
    ws_store_release(&arc->weak, 1);
    return alone;
}

void *par_arc_get_mut(void *object)
{
    return is_alone(ws_arc_of(object)) ? object : NULL;
}

/* Ends the only strong reference, so that nobody can upgrade any more. */
static bool take_last(ws_arc *arc)
{
    return ws_cas_acq_rel(&arc->strong, 1, 0);
}

bool par_arc_try_unwrap(void *object, void *out)
{
    ws_arc *arc = ws_arc_of(object);
    if (!take_last(arc))
        return false;
    memcpy(out, object, arc->size);
    drop_weak(arc);
    return true;
}

bool par_arc_into_inner(void *object, void *out)
{
    ws_arc *arc = ws_arc_of(object);
    if (!take_one(&arc->strong))
        return false;
    memcpy(out, object, arc->size);
    drop_weak(arc);
    return true;
}

static int copy_bytes(void *to, const void *from)
{
    memcpy(to, from, ws_arc_of(from)->size);
    return 0;
}

int par_arc_make_mut(void **object, int (*copy)(void *to, const void *from))
{
    void *old = *object;
    ws_arc *arc = ws_arc_of(old);
    if (is_alone(arc))
        return 0;
    void *fresh = par_arc_new(arc->size, arc->align, arc->drop);
    if (fresh == NULL)
        return ENOMEM;
    if (par_arc_try_unwrap(old, fresh)) {
        *object = fresh;
        return 0;
    }
    const int code = copy != NULL ? copy(fresh, old) : copy_bytes(fresh, old);
    if (code != 0) {
        release(ws_arc_of(fresh));
        return code;
    }
    par_arc_drop(old);
    *object = fresh;
    return 0;
}

/* ---- weak references ------------------------------------------------------------------------- */

/* It is the object's head. */
static ws_arc *arc_of_weak(par_weak *weak)
{
    return (ws_arc *)(void *)weak;
}

par_weak *par_arc_downgrade(void *object)
{
    ws_arc *arc = ws_arc_of(object);
    for (;;) {
        const size_t weak = ws_load_relaxed(&arc->weak);
        if (weak == WS_ARC_LOCKED) {
            ws_pause(); /* A4: for a few instructions of another thread */
            continue;
        }
        /* Acquire: pairs with the store that unlocks, so that what was written by who was alone has
         * come before. */
        if (weak >= WS_ARC_FULL || ws_cas_acq_rel(&arc->weak, weak, weak + 1))
            return (par_weak *)(void *)arc;
    }
}

void *par_weak_upgrade(par_weak *weak)
{
    ws_arc *arc = arc_of_weak(weak);
    for (;;) {
        const size_t strong = ws_load_relaxed(&arc->strong);
        if (strong == 0)
            return NULL; /* A1 */
        /* Acquire: what its maker wrote before it was downgraded, and who wrote alone since. */
        if (strong >= WS_ARC_FULL || ws_cas_acq_rel(&arc->strong, strong, strong + 1))
            return arc + 1;
    }
}

par_weak *par_weak_clone(par_weak *weak)
{
    add_one(&arc_of_weak(weak)->weak);
    return weak;
}

void par_weak_drop(par_weak *weak)
{
    if (weak != NULL)
        drop_weak(arc_of_weak(weak));
}
