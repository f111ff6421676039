/* SPDX-License-Identifier: MIT */
/* iter_parts.h - what the blocks of an iterator write, and how that comes to stand in arrays in
 * order. The calls that collect are written on it.
 *
 * C1  Each block writes a part, alone. Parts belong into the arrays in the order of their blocks,
 *     behind what earlier turns have left there.
 * C2  If a block gives at most as many elements as it has positions, and there is room for them,
 *     it writes behind its own beginning in the arrays. What is written is moved to the left then:
 *     in rounds, each of which fills no more than what lies before its first source, so that all
 *     moves of a round may run at the same time. If each position gave an element nothing moves.
 * C3  Else a part grows in a buffer of its own. When all have ended it is known where each belongs,
 *     and they are copied there in parallel. */
#ifndef WS_PAR_ITER_ITER_PARTS_H
#define WS_PAR_ITER_ITER_PARTS_H

#include <par/iter_unzip.h>

#include "par_iter/lazy/iter.h"

typedef struct ws_iter_part {
    char *bytes; /* C3 */
    size_t n;
    size_t room;
} ws_iter_part;

typedef struct ws_iter_parts {
    bool grows;                /* C3 */
    size_t size;               /* of an element */
    const par_member *members; /* of an element, and their arrays; one member may be all of it */
    size_t n_members;
    size_t done; /* elements that stand in the arrays */
    ws_blocks blocks;
    ws_iter_part parts[WS_BLOCKS_MAX];
    size_t begin[WS_BLOCKS_MAX + 1]; /* where each part belongs, in elements behind those done */
} ws_iter_parts;

/* For elements of `size` bytes, with no turn begun. ws_iter_parts_drop ends it. */
void ws_iter_parts_init(ws_iter_parts *parts, bool grows, size_t size, const par_member *members,
                        size_t n_members);

/* Begins a turn, whose blocks these are. */
void ws_iter_parts_begin(ws_iter_parts *parts, const ws_blocks *blocks);

/* Stores n more elements of block i. Returns 0 or ENOMEM. */
int ws_iter_parts_store(ws_iter_parts *parts, size_t i, const void *elements, size_t n);

/* Where up to n more elements of block i may be written, by who adds to its number then; for parts
 * with one member. NULL without memory. */
char *ws_iter_parts_place(ws_iter_parts *parts, size_t i, size_t n);

/* How many elements the blocks of the turn have stored: after all of them. */
size_t ws_iter_parts_count(ws_iter_parts *parts);

/* Puts them where they belong: after ws_iter_parts_count. The buffers stay for the next turn. */
void ws_iter_parts_settle(ws_iter_parts *parts);

/* Frees the buffers. A handler for PAR_DEFER, whose argument is the parts. */
void ws_iter_parts_drop(void *parts);

#endif
