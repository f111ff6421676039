/* SPDX-License-Identifier: MIT */
/* iter_divide.c - data that a function divides, as a source.
 *
 * D1  The positions of the source are the leaves of a full binary tree of DEPTH levels. Data below
 *     a node of it are what the function makes of the node's: the left part goes to the left, the
 *     right part to the right. Data that stay whole are emitted at the leftmost leaf below.
 * D2  A piece finds its first leaf by dividing from the root on. From there it goes from leaf to
 *     leaf; the right parts of what it divides wait on a stack, each with the leaves below it.
 * D3  At a leaf data are divided on, with everything at this one position, so the tree may be
 *     deeper, and on one side much deeper than on the other. */
#include "par_iter/lazy/iter_divide.h"

#include "par_iter/base/array.h"
#include "par_iter/lazy/iter_make.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 12, LEAVES = 1 << DEPTH };

par_iter par_iter_divide(const void *data, size_t size, par_divide_fn *divide, void *ctx)
{
    const int code = data == NULL || divide == NULL ? EINVAL : 0;
    par_iter it = ws_iter_make(WS_ITER_DIVIDE, size, LEAVES, code);
    it.has_positions_ = false;
    it.base_ = data;
    it.fn_.divide = divide;
    it.ctx_ = ctx;
    return it;
}

/* ---- the stack of D2 ------------------------------------------------------------------------- */

/* Data and the leaves below them; 1 also at a leaf. */
typedef struct entry {
    size_t first;
    size_t width;
} entry;

/* An entry is followed by its data, aligned. */
typedef struct stack {
    char *bytes; /* `here`, or allocated */
    size_t stride;
    size_t n;
    size_t room;
    _Alignas(WS_ITER_ALIGNMENT) char here[WS_ITER_BLOCK];
} stack;

static entry *entry_at(const stack *s, size_t i)
{
    return (entry *)(void *)(s->bytes + i * s->stride);
}

static char *data_of(entry *e)
{
    return (char *)e + WS_ITER_ALIGNMENT;
}

/* Room for one more entry on top. */
static int reserve(stack *s)
{
    if (s->n < s->room)
        return 0;
    const size_t room = s->room < 8 ? 16 : 2 * s->room;
    if (room > PTRDIFF_MAX / s->stride)
        return ENOMEM;
    char *const bytes = aligned_alloc(WS_ITER_ALIGNMENT, room * s->stride);
    if (bytes == NULL)
        return ENOMEM;
    memcpy(bytes, s->bytes, s->n * s->stride);
    if (s->bytes != s->here)
        free(s->bytes);
    s->bytes = bytes;
    s->room = room;
    return 0;
}

static void end_stack(void *arg)
{
    stack *const s = arg;
    if (s->bytes != s->here)
        free(s->bytes);
}

/* ---- pieces --------------------------------------------------------------------------------- */

typedef struct divider {
    const par_iter *it;
    size_t begin;
    size_t end;
    char *block;
    size_t n;
    size_t most;
    ws_iter_emit *emit;
    void *to;
    stack stack;
} divider;

static int put(divider *d, const entry *e, const char *data)
{
    if (e->first < d->begin)
        return 0; /* stands at a leaf to the left */
    memcpy(d->block + d->n * d->it->source_size_, data, d->it->source_size_);
    d->n++;
    if (d->n < d->most)
        return 0;
    const size_t n = d->n;
    d->n = 0;
    return d->emit(d->to, d->block, n);
}

/* Takes the top entry from the stack: emits its data, or puts both of their parts there. */
static int step(divider *d)
{
    _Alignas(WS_ITER_ALIGNMENT) char data[WS_ITER_BLOCK];
    _Alignas(WS_ITER_ALIGNMENT) char left[WS_ITER_BLOCK];
    stack *const s = &d->stack;
    const entry e = *entry_at(s, s->n - 1);
    if (e.first >= d->end || e.first + e.width <= d->begin) {
        s->n--;
        return 0;
    }
    memcpy(data, data_of(entry_at(s, s->n - 1)), d->it->source_size_);
    int code = reserve(s);
    if (code != 0)
        return code;
    code = d->it->fn_.divide(left, data_of(entry_at(s, s->n - 1)), data, d->it->ctx_);
    if (code < 0)
        return code;
    if (code == 0) {
        s->n--;
        return put(d, &e, data);
    }
    const size_t half = e.width > 1 ? e.width / 2 : 0;
    *entry_at(s, s->n - 1) = (entry){e.first + half, e.width - half};
    *entry_at(s, s->n) = (entry){e.first, e.width > 1 ? half : 1};
    memcpy(data_of(entry_at(s, s->n)), left, d->it->source_size_);
    s->n++;
    return 0;
}

int ws_iter_divide_piece(const par_iter *it, size_t begin, size_t end, char *block, size_t most,
                         ws_iter_emit *emit, void *to)
{
    divider d = {it, begin, end, block, 0, most, emit, to, {.n = 0}};
    stack *const s = &d.stack;
    s->bytes = s->here;
    s->stride =
        (it->source_size_ + 2 * WS_ITER_ALIGNMENT - 1) / WS_ITER_ALIGNMENT * WS_ITER_ALIGNMENT;
    s->room = sizeof s->here / s->stride;
    int code = reserve(s);
    if (code != 0)
        return code;
    *entry_at(s, 0) = (entry){0, LEAVES};
    memcpy(data_of(entry_at(s, 0)), it->base_, it->source_size_);
    s->n = 1;
    PAR_DEFER(end_stack, s);
    while (s->n > 0 && code == 0)
        code = step(&d);
    return code != 0 || d.n == 0 ? code : emit(to, block, d.n);
}
