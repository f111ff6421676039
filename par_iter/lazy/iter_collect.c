/* SPDX-License-Identifier: MIT */
/* iter_collect.c - running an iterator into an array, in order.
 *
 * C1  If positions are known, each block writes where its elements belong, and that is all.
 * C2  Else each block keeps what comes out in a buffer of its own, which grows. When all have ended
 *     it is known where each buffer belongs, and they are copied there in parallel.
 * C3  Without a flat_map a block gives at most as many elements as it has positions, so it may
 * write behind its own beginning in the array, and what is written is moved to the left then: in
 *     rounds, each of which fills no more than what lies before its first source, so that all moves
 *     of a round may run at the same time. */
#include "par_iter/lazy/iter.h"

#include <par/loop.h>

#include "par_iter/base/array.h"

#include <stdlib.h>
#include <string.h>

/* What a block has written. */
typedef struct part {
    char *bytes;
    size_t n;
    size_t room; /* elements; of a buffer that grows */
} part;

typedef struct collection {
    ws_iter_run run;
    ws_blocks blocks;
    size_t size; /* of an element */
    char *out;
    bool grows; /* C2 */
    part parts[WS_BLOCKS_MAX];
    size_t begin[WS_BLOCKS_MAX + 1]; /* where each part belongs, in elements */
} collection;

/* A block under way. */
typedef struct writer {
    const collection *c;
    part *part;
} writer;

/* ---- writing -------------------------------------------------------------------------------- */

static bool has_flat_map(const par_iter *it)
{
    for (size_t i = 0; i < it->n_stages_; i++) {
        if (it->stages_[i].kind_ == WS_STAGE_FLAT)
            return true;
    }
    return (it->left_ != NULL && has_flat_map(it->left_)) ||
           (it->right_ != NULL && has_flat_map(it->right_));
}

static int grow(part *to, size_t n, size_t size)
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

static int write_emitted(void *to, const void *block, size_t n)
{
    const writer *const w = to;
    const size_t size = w->c->size;
    const int code = w->c->grows ? grow(w->part, n, size) : 0;
    if (code != 0)
        return code;
    memcpy(w->part->bytes + w->part->n * size, block, n * size);
    w->part->n += n;
    return 0;
}

static int write_piece(size_t begin, size_t end, void *arg)
{
    collection *const c = arg;
    int code = 0;
    for (size_t i = begin; i < end && code == 0; i++) {
        writer w = {c, &c->parts[i]};
        const size_t first = ws_blocks_begin(&c->blocks, i);
        c->parts[i] = (part){.bytes = c->grows ? NULL : c->out + first * c->size};
        code = par_canceled()
                   ? ECANCELED
                   : ws_iter_piece(&c->run, c->run.it, first, ws_blocks_begin(&c->blocks, i + 1),
                                   write_emitted, &w);
    }
    return code;
}

static int write_all(collection *c)
{
    for (size_t i = 0; i < c->blocks.count; i++)
        c->parts[i] = (part){NULL, 0, 0};
    return ws_iter_loop(c->run.it, &c->blocks, PAR_SCHEDULE_DEFAULT, write_piece, c);
}

/* Where each part belongs. Returns the number of all elements. */
static size_t add_up(collection *c)
{
    size_t sum = 0;
    for (size_t i = 0; i < c->blocks.count; i++) {
        c->begin[i] = sum;
        sum += c->parts[i].n;
    }
    c->begin[c->blocks.count] = sum;
    return sum;
}

/* ---- moving --------------------------------------------------------------------------------- */

static void move_parts(size_t begin, size_t end, void *arg)
{
    const collection *const c = arg;
    for (size_t i = begin; i < end; i++) {
        if (c->parts[i].n > 0)
            memmove(c->out + c->begin[i] * c->size, c->parts[i].bytes, c->parts[i].n * c->size);
    }
}

/* C3. Parts before `first` are where they belong. Returns how far the next round may go. */
static size_t end_of_round(const collection *c, size_t first)
{
    const size_t wall = ws_blocks_begin(&c->blocks, first);
    size_t end = first + 1; /* alone, a part may even overlap itself */
    while (end < c->blocks.count && c->begin[end + 1] <= wall)
        end++;
    return end;
}

static void move_in_rounds(collection *c)
{
    size_t first = 0;
    while (first < c->blocks.count && c->begin[first] == ws_blocks_begin(&c->blocks, first))
        first++; /* nothing has been left out so far */
    while (first < c->blocks.count) {
        const size_t end = end_of_round(c, first);
        if (end == first + 1)
            move_parts(first, end, c);
        else
            par_for(first, end, move_parts, c);
        first = end;
    }
}

static void free_parts(collection *c)
{
    for (size_t i = 0; i < c->blocks.count && c->grows; i++)
        free(c->parts[i].bytes);
}

/* ---- calls ---------------------------------------------------------------------------------- */

/* Into an array that has room for all positions. */
static int collect_there(collection *c, void *out, size_t *n)
{
    c->out = out;
    c->grows = false;
    const int code = write_all(c);
    if (code != 0)
        return code;
    *n = add_up(c);
    if (!c->run.it->has_positions_)
        move_in_rounds(c);
    return 0;
}

/* Copies what is in the buffers to where it belongs. */
static void copy_parts(collection *c, void *out)
{
    c->out = out;
    par_for(0, c->blocks.count, move_parts, c);
}

/* Into buffers, and from there to `out`. */
static int collect_buffered(collection *c, void *out, size_t capacity, size_t *n)
{
    c->grows = true;
    int code = write_all(c);
    const size_t sum = code == 0 ? add_up(c) : 0;
    if (sum > capacity)
        code = EOVERFLOW;
    if (code == 0) {
        copy_parts(c, out);
        *n = sum;
    }
    free_parts(c);
    return code;
}

/* Into buffers, and from there to a new array. */
static int collect_new_buffered(collection *c, void **out, size_t *n)
{
    c->grows = true;
    int code = write_all(c);
    const size_t sum = code == 0 ? add_up(c) : 0;
    void *const array = sum == 0 || sum > PTRDIFF_MAX / c->size ? NULL : malloc(sum * c->size);
    if (code == 0 && sum > 0 && array == NULL)
        code = ENOMEM;
    if (code == 0) {
        copy_parts(c, array);
        *out = array;
        *n = sum;
    }
    free_parts(c);
    return code;
}

/* Into a new array that has room for all positions. */
static int collect_new_there(collection *c, void **out, size_t *n)
{
    const size_t positions = c->run.it->n_;
    void *const array = positions > PTRDIFF_MAX / c->size ? NULL : malloc(positions * c->size);
    if (array == NULL)
        return ENOMEM;
    const int code = collect_there(c, array, n);
    if (code == 0)
        *out = array;
    else
        free(array);
    return code;
}

static int begin(collection *c, const par_iter *it)
{
    const int code = ws_iter_begin(&c->run, it);
    if (code != 0)
        return code;
    c->size = it->size_;
    c->blocks = ws_iter_cut(it);
    return 0;
}

int par_iter_collect(const par_iter *it, void *out, size_t capacity, size_t *n)
{
    collection c;
    if (n == NULL || (out == NULL && capacity > 0))
        return EINVAL;
    int code = begin(&c, it);
    if (code != 0)
        return code;
    if (has_flat_map(it))
        code = collect_buffered(&c, out, capacity, n);
    else
        code = it->n_ > capacity ? EOVERFLOW : collect_there(&c, out, n);
    ws_iter_end(&c.run);
    return code;
}

int par_iter_collect_new(const par_iter *it, void **out, size_t *n)
{
    collection c;
    if (n == NULL || out == NULL)
        return EINVAL;
    int code = begin(&c, it);
    if (code != 0)
        return code;
    if (it->n_ == 0) {
        *out = NULL;
        *n = 0;
    } else if (it->has_positions_) {
        code = collect_new_there(&c, out, n);
    } else {
        code = collect_new_buffered(&c, out, n);
    }
    ws_iter_end(&c.run);
    return code;
}
