/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include "base/cacheline.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *ws_memory_new(size_t size)
{
    const size_t whole = (size + WS_CACHELINE - 1) / WS_CACHELINE * WS_CACHELINE;
    if (whole < size)
        return NULL;
    void *memory = aligned_alloc(WS_CACHELINE, whole);
    return memory == NULL ? NULL : memset(memory, 0, whole);
}

void ws_memory_delete(void *memory)
{
    free(memory);
}

void *ws_memory_reserve(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

void ws_memory_release(void *memory, size_t size)
{
    munmap(memory, size);
}
