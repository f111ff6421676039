/* SPDX-License-Identifier: MIT */
/* task.h - what is run later by whoever comes: the head of a spawned task's record. In a deque it
 * stands beside its owner, so that one who waits for that owner can tell its tasks without touching
 * them: a record may be gone as soon as another thread has taken it. */
#ifndef WS_JOB_TASK_H
#define WS_JOB_TASK_H

#include "deque/deque.h"
#include "deque/injector.h"

typedef struct ws_task {
    ws_link link; /* first: the injector's */
    void (*run)(struct ws_task *task);
    const void *owner; /* the scope that ends after it; NULL: detached */
} ws_task;

static inline ws_item ws_task_item(const ws_task *task)
{
    return (ws_item){(size_t)task, (size_t)task->owner};
}

static inline bool ws_task_item_is_of(const ws_item *item, const void *owner)
{
    return item->second == (size_t)owner;
}

static inline bool ws_task_link_is_of(const ws_link *link, const void *owner)
{
    return ((const ws_task *)(const void *)link)->owner == owner;
}

#endif
