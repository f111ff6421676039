/* SPDX-License-Identifier: MIT */
/* reduce.c - par_reduce and par_reduce_with: a partial result per block, in parallel, then one
 * merge from left to right. The blocks are cut by length alone (blocks.h), which is what makes the
 * result the same on every run.
 *
 * R1  Partial i is written by whoever folds block i, and by nobody else until the loop has ended.
 * R2  The caller's accumulator is only read until every block has succeeded. */
#include <par/algorithm.h>
#include <par/loop.h>

#include "par_iter/array.h"
#include "par_iter/blocks.h"

#include <stdlib.h>
#include <string.h>

enum {
    STACK_BYTES = 16 * 1024, /* partials up to this size need no allocation */
    ALIGNMENT = 64,          /* of the partials: as much as any type of the CPU asks for */
};

struct reduce {
    ws_blocks blocks;
    const char *in;
    size_t in_size;
    char *partials;
    size_t acc_size;
    const void *identity; /* NULL: a block begins from its first element */
    par_block_fn *fold;
    par_merge_fn *merge;
    void *ctx;
};

static int fold_block(const struct reduce *reduce, size_t i)
{
    const char *in = reduce->in + ws_blocks_begin(&reduce->blocks, i) * reduce->in_size;
    const char *const end = reduce->in + ws_blocks_begin(&reduce->blocks, i + 1) * reduce->in_size;
    char *const partial = reduce->partials + i * reduce->acc_size;
    if (reduce->identity != NULL) {
        memcpy(partial, reduce->identity, reduce->acc_size);
    } else {
        memcpy(partial, in, reduce->in_size);
        in += reduce->in_size;
        if (in == end)
            return 0;
    }
    const size_t n = (size_t)(end - in) / reduce->in_size;
    return ws_array_code(reduce->fold(partial, in, n, reduce->ctx));
}

/* The loop looks between pieces only, and a piece may be many blocks. If it was stopped by the code
 * of a block, the ECANCELED of the others comes too late to count. */
static int fold_piece(size_t begin, size_t end, void *arg)
{
    int code = 0;
    for (size_t i = begin; i < end && code == 0; i++)
        code = par_canceled() ? ECANCELED : fold_block(arg, i);
    return code;
}

/* Folds all blocks into `partials` and leaves their product in *result. */
static int run_in(struct reduce *reduce, char *partials, void *result)
{
    reduce->partials = partials;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    /* Large blocks are pieces as they are. A grain from the environment would count them as if they
     * were elements. */
    if (reduce->blocks.length * reduce->in_size >= WS_BLOCKS_BYTES / 2)
        options.grain = 1;
    const int code = par_try_for(0, reduce->blocks.count, fold_piece, reduce, &options);
    if (code != 0)
        return code;
    for (size_t i = 1; i < reduce->blocks.count; i++)
        reduce->merge(partials, partials + i * reduce->acc_size, reduce->ctx);
    memcpy(result, partials, reduce->acc_size);
    return 0;
}

static int run_on_heap(struct reduce *reduce, void *result)
{
    const size_t size = reduce->acc_size;
    const size_t count = reduce->blocks.count;
    if (size > (PTRDIFF_MAX - ALIGNMENT) / count)
        return ENOMEM;
    const size_t bytes = (size * count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    char *const partials = aligned_alloc(ALIGNMENT, bytes);
    if (partials == NULL)
        return ENOMEM;
    const int code = run_in(reduce, partials, result);
    free(partials);
    return code;
}

static int run_on_stack(struct reduce *reduce, void *result)
{
    _Alignas(ALIGNMENT) char partials[STACK_BYTES];
    return run_in(reduce, partials, result);
}

static int run(struct reduce *reduce, void *result)
{
    if (reduce->acc_size <= STACK_BYTES / reduce->blocks.count)
        return run_on_stack(reduce, result);
    return run_on_heap(reduce, result);
}

int par_reduce(void *acc, size_t acc_size, const void *in, size_t in_size, size_t n,
               par_block_fn *fold, par_merge_fn *merge, void *ctx)
{
    if (acc == NULL || acc_size == 0 || fold == NULL || merge == NULL)
        return EINVAL;
    const int code = ws_array_check(in, in_size, n);
    if (code != 0 || n == 0)
        return code;
    struct reduce reduce = {.blocks = ws_blocks_cut(n, in_size),
                            .in = in,
                            .in_size = in_size,
                            .acc_size = acc_size,
                            .identity = acc,
                            .fold = fold,
                            .merge = merge,
                            .ctx = ctx};
    return run(&reduce, acc);
}

int par_reduce_with(void *result, const void *in, size_t size, size_t n, par_block_fn *fold,
                    par_merge_fn *merge, void *ctx)
{
    if (result == NULL || fold == NULL || merge == NULL)
        return EINVAL;
    const int code = ws_array_check(in, size, n);
    if (code != 0)
        return code;
    if (n == 0)
        return ENODATA;
    struct reduce reduce = {.blocks = ws_blocks_cut(n, size),
                            .in = in,
                            .in_size = size,
                            .acc_size = size,
                            .fold = fold,
                            .merge = merge,
                            .ctx = ctx};
    return run(&reduce, result);
}
