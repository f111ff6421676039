/* SPDX-License-Identifier: MIT */
/* iter_state.c - what stages keep for each thread, and the beginning and end of a run, which are
 * about nothing else.
 *
 * T1  A thread's state is made by the first block that needs it and ended on the caller.
 *     What is for all threads is a word, and needs no end.
 * T2  If a block function calls back into the same iterator on its thread, which only PAR_WAIT=any
 *     allows, it gets a state of its own for that. */
#include "par_iter/lazy/iter_state.h"

#include <par/panic.h>
#include <par/pool.h>

#include "par_iter/base/array.h"
#include "par_iter/lazy/iter_any.h"

#include <stdlib.h>
#include <string.h>

/* A state is preceded by what is known of it. */
typedef struct state_head {
    bool is_made;
    bool is_busy;
} state_head;

static state_head *head_at(ws_iter_state *state, size_t place)
{
    return (state_head *)(void *)((char *)state + WS_ITER_ALIGNMENT + place * state->stride);
}

static void *state_of(state_head *head)
{
    return (char *)head + WS_ITER_ALIGNMENT;
}

static int make_state(const par_iter_stage *stage, state_head *head)
{
    const int code = stage->init_ == NULL ? 0 : stage->init_(state_of(head), stage->ctx_);
    head->is_made = code == 0;
    return code;
}

static void end_state(const par_iter_stage *stage, state_head *head)
{
    if (head->is_made && stage->fini_ != NULL)
        stage->fini_(state_of(head), stage->ctx_);
    head->is_made = false;
}

typedef struct new_state {
    const par_iter_stage *stage;
    state_head *head;
} new_state;

static void end_new_state(void *arg)
{
    const new_state *const new = arg;
    end_state(new->stage, new->head);
    free(new->head);
}

/* T2: for one block. */
static int run_with_new_state(const par_iter_stage *stage, size_t stride, void *out, const void *in,
                              size_t n, ptrdiff_t *written)
{
    state_head *const head = aligned_alloc(WS_ITER_ALIGNMENT, stride);
    if (head == NULL)
        return ENOMEM;
    memset(head, 0, stride);
    new_state new = {stage, head};
    PAR_DEFER(end_new_state, &new);
    const int code = make_state(stage, head);
    if (code == 0)
        *written = stage->fn_.block(out, in, n, state_of(head));
    return code;
}

ws_iter_state *ws_iter_state_find(const ws_iter_run *run, const par_iter_stage *stage)
{
    ws_iter_state *state = run->states;
    while (state != NULL && state->stage != stage)
        state = state->next;
    return state;
}

int ws_iter_state_run(const ws_iter_run *run, const par_iter_stage *stage, void *out,
                      const void *in, size_t n, ptrdiff_t *written)
{
    ws_iter_state *const state = ws_iter_state_find(run, stage);
    const size_t index = par_thread_index();
    state_head *const head = head_at(state, index < run->places ? index : run->places);
    if (head->is_busy)
        return run_with_new_state(stage, state->stride, out, in, n, written);
    const int code = head->is_made ? 0 : make_state(stage, head);
    if (code != 0)
        return code;
    head->is_busy = true;
    *written = stage->fn_.block(out, in, n, state_of(head));
    head->is_busy = false;
    return 0;
}

/* ---- runs ----------------------------------------------------------------------------------- */

/* Room for the state of a stage on each thread, and one more for a thread that has no index. */
static int add_state(ws_iter_run *run, const par_iter_stage *stage)
{
    if (ws_iter_state_find(run, stage) != NULL)
        return 0;
    const size_t stride =
        (stage->first_ + 2 * WS_ITER_ALIGNMENT - 1) / WS_ITER_ALIGNMENT * WS_ITER_ALIGNMENT;
    if (stride > (PTRDIFF_MAX - WS_ITER_ALIGNMENT) / (run->places + 1))
        return ENOMEM;
    ws_iter_state *const state =
        aligned_alloc(WS_ITER_ALIGNMENT, WS_ITER_ALIGNMENT + stride * (run->places + 1));
    if (state == NULL)
        return ENOMEM;
    *state = (ws_iter_state){run->states, stage, stride, 0};
    for (size_t i = 0; i <= run->places; i++)
        *head_at(state, i) = (state_head){false, false};
    run->states = state;
    return 0;
}

static int add_word(ws_iter_run *run, const par_iter_stage *stage)
{
    if (ws_iter_state_find(run, stage) != NULL)
        return 0;
    ws_iter_state *const state = aligned_alloc(WS_ITER_ALIGNMENT, WS_ITER_ALIGNMENT);
    if (state == NULL)
        return ENOMEM;
    *state = (ws_iter_state){run->states, stage, 0, ws_iter_any_word(stage)};
    run->states = state;
    return 0;
}

/* Also of those that the iterator is made of. */
static int add_states(ws_iter_run *run, const par_iter *it)
{
    int code = 0;
    for (size_t i = 0; i < it->n_stages_ && code == 0; i++) {
        const par_iter_stage *const stage = &it->stages_[i];
        if (stage->kind_ == WS_STAGE_MAP && stage->first_ > 0)
            code = add_state(run, stage);
        else if (stage->kind_ >= WS_STAGE_TAKE_ANY)
            code = add_word(run, stage);
    }
    if (code == 0 && it->left_ != NULL)
        code = add_states(run, it->left_);
    if (code == 0 && it->right_ != NULL)
        code = add_states(run, it->right_);
    return code;
}

int ws_iter_begin(ws_iter_run *run, const par_iter *it)
{
    if (it == NULL)
        return EINVAL;
    if (it->status_ != 0)
        return it->status_;
    *run = (ws_iter_run){.it = it, .places = par_max_threads(), .turn = it->turn_, .n = it->n_};
    const int code = add_states(run, it);
    if (code != 0)
        ws_iter_end(run);
    return code;
}

void ws_iter_end(void *arg)
{
    ws_iter_run *const run = arg;
    while (run->states != NULL) {
        ws_iter_state *const state = run->states;
        run->states = state->next;
        for (size_t place = 0; place <= run->places && state->stride > 0; place++)
            end_state(state->stage, head_at(state, place));
        free(state);
    }
}
