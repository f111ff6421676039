/* SPDX-License-Identifier: MIT */
/* iter_any.c - stages that let some elements pass, whichever come first.
 *
 * A1  The word of take_any and skip_any is how many elements are still to be taken or skipped. It
 *     only falls, and each block takes its part of it at once.
 * A2  The word of the others is 1 until an element is met that may not pass, and then 0. A block
 *     that is at the stage meanwhile is judged by what the word was when it came there.
 * A3  A word of 0 ends the iterators of stages that take; behind it nothing comes out. */
#include "par_iter/lazy/iter_any.h"

#include "par_iter/base/array.h"
#include "par_iter/base/count.h"
#include "par_iter/base/shared.h"
#include "par_iter/lazy/iter_state.h"

#include <string.h>

/* ---- building -------------------------------------------------------------------------------- */

static par_iter_stage *add_any(par_iter *it, enum ws_iter_stage_kind kind, size_t size, void *ctx,
                               bool is_right)
{
    par_iter_stage *const stage = ws_iter_add_stage(it, kind, size, is_right);
    if (stage == NULL)
        return NULL;
    stage->ctx_ = ctx;
    it->has_positions_ = false;
    return stage;
}

static void add_counted(par_iter *it, enum ws_iter_stage_kind kind, size_t n)
{
    par_iter_stage *const stage = it == NULL ? NULL : add_any(it, kind, it->size_, NULL, true);
    if (stage != NULL)
        stage->first_ = n;
}

static void add_while(par_iter *it, enum ws_iter_stage_kind kind, par_while_fn *may_pass, void *ctx)
{
    par_iter_stage *const stage =
        it == NULL ? NULL : add_any(it, kind, it->size_, ctx, may_pass != NULL);
    if (stage != NULL)
        stage->fn_.prefix = may_pass;
}

void par_iter_take_any(par_iter *it, size_t n)
{
    add_counted(it, WS_STAGE_TAKE_ANY, n);
}

void par_iter_skip_any(par_iter *it, size_t n)
{
    add_counted(it, WS_STAGE_SKIP_ANY, n);
}

void par_iter_take_any_while(par_iter *it, par_while_fn *may_pass, void *ctx)
{
    add_while(it, WS_STAGE_TAKE_WHILE, may_pass, ctx);
}

void par_iter_skip_any_while(par_iter *it, par_while_fn *may_pass, void *ctx)
{
    add_while(it, WS_STAGE_SKIP_WHILE, may_pass, ctx);
}

void par_iter_while_some(par_iter *it, size_t out_size, par_block_fn *some, void *ctx)
{
    par_iter_stage *const stage = add_any(it, WS_STAGE_WHILE_SOME, out_size, ctx, some != NULL);
    if (stage != NULL)
        stage->fn_.block = some;
}

/* ---- running --------------------------------------------------------------------------------- */

size_t ws_iter_any_word(const par_iter_stage *stage)
{
    const bool counts = stage->kind_ == WS_STAGE_TAKE_ANY || stage->kind_ == WS_STAGE_SKIP_ANY;
    return counts ? stage->first_ : 1;
}

/* A block under way. */
typedef struct passage {
    const par_iter_stage *stage;
    size_t number; /* of the stage, from 1 on */
    size_t *word;
    void *out;
    const void **in;
    size_t size;
    size_t *n;
} passage;

/* The first elements do not go on. What does begins a block of its own. */
static void drop_first(const passage *p, size_t dropped)
{
    *p->n -= dropped;
    if (dropped == 0 || *p->n == 0)
        return;
    memcpy(p->out, (const char *)*p->in + dropped * p->size, *p->n * p->size);
    *p->in = p->out;
}

static int take_while(const passage *p)
{
    if (ws_shared_load(p->word) == 0) {
        *p->n = 0;
        return 0;
    }
    const ptrdiff_t passing = p->stage->fn_.prefix(*p->in, *p->n, p->stage->ctx_);
    ws_count_check("take_any_while", p->number, passing, *p->n, false);
    if (passing >= 0 && (size_t)passing < *p->n)
        ws_shared_lower(p->word, 0);
    *p->n = passing < 0 ? 0 : (size_t)passing;
    return ws_array_code(passing);
}

static int skip_while(const passage *p)
{
    if (ws_shared_load(p->word) == 0)
        return 0;
    const ptrdiff_t skipped = p->stage->fn_.prefix(*p->in, *p->n, p->stage->ctx_);
    ws_count_check("skip_any_while", p->number, skipped, *p->n, false);
    if (skipped < 0)
        return ws_array_code(skipped);
    if ((size_t)skipped < *p->n)
        ws_shared_lower(p->word, 0);
    drop_first(p, (size_t)skipped);
    return 0;
}

static int map_while(const passage *p)
{
    if (ws_shared_load(p->word) == 0) {
        *p->n = 0;
        return 0;
    }
    const ptrdiff_t written = p->stage->fn_.block(p->out, *p->in, *p->n, p->stage->ctx_);
    ws_count_check("while_some", p->number, written, *p->n, false);
    if (written >= 0 && (size_t)written < *p->n)
        ws_shared_lower(p->word, 0);
    *p->in = p->out;
    *p->n = written < 0 ? 0 : (size_t)written;
    return ws_array_code(written);
}

static bool takes(const par_iter_stage *stage)
{
    return stage->kind_ == WS_STAGE_TAKE_ANY || stage->kind_ == WS_STAGE_TAKE_WHILE ||
           stage->kind_ == WS_STAGE_WHILE_SOME;
}

static int pass(const passage *p)
{
    switch (p->stage->kind_) {
    case WS_STAGE_TAKE_ANY:
        *p->n = ws_shared_take(p->word, *p->n);
        return 0;
    case WS_STAGE_SKIP_ANY:
        drop_first(p, ws_shared_take(p->word, *p->n));
        return 0;
    case WS_STAGE_TAKE_WHILE:
        return take_while(p);
    case WS_STAGE_SKIP_WHILE:
        return skip_while(p);
    default:
        return map_while(p);
    }
}

int ws_iter_any_run(const ws_iter_run *run, const par_iter *it, size_t stage, void *out,
                    const void **in, size_t size, size_t *n, bool *is_over)
{
    const par_iter_stage *const s = &it->stages_[stage];
    ws_iter_state *const state = ws_iter_state_find(run, s);
    const passage p = {s, stage + 1, &state->word, out, in, size, n};
    const int code = pass(&p);
    if (takes(s) && ws_shared_load(&state->word) == 0)
        *is_over = true;
    return code;
}

bool ws_iter_any_is_over(const ws_iter_run *run, const par_iter *it)
{
    if (run->states == NULL)
        return false;
    for (size_t i = 0; i < it->n_stages_; i++) {
        if (takes(&it->stages_[i]) &&
            ws_shared_load(&ws_iter_state_find(run, &it->stages_[i])->word) == 0)
            return true;
    }
    return it->kind_ == WS_ITER_CHAIN && ws_iter_any_is_over(run, it->left_) &&
           ws_iter_any_is_over(run, it->right_);
}
