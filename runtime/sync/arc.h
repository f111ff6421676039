/* SPDX-License-Identifier: MIT */
/* arc.h - what stands before a shared object in memory. arc.c uses it, and tests that need large
 * counts. */
#ifndef WS_SYNC_ARC_H
#define WS_SYNC_ARC_H

#include "base/atomic.h"

#include <stdalign.h>

/* The object begins where the head ends; A6. */
typedef struct ws_arc {
    alignas(max_align_t) size_t strong;
    size_t weak;
    void (*drop)(void *object);
    size_t size;
    size_t align;
} ws_arc;

/* From here on a count is never told from its neighbours: A5. */
#define WS_ARC_FULL (SIZE_MAX / 4)
#define WS_ARC_SATURATED (SIZE_MAX / 2)
/* In `weak`, for a moment: A4. */
#define WS_ARC_LOCKED SIZE_MAX

static inline ws_arc *ws_arc_of(const void *object)
{
    return (ws_arc *)(uintptr_t)object - 1;
}

#endif
