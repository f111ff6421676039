/* SPDX-License-Identifier: MIT */
#include "deque/ring.h"

#include "base/memory.h"

enum { LEAST_CAPACITY = 64 };

size_t ws_ring_reserve(par_detail_slot **slots, size_t capacity)
{
    for (size_t n = capacity; n >= LEAST_CAPACITY; n /= 2) {
        par_detail_slot *memory = ws_memory_reserve(n * sizeof(par_detail_slot));
        if (memory != NULL) {
            *slots = memory;
            return n;
        }
    }
    return 0;
}

void ws_ring_release(par_detail_slot *slots, size_t capacity)
{
    ws_memory_release(slots, capacity * sizeof(par_detail_slot));
}
