/* SPDX-License-Identifier: MIT */
/* reduce.c - par_reduce and par_reduce_with: the blocks of an array, folded one by one, and their
 * results merged (ordered.h). The caller's accumulator is only read until every block has
 * succeeded. */
#include <par/algorithm.h>

#include "par_iter/base/array.h"
#include "par_iter/base/blocks.h"
#include "par_iter/base/ordered.h"

#include <string.h>

struct reduce {
    ws_blocks blocks;
    const char *in;
    size_t in_size;
    size_t acc_size;
    const void *identity; /* NULL: a block begins from its first element */
    par_block_fn *fold;
    par_merge_fn *merge;
    void *ctx;
};

static int fold_block(void *result, bool *has, size_t i, void *arg)
{
    const struct reduce *const reduce = arg;
    const char *in = reduce->in + ws_blocks_begin(&reduce->blocks, i) * reduce->in_size;
    const char *const end = reduce->in + ws_blocks_begin(&reduce->blocks, i + 1) * reduce->in_size;
    *has = true;
    if (reduce->identity != NULL) {
        memcpy(result, reduce->identity, reduce->acc_size);
    } else {
        memcpy(result, in, reduce->in_size);
        in += reduce->in_size;
        if (in == end)
            return 0;
    }
    const size_t n = (size_t)(end - in) / reduce->in_size;
    return ws_array_code(reduce->fold(result, in, n, reduce->ctx));
}

static int run(struct reduce *reduce, void *result)
{
    bool has;
    const ws_ordered ordered = {
        .count = reduce->blocks.count,
        .size = reduce->acc_size,
        .fn = fold_block,
        .arg = reduce,
        .merge = reduce->merge,
        .ctx = reduce->ctx,
        .grain = ws_blocks_grain(&reduce->blocks, reduce->in_size),
    };
    return ws_ordered_run(&ordered, result, &has);
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
