/* SPDX-License-Identifier: MIT */
/* iter.h - running an iterator: its pieces, and what threads keep meanwhile. The calls that run
 * iterators are written on these four functions.
 *
 * I1  A run is begun once, on the caller, and ended once, after all its pieces.
 * I2  Pieces may run at the same time. A piece emits its elements in order, in blocks.
 * I3  A block that is emitted may be changed only by its receiver, and is gone when that returns.
 */
#ifndef WS_PAR_ITER_ITER_H
#define WS_PAR_ITER_ITER_H

#include <par/iter.h>
#include <par/loop.h>

#include "par_iter/base/blocks.h"

enum {
    WS_ITER_BLOCK = PAR_ITER_MAX_SIZE, /* bytes of a block of elements, at most */
    WS_ITER_ALIGNMENT = 64             /* of these, and of states */
};

/* What an iterator is made of. */
enum ws_iter_kind {
    WS_ITER_ARRAY,
    WS_ITER_RANGE,
    WS_ITER_GRID,
    WS_ITER_CHUNKS,
    WS_ITER_WINDOWS,
    WS_ITER_REPEAT,
    WS_ITER_GENERATE,
    WS_ITER_CHAIN,
    WS_ITER_ZIP,
    WS_ITER_INTERLEAVE,
    WS_ITER_CHUNKS_OF,
    WS_ITER_TEXT /* iter_text.h */
};

enum ws_iter_stage_kind {
    WS_STAGE_BLOCK, /* map, filter and filter_map: a block function that writes another block */
    WS_STAGE_INSPECT,
    WS_STAGE_FLAT,
    WS_STAGE_ENUMERATE
};

/* What a stage keeps for each thread: the places stand behind this, `stride` bytes apart. */
typedef struct ws_iter_state {
    struct ws_iter_state *next;
    const par_iter_stage *stage;
    size_t stride;
} ws_iter_state;

typedef struct ws_iter_run {
    const par_iter *it;
    size_t places;         /* of states */
    ws_iter_state *states; /* of all stages that have one */
} ws_iter_run;

/* Receives a block. Returns 0 to go on; anything else ends the piece, which returns it. */
typedef int ws_iter_emit(void *to, const void *block, size_t n);

/* Begins a run. Returns 0, or what the call is to return. */
int ws_iter_begin(ws_iter_run *run, const par_iter *it);

/* Ends it: after a begin that returned 0. */
void ws_iter_end(ws_iter_run *run);

/* Runs the positions begin <= i < end of the source of `it`, which is the run's iterator or one of
 * those that it is made of, and emits what comes out. */
int ws_iter_piece(const ws_iter_run *run, const par_iter *it, size_t begin, size_t end,
                  ws_iter_emit *emit, void *to);

/* How many units of so many positions a piece of a loop may have at most; 0: par chooses. */
size_t ws_iter_grain(const par_iter *it, size_t unit);

/* Cuts the source into blocks, by its length and element size alone. */
ws_blocks ws_iter_cut(const par_iter *it);

/* How many of these blocks a piece has at least, and how many such units at most; 0: par chooses. A
 * block is never cut, whatever the iterator asks for. */
size_t ws_iter_unit(const par_iter *it, const ws_blocks *blocks);
size_t ws_iter_block_grain(const par_iter *it, const ws_blocks *blocks);

/* par_try_for over the blocks, in such pieces. */
int ws_iter_loop(const par_iter *it, const ws_blocks *blocks, par_schedule schedule,
                 par_try_range_fn *body, void *arg);

#endif
