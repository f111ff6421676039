/* SPDX-License-Identifier: MIT */
/* iter_run.c - running an iterator, block by block. Elements are pushed: a source fills a block,
 * each stage makes another one of it, and what comes out of the last stage is emitted.
 *
 * E1  A block has at most WS_BLOCK_BYTES, so that two of them and a little more stay in a
 *     first-level cache. An array without gaps needs no block of its own.
 * E2  Two blocks are enough for any number of stages: one is read while the other is written. What
 *     pulls elements together (a flat_map, zip, interleave, chunks) has others on its own frame.
 * E3  A thread's state is made by the first block that needs it and ended on the caller. If a block
 *     function calls back into the same iterator on its thread, which only PAR_WAIT=any allows, it
 *     gets a state of its own for that.
 * E4  Pieces may be long. Whether the call has been stopped is asked for each block. */
#include "par_iter/iter.h"

#include <par/group.h>
#include <par/pool.h>

#include "par_iter/array.h"
#include "par_iter/iter_text.h"

#include <stdlib.h>
#include <string.h>

enum { WS_BLOCK_BYTES = PAR_ITER_MAX_SIZE, ALIGNMENT = 64 };

/* The two blocks of E2. */
typedef struct blocks {
    _Alignas(ALIGNMENT) char bytes[2][WS_BLOCK_BYTES];
} blocks;

/* One piece of one iterator. */
typedef struct piece {
    const ws_iter_run *run;
    const par_iter *it;
    ws_iter_emit *emit;
    void *to;
    size_t at; /* position of the first element of the block under way */
    blocks *blocks;
} piece;

static int run_stages(piece *p, size_t stage, const void *in, size_t n, int next);

/* ---- elements one by one -------------------------------------------------------------------- */

/* Calls of a fixed size, which a compiler makes one instruction of. */
static inline void copy_one(char *to, const char *from, size_t size)
{
    switch (size) {
    case 1:
        *to = *from;
        break;
    case 2:
        memcpy(to, from, 2);
        break;
    case 4:
        memcpy(to, from, 4);
        break;
    case 8:
        memcpy(to, from, 8);
        break;
    case 16:
        memcpy(to, from, 16);
        break;
    default:
        memcpy(to, from, size);
        break;
    }
}

/* n elements that stand `from_step` bytes apart, to where they stand `to_step` bytes apart. */
static void copy_strided(char *to, size_t to_step, const char *from, ptrdiff_t from_step,
                         size_t size, size_t n)
{
    for (size_t i = 0; i < n; i++)
        copy_one(to + i * to_step, from + (ptrdiff_t)i * from_step, size);
}

/* ---- sources -------------------------------------------------------------------------------- */

/* Where the i-th element of a source is in what it is made of. */
static size_t place_of(const par_iter *it, size_t i)
{
    return it->first_ + i * it->step_;
}

static void fill_range(const par_iter *it, size_t begin, size_t n, void *out)
{
    size_t *const to = out;
    for (size_t i = 0; i < n; i++)
        to[i] = it->offset_ + place_of(it, begin + i);
}

static void fill_grid(const par_iter *it, size_t begin, size_t n, void *out)
{
    par_cell *const to = out;
    for (size_t i = 0; i < n; i++) {
        const size_t place = place_of(it, begin + i);
        to[i] = (par_cell){place / it->chunk_, place % it->chunk_};
    }
}

static void fill_slices(const par_iter *it, size_t begin, size_t n, void *out)
{
    const size_t distance = it->kind_ == WS_ITER_WINDOWS ? 1 : it->chunk_;
    par_slice *const to = out;
    for (size_t i = 0; i < n; i++) {
        const size_t index = place_of(it, begin + i) * distance;
        const size_t left = it->offset_ - index;
        to[i] = (par_slice){(const char *)it->base_ + index * it->source_size_,
                            left < it->chunk_ ? left : it->chunk_, index};
    }
}

static int fill_generated(const par_iter *it, size_t begin, size_t n, char *out)
{
    if (it->step_ == 1)
        return it->fill_(out, place_of(it, begin), n, it->ctx_);
    int code = 0;
    for (size_t i = 0; i < n && code == 0; i++)
        code = it->fill_(out + i * it->source_element_, place_of(it, begin + i), 1, it->ctx_);
    return code;
}

/* ---- iterators made of iterators ------------------------------------------------------------ */

/* Collects what a piece of another iterator emits. */
typedef struct keeper {
    char *end;
    size_t size;
} keeper;

static int keep(void *to, const void *block, size_t n)
{
    keeper *const k = to;
    memcpy(k->end, block, n * k->size);
    k->end += n * k->size;
    return 0;
}

/* Elements begin <= i < end of an iterator that knows its positions, one behind the other. */
static int gather(const ws_iter_run *run, const par_iter *it, size_t begin, size_t end, char *out)
{
    keeper k = {out, it->size_};
    return ws_iter_piece(run, it, begin, end, keep, &k);
}

static int gather_pairs(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                        char *out)
{
    _Alignas(ALIGNMENT) char elements[WS_BLOCK_BYTES];
    int code = gather(run, it->left_, place, place + n, elements);
    if (code != 0)
        return code;
    copy_strided(out, it->source_size_, elements, (ptrdiff_t)it->left_->size_, it->left_->size_, n);
    code = gather(run, it->right_, place, place + n, elements);
    if (code != 0)
        return code;
    copy_strided(out + it->offset_, it->source_size_, elements, (ptrdiff_t)it->right_->size_,
                 it->right_->size_, n);
    return 0;
}

/* As far as both go they take turns. */
static int gather_turns(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                        char *out)
{
    const par_iter *const sides[] = {it->left_, it->right_};
    const size_t shorter = it->left_->n_ < it->right_->n_ ? it->left_->n_ : it->right_->n_;
    const par_iter *const longer = it->left_->n_ > shorter ? it->left_ : it->right_;
    const size_t size = it->source_size_;
    const size_t turns = place >= 2 * shorter      ? 0
                         : 2 * shorter - place < n ? 2 * shorter - place
                                                   : n;
    _Alignas(ALIGNMENT) char elements[WS_BLOCK_BYTES];
    for (size_t side = 0; side < 2 && turns > 0; side++) {
        const size_t skipped = (place + side) % 2; /* places before the first of this side */
        if (skipped >= turns)
            continue;
        const size_t count = (turns - skipped + 1) / 2;
        const size_t begin = (place + skipped) / 2;
        const int code = gather(run, sides[side], begin, begin + count, elements);
        if (code != 0)
            return code;
        copy_strided(out + skipped * size, 2 * size, elements, (ptrdiff_t)size, size, count);
    }
    if (turns == n)
        return 0;
    const size_t begin = place + turns - shorter;
    return gather(run, longer, begin, begin + (n - turns), out + turns * size);
}

/* Elements of a chain that knows its positions. */
static int gather_chain(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                        char *out)
{
    const size_t left_n = it->left_->n_;
    const size_t of_left = place >= left_n ? 0 : left_n - place < n ? left_n - place : n;
    if (of_left > 0) {
        const int code = gather(run, it->left_, place, place + of_left, out);
        if (code != 0)
            return code;
    }
    if (of_left == n)
        return 0;
    const size_t begin = place + of_left - left_n;
    return gather(run, it->right_, begin, begin + n - of_left, out + of_left * it->source_size_);
}

/* n neighbours of a source that is made of others. */
static int gather_places(const ws_iter_run *run, const par_iter *it, size_t place, size_t n,
                         char *out)
{
    if (it->kind_ == WS_ITER_ZIP)
        return gather_pairs(run, it, place, n, out);
    if (it->kind_ == WS_ITER_INTERLEAVE)
        return gather_turns(run, it, place, n, out);
    return gather_chain(run, it, place, n, out);
}

static int fill_combined(const ws_iter_run *run, const par_iter *it, size_t begin, size_t n,
                         char *out)
{
    if (it->step_ == 1)
        return gather_places(run, it, place_of(it, begin), n, out);
    int code = 0;
    for (size_t i = 0; i < n && code == 0; i++)
        code = gather_places(run, it, place_of(it, begin + i), 1, out + i * it->source_size_);
    return code;
}

/* ---- blocks of a source --------------------------------------------------------------------- */

static void fill_array(const par_iter *it, size_t begin, size_t n, char *out)
{
    const char *const from = (const char *)it->base_ + place_of(it, begin) * it->chunk_;
    copy_strided(out, it->source_size_, from, (ptrdiff_t)(it->chunk_ * it->step_), it->source_size_,
                 n);
}

static int fill(const piece *p, size_t n, char *out)
{
    const par_iter *const it = p->it;
    switch ((enum ws_iter_kind)it->kind_) {
    case WS_ITER_ARRAY:
        fill_array(it, p->at, n, out);
        return 0;
    case WS_ITER_RANGE:
        fill_range(it, p->at, n, out);
        return 0;
    case WS_ITER_GRID:
        fill_grid(it, p->at, n, out);
        return 0;
    case WS_ITER_CHUNKS:
    case WS_ITER_WINDOWS:
        fill_slices(it, p->at, n, out);
        return 0;
    case WS_ITER_REPEAT:
        copy_strided(out, it->source_size_, it->base_, 0, it->source_size_, n);
        return 0;
    case WS_ITER_GENERATE:
        return fill_generated(it, p->at, n, out);
    case WS_ITER_CHAIN:
    case WS_ITER_ZIP:
    case WS_ITER_INTERLEAVE:
        return fill_combined(p->run, it, p->at, n, out);
    case WS_ITER_CHUNKS_OF:
    case WS_ITER_TEXT:
        break;
    }
    return EINVAL;
}

/* The most elements of which no block, from the source's to the last stage's, is too long. */
static size_t block_length(const par_iter *it, size_t source_size)
{
    size_t largest = source_size;
    for (size_t i = 0; i < it->n_stages_; i++) {
        if (it->stages_[i].size_ > largest)
            largest = it->stages_[i].size_;
    }
    return WS_BLOCK_BYTES / largest;
}

/* Hands the next n elements on, which the first of the two blocks or something else holds. */
static int push(piece *p, const void *block, size_t n)
{
    const int code = run_stages(p, 0, block, n, 1);
    p->at += n;
    return code;
}

static int push_filled(piece *p, size_t end)
{
    const size_t most = block_length(p->it, p->it->source_element_);
    int code = 0;
    while (p->at < end && code == 0) {
        const size_t n = end - p->at < most ? end - p->at : most;
        code = fill(p, n, p->blocks->bytes[0]);
        if (code == 0)
            code = push(p, p->blocks->bytes[0], n);
    }
    return code;
}

/* An array without gaps is there already. */
static int push_array(piece *p, size_t end)
{
    const par_iter *const it = p->it;
    const size_t most = it->n_stages_ == 0 ? SIZE_MAX : block_length(it, 1);
    int code = 0;
    while (p->at < end && code == 0) {
        const size_t n = end - p->at < most ? end - p->at : most;
        code = push(p, (const char *)it->base_ + place_of(it, p->at) * it->source_size_, n);
    }
    return code;
}

/* What another iterator emits may be longer than a block that the stages here can take. */
static int push_block(void *to, const void *block, size_t n)
{
    piece *const p = to;
    const size_t size = p->it->source_element_;
    const size_t most = p->it->n_stages_ == 0 ? n : block_length(p->it, size);
    const char *from = block;
    int code = 0;
    if (n <= most)
        return push(p, block, n);
    while (n > 0 && code == 0) {
        const size_t some = n < most ? n : most;
        memcpy(p->blocks->bytes[0], from, some * size);
        code = push(p, p->blocks->bytes[0], some);
        from += some * size;
        n -= some;
    }
    return code;
}

/* A chain in its own order: first of the one, then of the other. */
static int push_chain(piece *p, size_t end)
{
    const par_iter *const it = p->it;
    const size_t middle = it->left_->n_;
    const size_t begin = place_of(it, p->at);
    const size_t stop = begin + (end - p->at);
    int code = 0;
    if (begin < middle)
        code =
            ws_iter_piece(p->run, it->left_, begin, stop < middle ? stop : middle, push_block, p);
    if (code == 0 && stop > middle)
        code = ws_iter_piece(p->run, it->right_, begin > middle ? begin - middle : 0, stop - middle,
                             push_block, p);
    return code;
}

/* Chunks of what an iterator emits stand on this frame. */
static int push_chunks(piece *p, size_t end)
{
    _Alignas(ALIGNMENT) char elements[WS_BLOCK_BYTES];
    const par_iter *const it = p->it;
    const par_iter *const inner = it->left_;
    const size_t chunk_bytes = it->chunk_ * inner->size_;
    size_t most = block_length(it, sizeof(par_slice));
    if (most > WS_BLOCK_BYTES / chunk_bytes)
        most = WS_BLOCK_BYTES / chunk_bytes;
    par_slice *const slices = (par_slice *)(void *)p->blocks->bytes[0];
    int code = 0;
    while (p->at < end && code == 0) {
        const size_t n = end - p->at < most ? end - p->at : most;
        for (size_t i = 0; i < n && code == 0; i++) {
            const size_t begin = place_of(it, p->at + i) * it->chunk_;
            const size_t left = inner->n_ - begin;
            const size_t length = left < it->chunk_ ? left : it->chunk_;
            slices[i] = (par_slice){elements + i * chunk_bytes, length, begin};
            code = gather(p->run, inner, begin, begin + length, elements + i * chunk_bytes);
        }
        if (code == 0)
            code = push(p, slices, n);
    }
    return code;
}

/* Texts stand in the first block. */
static int push_texts(piece *p, size_t end)
{
    par_text *const texts = (par_text *)(void *)p->blocks->bytes[0];
    const size_t most = block_length(p->it, sizeof *texts);
    return ws_iter_text_piece(p->it, p->at, end, texts, most, push_block, p);
}

/* ---- stages --------------------------------------------------------------------------------- */

/* A state is preceded by what is known of it. */
typedef struct state_head {
    bool is_made;
    bool is_busy;
} state_head;

static state_head *head_at(ws_iter_state *state, size_t place)
{
    return (state_head *)(void *)((char *)state + ALIGNMENT + place * state->stride);
}

static void *state_of(state_head *head)
{
    return (char *)head + ALIGNMENT;
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

/* E3: for one block. */
static int run_with_new_state(const par_iter_stage *stage, size_t stride, void *out, const void *in,
                              size_t n, ptrdiff_t *written)
{
    state_head *const head = aligned_alloc(ALIGNMENT, stride);
    if (head == NULL)
        return ENOMEM;
    memset(head, 0, stride);
    const int code = make_state(stage, head);
    if (code == 0)
        *written = stage->fn_.block(out, in, n, state_of(head));
    end_state(stage, head);
    free(head);
    return code;
}

static ws_iter_state *find_state(const ws_iter_run *run, const par_iter_stage *stage)
{
    ws_iter_state *state = run->states;
    while (state != NULL && state->stage != stage)
        state = state->next;
    return state;
}

static int run_with_state(const ws_iter_run *run, const par_iter_stage *stage, void *out,
                          const void *in, size_t n, ptrdiff_t *written)
{
    ws_iter_state *const state = find_state(run, stage);
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

static void number(const piece *p, const par_iter_stage *stage, char *out, const char *in,
                   size_t size, size_t n)
{
    const size_t offset = stage->offset_;
    for (size_t i = 0; i < n; i++) {
        const size_t position = stage->first_ + (p->at + i) * stage->step_;
        memcpy(out + i * stage->size_, &position, sizeof position);
        copy_one(out + i * stage->size_ + offset, in + i * size, size);
    }
}

/* What a flat_map writes to: a block that goes on to the stages behind it when it is full. */
struct par_sink {
    piece *p;
    size_t next; /* stage */
    size_t size;
    size_t n;
    size_t most;
    blocks blocks; /* for those stages */
    _Alignas(ALIGNMENT) char bytes[WS_BLOCK_BYTES];
};

static int flush(par_sink *sink)
{
    const size_t n = sink->n;
    blocks *const before = sink->p->blocks;
    sink->n = 0;
    if (n == 0)
        return 0;
    sink->p->blocks = &sink->blocks;
    const int code = run_stages(sink->p, sink->next, sink->bytes, n, 0);
    sink->p->blocks = before;
    return code;
}

int par_sink_put(par_sink *sink, const void *elements, size_t n)
{
    const char *from = elements;
    while (n > 0) {
        const size_t room = sink->most - sink->n;
        const size_t some = n < room ? n : room;
        memcpy(sink->bytes + sink->n * sink->size, from, some * sink->size);
        sink->n += some;
        from += some * sink->size;
        n -= some;
        const int code = sink->n == sink->most ? flush(sink) : 0;
        if (code != 0)
            return code;
    }
    return 0;
}

static int run_flat(piece *p, size_t stage, const void *in, size_t n)
{
    const par_iter_stage *const flat = &p->it->stages_[stage];
    par_sink sink;
    sink.p = p;
    sink.next = stage + 1;
    sink.size = flat->size_;
    sink.n = 0;
    sink.most = WS_BLOCK_BYTES / flat->size_;
    for (size_t i = stage + 1; i < p->it->n_stages_; i++) {
        const size_t most = WS_BLOCK_BYTES / p->it->stages_[i].size_;
        sink.most = most < sink.most ? most : sink.most;
    }
    const int code = flat->fn_.flat(&sink, in, n, flat->ctx_);
    return code != 0 ? code : flush(&sink);
}

/* One stage whose block is written or looked at. *n becomes the number of elements that go on. */
static int run_stage(const piece *p, const par_iter_stage *stage, char *out, const void *in,
                     size_t size, size_t *n)
{
    ptrdiff_t written = (ptrdiff_t)*n;
    int code = 0;
    if (stage->kind_ == WS_STAGE_ENUMERATE)
        number(p, stage, out, in, size, *n);
    else if (stage->kind_ == WS_STAGE_INSPECT)
        code = ws_array_code(stage->fn_.block(NULL, in, *n, stage->ctx_));
    else if (stage->first_ > 0)
        code = run_with_state(p->run, stage, out, in, *n, &written);
    else
        written = stage->fn_.block(out, in, *n, stage->ctx_);
    if (code != 0)
        return code;
    *n = written < 0 ? 0 : (size_t)written;
    return ws_array_code(written);
}

/* The elements go through the stages from `stage` on. `next` is the block to be written first. */
static int run_stages(piece *p, size_t stage, const void *in, size_t n, int next)
{
    const par_iter *const it = p->it;
    size_t size = stage > 0 ? it->stages_[stage - 1].size_ : it->source_element_;
    if (par_canceled())
        return ECANCELED;
    for (; stage < it->n_stages_ && n > 0; stage++) {
        const par_iter_stage *const s = &it->stages_[stage];
        if (s->kind_ == WS_STAGE_FLAT)
            return run_flat(p, stage, in, n);
        char *const out = p->blocks->bytes[next];
        const int code = run_stage(p, s, out, in, size, &n);
        if (code != 0)
            return code;
        size = s->size_;
        if (s->kind_ == WS_STAGE_INSPECT)
            continue;
        in = out;
        next = 1 - next;
    }
    return n > 0 ? p->emit(p->to, in, n) : 0;
}

/* ---- runs ----------------------------------------------------------------------------------- */

static int push_all(piece *p, size_t end)
{
    const par_iter *const it = p->it;
    if (it->kind_ == WS_ITER_CHAIN && it->step_ == 1)
        return push_chain(p, end);
    if (it->kind_ == WS_ITER_CHUNKS_OF)
        return push_chunks(p, end);
    if (it->kind_ == WS_ITER_TEXT)
        return push_texts(p, end);
    if (it->kind_ == WS_ITER_ARRAY && it->step_ == 1 && it->chunk_ == it->source_size_)
        return push_array(p, end);
    return push_filled(p, end);
}

static int push_with_blocks(piece *p, size_t end)
{
    blocks b;
    p->blocks = &b;
    return push_all(p, end);
}

int ws_iter_piece(const ws_iter_run *run, const par_iter *it, size_t begin, size_t end,
                  ws_iter_emit *emit, void *to)
{
    piece p = {.run = run, .it = it, .emit = emit, .to = to, .at = begin};
    const bool is_there =
        it->kind_ == WS_ITER_ARRAY && it->step_ == 1 && it->chunk_ == it->source_size_;
    if (begin == end)
        return 0;
    return is_there && it->n_stages_ == 0 ? push_all(&p, end) : push_with_blocks(&p, end);
}

/* Room for the state of a stage on each thread, and one more for a thread that has no index. */
static int add_state(ws_iter_run *run, const par_iter_stage *stage)
{
    if (find_state(run, stage) != NULL)
        return 0;
    const size_t stride = (stage->first_ + 2 * ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (stride > (PTRDIFF_MAX - ALIGNMENT) / (run->places + 1))
        return ENOMEM;
    ws_iter_state *const state = aligned_alloc(ALIGNMENT, ALIGNMENT + stride * (run->places + 1));
    if (state == NULL)
        return ENOMEM;
    *state = (ws_iter_state){run->states, stage, stride};
    for (size_t i = 0; i <= run->places; i++)
        *head_at(state, i) = (state_head){false, false};
    run->states = state;
    return 0;
}

/* Also of those that the iterator is made of. */
static int add_states(ws_iter_run *run, const par_iter *it)
{
    int code = 0;
    for (size_t i = 0; i < it->n_stages_ && code == 0; i++) {
        if (it->stages_[i].kind_ == WS_STAGE_BLOCK && it->stages_[i].first_ > 0)
            code = add_state(run, &it->stages_[i]);
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
    *run = (ws_iter_run){.it = it, .places = par_max_threads()};
    const int code = add_states(run, it);
    if (code != 0)
        ws_iter_end(run);
    return code;
}

void ws_iter_end(ws_iter_run *run)
{
    while (run->states != NULL) {
        ws_iter_state *const state = run->states;
        run->states = state->next;
        for (size_t place = 0; place <= run->places; place++)
            end_state(state->stage, head_at(state, place));
        free(state);
    }
}
