/* SPDX-License-Identifier: MIT */
/* kin.h - tells whether a thread that waits runs only what descends from what it waits for.
 *
 * Every task, and every call that waits (a join, a loop, a scope: a region), is a kin with the kin
 * it came from as its parent. A thread notes the region it enters; whatever begins on it before
 * that call has returned must have the region among its ancestors. A parent outlives its children,
 * because its call waits for them. */
#ifndef TESTS_KIN_H
#define TESTS_KIN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct kin {
    struct kin *parent;    /* NULL: came from outside */
    atomic_bool broadcast; /* a par_broadcast, a call that it made, or something in which it was */
} kin;

/* The innermost region whose call this thread is in, NULL while it runs user code. */
static _Thread_local const kin *kin_awaited;

/* How often a thread ran something foreign to the call it was waiting in. */
static atomic_size_t kin_strangers;

static inline bool kin_descends(const kin *who, const kin *from)
{
    while (who != NULL && who != from)
        who = who->parent;
    return who != NULL;
}

/* Begins a task on this thread; what it returns is given back to kin_end. */
static inline const kin *kin_begin(const kin *task)
{
    const kin *awaited = kin_awaited;
    /* Who waits in a broadcast, or for what broadcasts, may run the calls of others. */
    const bool allowed =
        awaited == NULL || (atomic_load(&awaited->broadcast) && atomic_load(&task->broadcast));
    if (!allowed && !kin_descends(task, awaited))
        atomic_fetch_add(&kin_strangers, 1);
    kin_awaited = NULL;
    return awaited;
}

/* Notes that `region` is a broadcast, for all in which it is. */
static inline void kin_broadcast(kin *region)
{
    for (; region != NULL; region = region->parent)
        atomic_store(&region->broadcast, true);
}

static inline void kin_end(const kin *awaited)
{
    kin_awaited = awaited;
}

#endif
