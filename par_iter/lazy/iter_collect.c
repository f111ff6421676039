/* SPDX-License-Identifier: MIT */
/* iter_collect.c - running an iterator into an array, in order. Where room for each position of the
 * source was given, blocks write there; else into buffers (iter_parts.h). */
#include "par_iter/lazy/iter_collect.h"

#include <par/loop.h>

#include "par_iter/base/array.h"
#include "par_iter/lazy/iter_apart.h"

#include <stdlib.h>

typedef struct collection {
    ws_iter_run run;
    const char *caller;
    par_member whole; /* where all of each element goes; of a new array */
    size_t capacity;  /* elements that the arrays have room for */
    bool is_new;
    ws_iter_parts parts;
} collection;

/* A block under way. */
typedef struct writer {
    collection *c;
    size_t block;
} writer;

/* ---- a turn --------------------------------------------------------------------------------- */

static int write_emitted(void *to, const void *block, size_t n)
{
    const writer *const w = to;
    return ws_iter_parts_store(&w->c->parts, w->block, block, n);
}

static int write_piece(size_t begin, size_t end, void *arg)
{
    collection *const c = arg;
    int code = 0;
    for (size_t i = begin; i < end && code == 0; i++) {
        writer w = {c, i};
        code = par_canceled() ? ECANCELED
                              : ws_iter_turn_piece(&c->run, ws_blocks_begin(&c->parts.blocks, i),
                                                   ws_blocks_begin(&c->parts.blocks, i + 1),
                                                   write_emitted, &w);
    }
    return code;
}

/* Room for `more` elements behind those that are done: a new array becomes larger; to twice as
 * much at least where turns may be short. */
static int make_room(collection *c, size_t more)
{
    const size_t needed = c->parts.done + more;
    if (needed <= c->capacity)
        return 0;
    if (!c->is_new)
        return EOVERFLOW;
    const bool doubles = c->run.it->turn_ > 0 && needed < 2 * c->capacity;
    const size_t room = doubles ? 2 * c->capacity : needed;
    void *const array =
        room > PTRDIFF_MAX / c->parts.size ? NULL : realloc(c->whole.out, room * c->parts.size);
    if (array == NULL)
        return ENOMEM;
    c->whole.out = array;
    c->capacity = room;
    return 0;
}

static int collect_turn(void *arg)
{
    collection *const c = arg;
    const ws_blocks blocks = ws_iter_cut(&c->run);
    ws_iter_parts_begin(&c->parts, &blocks);
    int code = ws_iter_loop(c->run.it, &blocks, PAR_SCHEDULE_DEFAULT, write_piece, c);
    const size_t sum = code == 0 ? ws_iter_parts_count(&c->parts) : 0;
    if (code == 0)
        code = make_room(c, sum);
    if (code != 0)
        return code;
    for (size_t i = 0; i < c->parts.n_members && c->parts.grows && !c->is_new; i++) {
        const par_member *const member = &c->parts.members[i];
        ws_iter_apart_check(c->caller, c->run.it, member->out,
                            (c->parts.done + sum) * member->size);
    }
    ws_iter_parts_settle(&c->parts);
    return 0;
}

/* ---- calls ---------------------------------------------------------------------------------- */

static void check_apart(const collection *c)
{
    for (size_t i = 0; i < c->parts.n_members; i++)
        ws_iter_apart_check(c->caller, c->run.it, c->parts.members[i].out,
                            c->run.it->n_ * c->parts.members[i].size);
}

int ws_iter_collect_members(const char *caller, const par_iter *it, const par_member *members,
                            size_t n_members, size_t capacity, size_t *n)
{
    collection c;
    int code = ws_iter_begin(&c.run, it);
    if (code != 0)
        return code;
    PAR_DEFER(ws_iter_end, &c.run);
    c.caller = caller;
    c.capacity = capacity;
    c.is_new = false;
    ws_iter_parts_init(&c.parts, ws_iter_grows(it), it->size_, members, n_members);
    PAR_DEFER(ws_iter_parts_drop, &c.parts);
    if (!c.parts.grows && it->n_ > capacity)
        code = EOVERFLOW;
    if (code == 0 && !c.parts.grows)
        check_apart(&c);
    if (code == 0)
        code = ws_iter_turns(&c.run, collect_turn, &c);
    if (code == 0)
        *n = c.parts.done;
    return code;
}

int par_iter_collect(const par_iter *it, void *out, size_t capacity, size_t *n)
{
    if (it == NULL || n == NULL || (out == NULL && capacity > 0))
        return EINVAL;
    const par_member whole = {out, it->size_, 0};
    return ws_iter_collect_members("par_iter_collect", it, &whole, 1, capacity, n);
}

static void free_array(void *arg)
{
    const collection *const c = arg;
    free(c->whole.out);
}

/* Behind a filter: so many positions at a time that the buffers stay in a second-level cache, and
 * their pages are used again. */
static size_t inner_turn(const par_iter *it)
{
    enum { TURN_BYTES = 4 << 20 };
    const size_t size = it->size_ > it->source_element_ ? it->size_ : it->source_element_;
    return TURN_BYTES / size;
}

static int collect_new(collection *c, const par_iter *it)
{
    c->caller = "par_iter_collect_new";
    c->whole = (par_member){NULL, it->size_, 0};
    c->capacity = 0;
    c->is_new = true;
    const bool grows = ws_iter_grows(it);
    ws_iter_parts_init(&c->parts, grows || !it->has_positions_, it->size_, &c->whole, 1);
    PAR_DEFER(ws_iter_parts_drop, &c->parts);
    if (c->parts.grows && !grows && c->run.turn == 0)
        c->run.turn = inner_turn(it);
    int code = c->parts.grows ? 0 : make_room(c, it->n_);
    if (code == 0)
        code = ws_iter_turns(&c->run, collect_turn, c);
    return code;
}

int par_iter_collect_new(const par_iter *it, void **out, size_t *n)
{
    collection c;
    if (n == NULL || out == NULL)
        return EINVAL;
    int code = ws_iter_begin(&c.run, it);
    if (code != 0)
        return code;
    PAR_DEFER(ws_iter_end, &c.run);
    c.whole.out = NULL;
    PAR_DEFER(free_array, &c);
    code = collect_new(&c, it);
    if (code == 0) {
        *out = c.whole.out;
        *n = c.parts.done;
        c.whole.out = NULL; /* the caller's now */
    }
    return code;
}
