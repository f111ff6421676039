/* SPDX-License-Identifier: MIT */
/* iter_run.c - running an iterator, block by block. Elements are pushed: a source fills a block,
 * each stage makes another one of it, and what comes out of the last stage is emitted.
 *
 * E1  A block has at most WS_ITER_BLOCK, so that two of them and a little more stay in a
 *     first-level cache. An array without gaps needs no block of its own.
 * E2  Two blocks are enough for any number of stages: one is read while the other is written. What
 *     pulls elements together (a flat_map, zip, interleave, chunks) has others on its own frame.
 * E3  Pieces may be long. Whether the call has been stopped is asked for each block.
 * E4  When a stage lets nothing more pass, the piece ends with the code OVER, through whatever has
 *     called it, and the iterator of that stage, which knows it by `is_over`, makes a 0 of it. */
#include "par_iter/lazy/iter.h"

#include <par/group.h>

#include "par_iter/base/array.h"
#include "par_iter/base/count.h"
#include "par_iter/base/element.h"
#include "par_iter/lazy/iter_any.h"
#include "par_iter/lazy/iter_divide.h"
#include "par_iter/lazy/iter_flat.h"
#include "par_iter/lazy/iter_slices.h"
#include "par_iter/lazy/iter_source.h"
#include "par_iter/lazy/iter_state.h"
#include "par_iter/lazy/iter_text.h"

#include <string.h>

enum { OVER = INT_MAX - 1 };

/* The two blocks of E2. */
typedef struct blocks {
    _Alignas(WS_ITER_ALIGNMENT) char bytes[2][WS_ITER_BLOCK];
} blocks;

/* One piece of one iterator. */
typedef struct piece {
    const ws_iter_run *run;
    const par_iter *it;
    ws_iter_emit *emit;
    void *to;
    size_t at; /* position of the first element of the block under way */
    blocks *blocks;
    bool is_over; /* E4 */
} piece;

static int run_stages(piece *p, size_t stage, const void *in, size_t n, int next);

/* ---- blocks of a source --------------------------------------------------------------------- */

/* The most elements of which no block, from the source's to the last stage's, is too long. */
static size_t block_length(const par_iter *it, size_t source_size)
{
    size_t largest = source_size;
    for (size_t i = 0; i < it->n_stages_; i++) {
        if (it->stages_[i].size_ > largest)
            largest = it->stages_[i].size_;
    }
    return WS_ITER_BLOCK / largest;
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
        code = ws_iter_fill(p->run, p->it, p->at, n, p->blocks->bytes[0]);
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
        code = push(p, (const char *)it->base_ + ws_iter_place(it, p->at) * it->source_size_, n);
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
        code = push(p, from, some);
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
    const size_t begin = ws_iter_place(it, p->at);
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
    _Alignas(WS_ITER_ALIGNMENT) char elements[WS_ITER_BLOCK];
    const par_iter *const it = p->it;
    const par_iter *const inner = it->left_;
    const size_t chunk_bytes = it->chunk_ * inner->size_;
    size_t most = block_length(it, sizeof(par_slice));
    if (most > WS_ITER_BLOCK / chunk_bytes)
        most = WS_ITER_BLOCK / chunk_bytes;
    par_slice *const slices = (par_slice *)(void *)p->blocks->bytes[0];
    int code = 0;
    while (p->at < end && code == 0) {
        const size_t n = end - p->at < most ? end - p->at : most;
        for (size_t i = 0; i < n && code == 0; i++) {
            const size_t begin = ws_iter_place(it, p->at + i) * it->chunk_;
            const size_t left = inner->n_ - begin;
            const size_t length = left < it->chunk_ ? left : it->chunk_;
            slices[i] = (par_slice){elements + i * chunk_bytes, length, begin};
            code = ws_iter_gather(p->run, inner, begin, begin + length, elements + i * chunk_bytes);
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

static int push_slices(piece *p, size_t end)
{
    par_slice *const slices = (par_slice *)(void *)p->blocks->bytes[0];
    const size_t most = block_length(p->it, sizeof *slices);
    return ws_iter_slices_piece(p->it, p->at, end, slices, most, push_block, p);
}

static int push_divided(piece *p, size_t end)
{
    const size_t most = block_length(p->it, p->it->source_size_);
    return ws_iter_divide_piece(p->it, p->at, end, p->blocks->bytes[0], most, push_block, p);
}

/* ---- stages --------------------------------------------------------------------------------- */

static void number_elements(const piece *p, const par_iter_stage *stage, char *out, const char *in,
                            size_t size, size_t n)
{
    const size_t offset = stage->offset_;
    for (size_t i = 0; i < n; i++) {
        const size_t position = stage->first_ + (p->at + i) * stage->step_;
        memcpy(out + i * stage->size_, &position, sizeof position);
        ws_element_copy(out + i * stage->size_ + offset, in + i * size, size);
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
    _Alignas(WS_ITER_ALIGNMENT) char bytes[WS_ITER_BLOCK];
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

size_t ws_iter_flat_size(const par_sink *sink)
{
    return sink->size;
}

static int run_flat(piece *p, size_t stage, const void *in, size_t n)
{
    const par_iter_stage *const flat = &p->it->stages_[stage];
    par_sink sink;
    sink.p = p;
    sink.next = stage + 1;
    sink.size = flat->size_;
    sink.n = 0;
    sink.most = WS_ITER_BLOCK / flat->size_;
    for (size_t i = stage + 1; i < p->it->n_stages_; i++) {
        const size_t most = WS_ITER_BLOCK / p->it->stages_[i].size_;
        sink.most = most < sink.most ? most : sink.most;
    }
    const int code = flat->kind_ == WS_STAGE_FLAT ? flat->fn_.flat(&sink, in, n, flat->ctx_)
                                                  : ws_iter_flat_run(&sink, p->it, stage, in, n);
    return code != 0 ? code : flush(&sink);
}

static int run_block(const piece *p, const par_iter_stage *stage, char *out, const void *in,
                     size_t *n)
{
    const bool maps = stage->kind_ == WS_STAGE_MAP;
    ptrdiff_t written = 0;
    int code = 0;
    if (maps && stage->first_ > 0)
        code = ws_iter_state_run(p->run, stage, out, in, *n, &written);
    else
        written = stage->fn_.block(out, in, *n, stage->ctx_);
    if (code != 0)
        return code;
    ws_count_check(maps ? "a map" : "a filter", (size_t)(stage - p->it->stages_) + 1, written, *n,
                   maps);
    *n = written < 0 ? 0 : (size_t)written;
    return ws_array_code(written);
}

/* The positions of elements that are found, of n. */
static int find_positions(const piece *p, const par_iter_stage *stage, size_t *out, const char *in,
                          size_t size, size_t *n)
{
    size_t found = 0;
    for (size_t i = 0; i < *n; i++) {
        const ptrdiff_t next = stage->fn_.find(in + i * size, *n - i, false, stage->ctx_);
        if (next < 0)
            return ws_array_code(next);
        if ((size_t)next >= *n - i)
            break;
        i += (size_t)next;
        out[found++] = stage->first_ + (p->at + i) * stage->step_;
    }
    *n = found;
    return 0;
}

/* One stage, but a flat_map. *in and *n become the elements that go on, which stand at `out` or
 * where they stood. */
static int run_stage(piece *p, size_t number, char *out, const void **in, size_t size, size_t *n,
                     bool *is_over)
{
    const par_iter_stage *const stage = &p->it->stages_[number];
    const void *const from = *in;
    if (stage->kind_ >= WS_STAGE_TAKE_ANY)
        return ws_iter_any_run(p->run, p->it, number, out, in, size, n, is_over);
    if (stage->kind_ == WS_STAGE_INSPECT)
        return ws_array_code(stage->fn_.block(NULL, from, *n, stage->ctx_));
    *in = out;
    if (stage->kind_ == WS_STAGE_UPDATE) {
        memcpy(out, from, *n * size);
        return ws_array_code(stage->fn_.block(out, NULL, *n, stage->ctx_));
    }
    if (stage->kind_ == WS_STAGE_POSITIONS)
        return find_positions(p, stage, (size_t *)(void *)out, from, size, n);
    if (stage->kind_ != WS_STAGE_ENUMERATE)
        return run_block(p, stage, out, from, n);
    number_elements(p, stage, out, from, size, *n);
    return 0;
}

/* The elements go through the stages from `stage` on. `next` is the block to be written first. */
static int run_stages(piece *p, size_t stage, const void *in, size_t n, int next)
{
    const par_iter *const it = p->it;
    size_t size = stage > 0 ? it->stages_[stage - 1].size_ : it->source_element_;
    bool is_over = false;
    int code = par_canceled() ? ECANCELED : 0;
    for (; stage < it->n_stages_ && n > 0 && code == 0; stage++) {
        const par_iter_stage *const s = &it->stages_[stage];
        if (s->kind_ == WS_STAGE_FLAT || s->kind_ == WS_STAGE_FLAT_ITER)
            break;
        char *const out = p->blocks->bytes[next];
        code = run_stage(p, stage, out, &in, size, &n, &is_over);
        size = s->size_;
        if (in == out)
            next = 1 - next;
    }
    if (code == 0 && n > 0)
        code = stage < it->n_stages_ ? run_flat(p, stage, in, n) : p->emit(p->to, in, n);
    if (!is_over)
        return code;
    p->is_over = true;
    return code == 0 ? OVER : code;
}

/* ---- pieces --------------------------------------------------------------------------------- */

static int push_all(piece *p, size_t end)
{
    const par_iter *const it = p->it;
    if (it->kind_ == WS_ITER_CHAIN && it->step_ == 1)
        return push_chain(p, end);
    if (it->kind_ == WS_ITER_CHUNKS_OF)
        return push_chunks(p, end);
    if (it->kind_ == WS_ITER_TEXT)
        return push_texts(p, end);
    if (it->kind_ == WS_ITER_CHUNK_BY)
        return push_slices(p, end);
    if (it->kind_ == WS_ITER_DIVIDE)
        return push_divided(p, end);
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
    if (begin == end || ws_iter_any_is_over(run, it))
        return 0;
    const int code = is_there && it->n_stages_ == 0 ? push_all(&p, end) : push_with_blocks(&p, end);
    return code == OVER && p.is_over ? 0 : code;
}

int ws_iter_turn_piece(const ws_iter_run *run, size_t begin, size_t end, ws_iter_emit *emit,
                       void *to)
{
    return ws_iter_piece(run, run->it, run->first + begin, run->first + end, emit, to);
}
