/* SPDX-License-Identifier: MIT */
/* heap.c - each thread allocates from a part of its own, so that what it gets does not depend on
 * what others do. */
#include "heap.h"

#include "engine/model.h"

#include <stdint.h>

enum { OWNERS = 5, BLOCKS = 12, ALIGNMENT = 128 };

typedef struct heap_block {
    char *memory;
    size_t size;
    bool freed;
} heap_block;

typedef struct heap_part {
    char *memory;
    size_t used;
    size_t count;
    heap_block blocks[BLOCKS];
} heap_part;

static heap_part *parts;
static size_t part_size;

void heap_make(size_t size)
{
    part_size = size;
    parts = model_new(OWNERS * sizeof *parts);
    for (size_t i = 0; i < OWNERS; i++)
        parts[i].memory = model_new(size);
    if (parts == NULL || parts[OWNERS - 1].memory == NULL)
        model_fail(MODEL_MISUSE, "no memory for a heap");
}

bool heap_is_made(void)
{
    return parts != NULL;
}

void *heap_new(size_t size)
{
    heap_part *part = &parts[model_is_outside() ? OWNERS - 1 : model_self()];
    const size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (rounded > part_size - part->used || part->count == BLOCKS)
        model_fail(MODEL_MISUSE, "the heap of a thread is used up");
    char *memory = part->memory + part->used;
    part->blocks[part->count++] = (heap_block){memory, size, false};
    part->used += rounded;
    return memory;
}

void *heap_new_aligned(size_t align, size_t size)
{
    if (align > ALIGNMENT)
        model_fail(MODEL_MISUSE, "an alignment of %zu", align);
    return heap_new(size);
}

static heap_block *find(const void *memory)
{
    for (size_t i = 0; i < OWNERS; i++) {
        for (size_t k = 0; k < parts[i].count; k++) {
            if (parts[i].blocks[k].memory == memory)
                return &parts[i].blocks[k];
        }
    }
    model_fail(MODEL_DEAD, "%p is freed, and was not allocated", memory);
}

void heap_free(void *memory)
{
    if (memory == NULL)
        return;
    heap_block *block = find(memory);
    if (block->freed)
        model_fail(MODEL_DEAD, "%p is freed twice", memory);
    model_fence(MODEL_SITE); /* what its thread has stored there came before */
    block->freed = true;
    model_end_of(block->memory, block->size);
}

void heap_check(void)
{
    for (size_t i = 0; i < OWNERS; i++) {
        for (size_t k = 0; k < parts[i].count; k++)
            model_assert(parts[i].blocks[k].freed);
    }
}
