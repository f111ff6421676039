/* SPDX-License-Identifier: MIT */
/* iter_parts.c - see iter_parts.h. */
#include "par_iter/lazy/iter_parts.h"

#include <par/loop.h>

#include "par_iter/base/element.h"

#include <errno.h>
#include <stdlib.h>

void ws_iter_parts_init(ws_iter_parts *parts, bool grows, size_t size, const par_member *members,
                        size_t n_members)
{
    parts->grows = grows;
    parts->size = size;
    parts->members = members;
    parts->n_members = n_members;
    parts->done = 0;
    for (size_t i = 0; i < WS_BLOCKS_MAX; i++)
        parts->parts[i] = (ws_iter_part){NULL, 0, 0};
}

void ws_iter_parts_begin(ws_iter_parts *parts, const ws_blocks *blocks)
{
    parts->blocks = *blocks;
    for (size_t i = 0; i < blocks->count; i++)
        parts->parts[i].n = 0; /* its buffer is that of earlier turns */
}

/* ---- writing -------------------------------------------------------------------------------- */

static int grow(ws_iter_part *to, size_t n, size_t size)
{
    if (n <= to->room - to->n)
        return 0;
    const size_t least = to->n + n;
    const size_t room = least > 2 * to->room ? least : 2 * to->room;
    if (room > PTRDIFF_MAX / size)
        return ENOMEM;
    char *const bytes = realloc(to->bytes, room * size);
    if (bytes == NULL)
        return ENOMEM;
    to->bytes = bytes;
    to->room = room;
    return 0;
}

/* Where the first element of the block goes, C2. */
static char *home_of(const ws_iter_parts *parts, const par_member *member, size_t i)
{
    const size_t place = parts->done + ws_blocks_begin(&parts->blocks, i);
    return (char *)member->out + place * member->size;
}

/* A member of n elements. */
static void take_member(const ws_iter_parts *parts, const par_member *member, char *to,
                        const char *from, size_t n)
{
    if (member->size == parts->size)
        memcpy(to, from, n * parts->size);
    else
        ws_element_copy_strided(to, member->size, from + member->offset, (ptrdiff_t)parts->size,
                                member->size, n);
}

int ws_iter_parts_store(ws_iter_parts *parts, size_t i, const void *elements, size_t n)
{
    ws_iter_part *const part = &parts->parts[i];
    if (parts->grows) {
        if (grow(part, n, parts->size) != 0)
            return ENOMEM;
        memcpy(part->bytes + part->n * parts->size, elements, n * parts->size);
    }
    for (size_t k = 0; k < parts->n_members && !parts->grows; k++) {
        const par_member *const member = &parts->members[k];
        take_member(parts, member, home_of(parts, member, i) + part->n * member->size, elements, n);
    }
    part->n += n;
    return 0;
}

char *ws_iter_parts_place(ws_iter_parts *parts, size_t i, size_t n)
{
    ws_iter_part *const part = &parts->parts[i];
    if (!parts->grows)
        return home_of(parts, parts->members, i) + part->n * parts->size;
    return grow(part, n, parts->size) == 0 ? part->bytes + part->n * parts->size : NULL;
}

size_t ws_iter_parts_count(ws_iter_parts *parts)
{
    size_t sum = 0;
    for (size_t i = 0; i < parts->blocks.count; i++) {
        parts->begin[i] = sum;
        sum += parts->parts[i].n;
    }
    parts->begin[parts->blocks.count] = sum;
    return sum;
}

/* ---- moving --------------------------------------------------------------------------------- */

/* Moves of one array. */
typedef struct moves {
    const ws_iter_parts *parts;
    const par_member *member;
} moves;

static void move_parts(size_t begin, size_t end, void *arg)
{
    const moves *const m = arg;
    const ws_iter_parts *const parts = m->parts;
    for (size_t i = begin; i < end; i++) {
        const ws_iter_part *const part = &parts->parts[i];
        char *const to = (char *)m->member->out + (parts->done + parts->begin[i]) * m->member->size;
        if (part->n == 0)
            continue;
        if (parts->grows)
            take_member(parts, m->member, to, part->bytes, part->n);
        else
            memmove(to, home_of(parts, m->member, i), part->n * m->member->size);
    }
}

/* C2. Parts before `first` are where they belong. Returns how far the next round may go. */
static size_t end_of_round(const ws_iter_parts *parts, size_t first)
{
    const size_t wall = ws_blocks_begin(&parts->blocks, first);
    size_t end = first + 1; /* alone, a part may even overlap itself */
    while (end < parts->blocks.count && parts->begin[end + 1] <= wall)
        end++;
    return end;
}

static void move_in_rounds(moves *m)
{
    const ws_iter_parts *const parts = m->parts;
    const size_t count = parts->blocks.count;
    size_t first = 0;
    while (first < count && parts->begin[first] == ws_blocks_begin(&parts->blocks, first))
        first++; /* nothing has been left out so far */
    while (first < count) {
        const size_t end = end_of_round(parts, first);
        if (end == first + 1)
            move_parts(first, end, m);
        else
            par_for(first, end, move_parts, m);
        first = end;
    }
}

void ws_iter_parts_settle(ws_iter_parts *parts)
{
    for (size_t k = 0; k < parts->n_members; k++) {
        moves m = {parts, &parts->members[k]};
        if (parts->grows)
            par_for(0, parts->blocks.count, move_parts, &m);
        else
            move_in_rounds(&m);
    }
    parts->done += parts->begin[parts->blocks.count];
}

void ws_iter_parts_drop(void *arg)
{
    ws_iter_parts *const parts = arg;
    for (size_t i = 0; i < WS_BLOCKS_MAX && parts->grows; i++)
        free(parts->parts[i].bytes);
}
