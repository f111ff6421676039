/* SPDX-License-Identifier: MIT */
/* iter.h - building an iterator's stages, and running it: its pieces, and what threads keep
 * meanwhile. The calls that run iterators are written on these functions.
 *
 * I1  A run is begun once, on the caller, and ended once, after all its pieces.
 * I2  Pieces may run at the same time. A piece emits its elements in order, in blocks.
 * I3  A block that is emitted may be changed only by its receiver, and is gone when that returns.
 */
#ifndef WS_PAR_ITER_ITER_H
#define WS_PAR_ITER_ITER_H

#include <par/iter.h>
#include <par/loop.h>
#include <par/panic.h>

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
    WS_ITER_CHUNKS_EXACT,
    WS_ITER_RCHUNKS,
    WS_ITER_RCHUNKS_EXACT,
    WS_ITER_WINDOWS,
    WS_ITER_REPEAT,
    WS_ITER_GENERATE,
    WS_ITER_CHAIN,
    WS_ITER_ZIP,
    WS_ITER_INTERLEAVE,
    WS_ITER_INTERSPERSE,
    WS_ITER_FOLD_CHUNKS,
    WS_ITER_CHUNKS_OF,
    WS_ITER_CHUNK_BY, /* iter_slices.h */
    WS_ITER_DIVIDE,   /* iter_divide.h */
    WS_ITER_TEXT      /* iter_text.h */
};

enum ws_iter_stage_kind {
    WS_STAGE_MAP,    /* a block function that writes another block, of as many elements */
    WS_STAGE_FILTER, /* filter and filter_map: of no more elements */
    WS_STAGE_UPDATE,
    WS_STAGE_INSPECT,
    WS_STAGE_FLAT,
    WS_STAGE_FLAT_ITER,
    WS_STAGE_ENUMERATE,
    WS_STAGE_POSITIONS,
    WS_STAGE_TAKE_ANY, /* from here on: iter_any.h */
    WS_STAGE_SKIP_ANY,
    WS_STAGE_TAKE_WHILE,
    WS_STAGE_SKIP_WHILE,
    WS_STAGE_WHILE_SOME
};

/* What a stage keeps during a run: for each thread in places that stand behind this, `stride` bytes
 * apart, or, if that is 0, in one word for all threads. */
typedef struct ws_iter_state {
    struct ws_iter_state *next;
    const par_iter_stage *stage;
    size_t stride;
    size_t word;
} ws_iter_state;

typedef struct ws_iter_run {
    const par_iter *it;
    size_t places;         /* of states */
    ws_iter_state *states; /* of all stages that have one */
    size_t turn;           /* how many positions are a turn, or begin with; 0: all are one */
    size_t first;          /* of the turn: its first position */
    size_t n;              /* and how many */
} ws_iter_run;

/* Does the positions of one turn. Anything but 0 is the last one's. */
typedef int ws_iter_turn(void *arg);

/* Receives a block. Returns 0 to go on; anything else ends the piece, which returns it. */
typedef int ws_iter_emit(void *to, const void *block, size_t n);

/* The place for one more stage, or NULL and the iterator's status says why. */
par_iter_stage *ws_iter_add_stage(par_iter *it, enum ws_iter_stage_kind kind, size_t size,
                                  bool is_right);

/* Begins a run, of which all is one turn. Returns 0, or what the call is to return. */
int ws_iter_begin(ws_iter_run *run, const par_iter *it);

/* Ends it: after a begin that returned 0. A handler for PAR_DEFER, whose argument is the run. */
void ws_iter_end(void *run);

/* Runs the positions begin <= i < end of the source of `it`, which is the run's iterator or one of
 * those that it is made of, and emits what comes out. */
int ws_iter_piece(const ws_iter_run *run, const par_iter *it, size_t begin, size_t end,
                  ws_iter_emit *emit, void *to);

/* The same for positions of the turn of the run's iterator, counted from its first one. */
int ws_iter_turn_piece(const ws_iter_run *run, size_t begin, size_t end, ws_iter_emit *emit,
                       void *to);

/* Sets the turns of a run, one after the other, and calls `turn` for each until it returns
 * something else than 0, which is returned, or nothing more can come out. At least one turn. */
int ws_iter_turns(ws_iter_run *run, ws_iter_turn *turn, void *arg);

/* Whether more elements may come out of an iterator than it has positions, or many fewer: arrays
 * for them then grow. */
bool ws_iter_grows(const par_iter *it);

/* How many units of so many positions a piece of a loop may have at most; 0: par chooses. */
size_t ws_iter_grain(const par_iter *it, size_t unit);

/* Cuts the turn into blocks, by its length and the source's element size alone. */
ws_blocks ws_iter_cut(const ws_iter_run *run);

/* How many of these blocks a piece has at least, and how many such units at most; 0: par chooses. A
 * block is never cut, whatever the iterator asks for. */
size_t ws_iter_unit(const par_iter *it, const ws_blocks *blocks);
size_t ws_iter_block_grain(const par_iter *it, const ws_blocks *blocks);

/* A loop over the blocks, in such pieces; a panic travels on. */
int ws_iter_loop(const par_iter *it, const ws_blocks *blocks, par_schedule schedule,
                 par_try_range_fn *body, void *arg);

#endif
