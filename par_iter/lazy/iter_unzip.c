/* SPDX-License-Identifier: MIT */
/* iter_unzip.c - running an iterator into several arrays: by members, or by sides. Both are in
 * order as iter_collect.c is; a block of a partition has a part on each side. */
#include <par/iter_unzip.h>

#include <par/loop.h>

#include "par_iter/base/apart.h"
#include "par_iter/base/count.h"
#include "par_iter/lazy/iter_apart.h"
#include "par_iter/lazy/iter_collect.h"

/* ---- members -------------------------------------------------------------------------------- */

static int check_members(const par_iter *it, const par_member *members, size_t n, size_t capacity)
{
    int code = n == 0 ? EINVAL : 0;
    for (size_t i = 0; i < n && code == 0; i++) {
        const par_member *const m = &members[i];
        if (m->size == 0 || m->size > it->size_ || m->offset > it->size_ - m->size ||
            (m->out == NULL && capacity > 0))
            code = EINVAL;
    }
    return code;
}

static void check_members_apart(const par_member *members, size_t n, size_t length)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i && length > 0; k++)
            ws_apart_check("par_iter_unzip", members[i].out, length * members[i].size,
                           members[k].out, length * members[k].size);
    }
}

int par_iter_unzip(const par_iter *it, const par_member *members, size_t n_members, size_t capacity,
                   size_t *n)
{
    if (it == NULL || members == NULL || n == NULL)
        return EINVAL;
    int code = it->status_ != 0 ? it->status_ : check_members(it, members, n_members, capacity);
    if (code != 0)
        return code;
    if (!ws_iter_grows(it) && it->n_ <= capacity)
        check_members_apart(members, n_members, it->n_);
    return ws_iter_collect_members("par_iter_unzip", it, members, n_members, capacity, n);
}

/* ---- sides ---------------------------------------------------------------------------------- */

typedef struct partition {
    ws_iter_run run;
    par_sides_fn *split;
    void *ctx;
    par_member whole[2]; /* of the sides */
    size_t capacity[2];
    ws_iter_parts parts[2];
} partition;

/* A block under way. */
typedef struct splitter {
    partition *p;
    size_t block;
} splitter;

static int split_emitted(void *to, const void *block, size_t n)
{
    const splitter *const s = to;
    partition *const p = s->p;
    char *const left = ws_iter_parts_place(&p->parts[0], s->block, n);
    char *const right = ws_iter_parts_place(&p->parts[1], s->block, n);
    if (left == NULL || right == NULL)
        return ENOMEM;
    const ptrdiff_t lefts = p->split(left, right, block, n, p->ctx);
    ws_count_check("par_iter_partition", 0, lefts, n, false);
    if (lefts < 0 || (size_t)lefts > n)
        return ws_array_code(lefts);
    p->parts[0].parts[s->block].n += (size_t)lefts;
    p->parts[1].parts[s->block].n += n - (size_t)lefts;
    return 0;
}

static int split_piece(size_t begin, size_t end, void *arg)
{
    partition *const p = arg;
    const ws_blocks *const blocks = &p->parts[0].blocks;
    int code = 0;
    for (size_t i = begin; i < end && code == 0; i++) {
        splitter s = {p, i};
        code = par_canceled()
                   ? ECANCELED
                   : ws_iter_turn_piece(&p->run, ws_blocks_begin(blocks, i),
                                        ws_blocks_begin(blocks, i + 1), split_emitted, &s);
    }
    return code;
}

static int split_turn(void *arg)
{
    partition *const p = arg;
    const ws_blocks blocks = ws_iter_cut(&p->run);
    for (size_t side = 0; side < 2; side++)
        ws_iter_parts_begin(&p->parts[side], &blocks);
    int code = ws_iter_loop(p->run.it, &blocks, PAR_SCHEDULE_DEFAULT, split_piece, p);
    for (size_t side = 0; side < 2 && code == 0; side++) {
        const size_t sum = ws_iter_parts_count(&p->parts[side]);
        if (sum > p->capacity[side] - p->parts[side].done)
            code = EOVERFLOW;
    }
    for (size_t side = 0; side < 2 && code == 0; side++)
        ws_iter_parts_settle(&p->parts[side]);
    return code;
}

static void check_sides_apart(const partition *p)
{
    const size_t n = p->run.it->n_;
    const size_t bytes[] = {n * p->whole[0].size, n * p->whole[1].size};
    for (size_t side = 0; side < 2; side++)
        ws_iter_apart_check("par_iter_partition", p->run.it, p->whole[side].out, bytes[side]);
    if (n > 0)
        ws_apart_check("par_iter_partition", p->whole[0].out, bytes[0], p->whole[1].out, bytes[1]);
}

static void set_side(partition *p, size_t side, const par_side *from)
{
    p->whole[side] = (par_member){from->out, from->size, 0};
    p->capacity[side] = from->capacity;
    ws_iter_parts_init(&p->parts[side], ws_iter_grows(p->run.it), from->size, &p->whole[side], 1);
}

static int run_partition(partition *p)
{
    const bool grows = p->parts[0].grows;
    const size_t least = p->capacity[0] < p->capacity[1] ? p->capacity[0] : p->capacity[1];
    if (!grows && p->run.it->n_ > least)
        return EOVERFLOW;
    if (!grows)
        check_sides_apart(p);
    return ws_iter_turns(&p->run, split_turn, p);
}

static bool is_side(const par_side *side)
{
    return side != NULL && side->size > 0 && (side->out != NULL || side->capacity == 0);
}

int par_iter_partition(const par_iter *it, par_side *left, par_side *right, par_sides_fn *split,
                       void *ctx)
{
    partition p;
    if (!is_side(left) || !is_side(right) || split == NULL)
        return EINVAL;
    int code = ws_iter_begin(&p.run, it);
    if (code != 0)
        return code;
    PAR_DEFER(ws_iter_end, &p.run);
    p.split = split;
    p.ctx = ctx;
    set_side(&p, 0, left);
    PAR_DEFER(ws_iter_parts_drop, &p.parts[0]);
    set_side(&p, 1, right);
    PAR_DEFER(ws_iter_parts_drop, &p.parts[1]);
    code = run_partition(&p);
    if (code == 0) {
        left->n = p.parts[0].done;
        right->n = p.parts[1].done;
    }
    return code;
}
