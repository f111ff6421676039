/* SPDX-License-Identifier: MIT */
/* memory.c - memory that each execution finds as set-up left it; its names; and the parts of it
 * that have ended. What has ended is filled with a pattern, so that plain reads go wrong and plain
 * stores are found at the end. */
#include "engine/inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ARENA = 1 << 17, ALIGNMENT = 128, KEPT = 8, NAMES = 256, NAME = 48, ENDED = 32 };
enum { PATTERN = 0xDD };

typedef struct memory_range {
    char *begin;
    size_t size;
} memory_range;

static _Alignas(ALIGNMENT) char arena[ARENA];
static size_t arena_used;

static memory_range kept[KEPT];
static size_t kept_count;
static char snapshot[2 * ARENA];

static memory_range named[NAMES];
static char names[NAMES][NAME];
static size_t name_count;

static memory_range ended[ENDED];
static size_t ended_count;

/* ---- kept memory ----------------------------------------------------------------------------- */

void *model_new(size_t size)
{
    if (arena_used == 0)
        model_keep(arena, 0);
    const size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (rounded > ARENA - arena_used)
        return NULL;
    void *memory = arena + arena_used;
    arena_used += rounded;
    kept[0].size = arena_used;
    return memory;
}

/* The arena is the first range, and grows. */
void model_keep(void *memory, size_t size)
{
    if (kept_count == 0 && memory != arena)
        kept[kept_count++] = (memory_range){arena, 0};
    if (kept_count == KEPT)
        model_fail(MODEL_MISUSE, "more than %d ranges of kept memory", KEPT);
    kept[kept_count++] = (memory_range){memory, size};
}

static void copy(bool restore)
{
    size_t at = 0;
    for (size_t i = 0; i < kept_count; i++) {
        if (kept[i].size > sizeof snapshot - at)
            model_fail(MODEL_MISUSE, "too much kept memory");
        if (restore)
            memcpy(kept[i].begin, snapshot + at, kept[i].size);
        else
            memcpy(snapshot + at, kept[i].begin, kept[i].size);
        at += kept[i].size;
    }
}

void memory_snapshot(void)
{
    copy(false);
}

void memory_restore(void)
{
    copy(true);
    ended_count = 0;
}

/* ---- names ----------------------------------------------------------------------------------- */

void model_name(const void *memory, size_t size, const char *format, ...)
{
    if (name_count == NAMES)
        model_fail(MODEL_MISUSE, "more than %d names", NAMES);
    va_list args;
    va_start(args, format);
    (void)vsnprintf(names[name_count], NAME, format, args);
    va_end(args);
    named[name_count++] = (memory_range){(char *)(uintptr_t)memory, size};
}

enum { TEXTS = 8, TEXT = NAME + 24 };

static char *next_text(void)
{
    static char texts[TEXTS][TEXT];
    static size_t turn;
    return texts[turn++ % TEXTS];
}

/* The smallest named range that the address lies in. */
static const memory_range *find_name(const void *at)
{
    const memory_range *best = NULL;
    for (size_t i = 0; i < name_count; i++) {
        const size_t offset = (size_t)((uintptr_t)at - (uintptr_t)named[i].begin);
        if (offset < named[i].size && (best == NULL || named[i].size < best->size))
            best = &named[i];
    }
    return best;
}

const char *memory_name(const void *at)
{
    char *text = next_text();
    const memory_range *range = find_name(at);
    if (range == NULL) {
        (void)snprintf(text, TEXT, "%p", at);
        return text;
    }
    const size_t offset = (size_t)((const char *)at - range->begin);
    const char *name = names[range - named];
    if (offset == 0)
        return name;
    (void)snprintf(text, TEXT, "%s+%zu", name, offset);
    return text;
}

const char *memory_value(size_t value)
{
    if (find_name((const void *)value) != NULL)
        return memory_name((const void *)value);
    char *text = next_text();
    (void)snprintf(text, TEXT, "%#zx", value);
    return text;
}

/* ---- the end of memory ----------------------------------------------------------------------- */

void model_end_of(void *memory, size_t size)
{
    if (ended_count == ENDED)
        model_fail(MODEL_MISUSE, "more than %d ranges have ended", ENDED);
    memset(memory, PATTERN, size);
    ended[ended_count++] = (memory_range){memory, size};
}

void memory_check_use(const void *at)
{
    for (size_t i = 0; i < ended_count; i++) {
        if ((uintptr_t)at - (uintptr_t)ended[i].begin < ended[i].size)
            model_fail(MODEL_DEAD, "%s is used after its end", memory_name(at));
    }
}

const void *memory_first_touched(void)
{
    for (size_t i = 0; i < ended_count; i++) {
        for (size_t byte = 0; byte < ended[i].size; byte++) {
            if ((unsigned char)ended[i].begin[byte] != PATTERN)
                return ended[i].begin + byte;
        }
    }
    return NULL;
}
