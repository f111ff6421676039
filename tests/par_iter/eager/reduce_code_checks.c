/* SPDX-License-Identifier: MIT */
/* reduce_code_checks.c - the codes of par_reduce and par_reduce_with, and that none of them comes
 * with a changed accumulator. */
#include "par_iter/base/lengths.h"
#include "par_iter/eager/reduce_checks.h"

/* ---- failing blocks ---- */

typedef struct failing {
    size_t at; /* the element that makes its block fail */
    bool failed;
    atomic_size_t merges;
} failing;

static ptrdiff_t fold_or_fail(void *out, const void *in, size_t n, void *ctx)
{
    failing *how = ctx;
    const size_t *items = in;
    size_t *acc = out;
    for (size_t i = 0; i < n; i++) {
        if (items[i] == how->at)
            return -1 - (ptrdiff_t)items[i];
        *acc += items[i];
    }
    return 0;
}

static void merge_counted(void *left, const void *right, void *ctx)
{
    atomic_fetch_add(&((failing *)ctx)->merges, 1);
    *(size_t *)left += *(const size_t *)right;
}

static const char *judge_failure(size_t at, int rc, size_t acc, const failing *how)
{
    const size_t total = (size_t)FAIL_LENGTH * (FAIL_LENGTH - 1) / 2;
    const bool must_fail = how->failed;
    const int expected = must_fail ? -1 - (int)at : 0;
    if (rc != expected)
        return wrong("element %zu failed with %d, but %d was returned", at, expected, rc);
    if (acc != (must_fail ? 0 : total))
        return wrong("element %zu failed, and the accumulator is %zu", at, acc);
    if (must_fail && atomic_load(&how->merges) != 0)
        return wrong("element %zu failed, and blocks were merged", at);
    return NULL;
}

static const char *fail_each(bool has_identity)
{
    size_t items[FAIL_LENGTH];
    for (size_t i = 0; i < FAIL_LENGTH; i++)
        items[i] = i;
    const ws_blocks blocks = ws_blocks_cut(FAIL_LENGTH, sizeof *items);
    const char *problem = NULL;
    for (size_t at = 0; at <= FAIL_LENGTH && problem == NULL; at++) {
        failing how = {.at = at, .failed = at < FAIL_LENGTH};
        /* The first of a block is not folded where there is no identity. */
        for (size_t i = 0; i < blocks.count && !has_identity; i++)
            how.failed = how.failed && ws_blocks_begin(&blocks, i) != at;
        size_t acc = 0;
        const int rc = has_identity ? par_reduce(&acc, sizeof acc, items, sizeof *items,
                                                 FAIL_LENGTH, fold_or_fail, merge_counted, &how)
                                    : par_reduce_with(&acc, items, sizeof *items, FAIL_LENGTH,
                                                      fold_or_fail, merge_counted, &how);
        problem = judge_failure(at, rc, acc, &how);
    }
    return problem;
}

static const char *fail_each_from_identity(void *arg)
{
    (void)arg;
    return fail_each(true);
}

static const char *fail_each_from_first(void *arg)
{
    (void)arg;
    return fail_each(false);
}

const char *reduce_leaves_the_accumulator_when_a_block_fails(void)
{
    return in_every_pool(fail_each_from_identity, NULL);
}

const char *reduce_with_leaves_the_result_when_a_block_fails(void)
{
    return in_every_pool(fail_each_from_first, NULL);
}

/* Short, so that pieces are many blocks, but for some that give others the time to come. */
static ptrdiff_t fail_nth_block(void *out, const void *in, size_t n, void *ctx)
{
    nth_fails *state = ctx;
    (void)out;
    (void)in;
    if (atomic_load(&state->begun) % 16 == 15)
        yield_times(100);
    return fail_nth(state, n);
}

static void merge_nothing(void *left, const void *right, void *ctx)
{
    (void)left;
    (void)right;
    (void)ctx;
}

/* Elements so small that pieces are many blocks, and so large that each is one. */
static const char *count_after_failure(void *arg)
{
    static const size_t sizes[] = {1, 64};
    static char items[(size_t)LENGTH_MAX * 64]; /* never touched */
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 2 && problem == NULL; i++) {
        char acc = 0;
        nth_fails state = {.nth = ws_blocks_cut(LENGTH_MAX, sizes[i]).count / 2};
        const int rc =
            par_reduce(&acc, 1, items, sizes[i], LENGTH_MAX, fail_nth_block, merge_nothing, &state);
        problem = judge_nth_fails(&state, rc);
    }
    return problem;
}

const char *reduce_begins_no_block_after_a_failure(void)
{
    return in_every_pool(count_after_failure, NULL);
}

/* ---- inside a loop that was asked to stop ---- */

static ptrdiff_t cancel_outer(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    par_cancel(ctx);
    return 0;
}

static int reduce_while_canceled(size_t begin, size_t end, void *arg)
{
    static const char items[LENGTH_MAX] = {0};
    (void)begin;
    (void)end;
    char acc = 'a';
    const int rc = par_reduce(&acc, 1, items, 1, LENGTH_MAX, cancel_outer, merge_nothing, arg);
    return rc == ECANCELED && acc == 'a' ? 0 : -1;
}

static const char *cancel_around(void *arg)
{
    (void)arg;
    par_group group = PAR_GROUP_INIT;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &group;
    const int rc = par_try_for(0, 1, reduce_while_canceled, &group, &options);
    return rc == ECANCELED ? NULL : "the reduction inside went on, or changed its accumulator";
}

const char *reduce_ends_inside_a_canceled_loop(void)
{
    return in_every_pool(cancel_around, NULL);
}

/* ---- memory and arguments ---- */

static ptrdiff_t never(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    *(bool *)ctx = true;
    return -1;
}

static void never_merge(void *left, const void *right, void *ctx)
{
    (void)left;
    (void)right;
    *(bool *)ctx = true;
}

/* A partial result per block is asked for before anything is read. */
const char *reduce_leaves_the_accumulator_without_memory(void)
{
    static const char items[LENGTH_MAX] = {0};
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX / WS_BLOCKS_FEW, PTRDIFF_MAX,
                                   PTRDIFF_MAX / WS_BLOCKS_FEW};
    enum { SIZES = sizeof sizes / sizeof sizes[0] };
    /* The last fits the arithmetic, and sanitizers end the process when malloc has no memory. */
    const size_t tried = SUPPORT_ASAN || SUPPORT_TSAN ? SIZES - 1 : SIZES;
    bool called = false;
    char acc = 'a';
    for (size_t i = 0; i < tried; i++) {
        const int rc =
            par_reduce(&acc, sizes[i], items, 1, WS_BLOCKS_FEW, never, never_merge, &called);
        if (rc != ENOMEM)
            return wrong("accumulators of %zu bytes: returned %d", sizes[i], rc);
    }
    return acc != 'a' || called ? "something was called or changed" : NULL;
}

const char *reduce_refuses_bad_arguments(void)
{
    bool called = false;
    char acc = 'a';
    const char items[2] = "b";
    const struct {
        void *acc;
        size_t acc_size;
        const void *in;
        size_t in_size;
        size_t n;
        par_block_fn *fold;
        par_merge_fn *merge;
        int code;
    } calls[] = {
        {NULL, 1, items, 1, 1, never, never_merge, EINVAL},
        {&acc, 0, items, 1, 1, never, never_merge, EINVAL},
        {&acc, 1, NULL, 1, 1, never, never_merge, EINVAL},
        {&acc, 1, items, 0, 1, never, never_merge, EINVAL},
        {&acc, 1, items, 1, 1, NULL, never_merge, EINVAL},
        {&acc, 1, items, 1, 1, never, NULL, EINVAL},
        {NULL, 1, items, 1, 0, never, never_merge, EINVAL},
        {&acc, 1, items, 1, SIZE_MAX, never, never_merge, EOVERFLOW},
        {&acc, 1, items, 16, SIZE_MAX / 16 + 1, never, never_merge, EOVERFLOW},
        {&acc, 1, items, 1, 0, never, never_merge, 0},
        {&acc, 1, NULL, 1, 0, never, never_merge, 0},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        const int rc = par_reduce(calls[i].acc, calls[i].acc_size, calls[i].in, calls[i].in_size,
                                  calls[i].n, calls[i].fold, calls[i].merge, &called);
        if (rc != calls[i].code)
            return wrong("call %zu returned %d, not %d", i, rc, calls[i].code);
    }
    return acc != 'a' || called ? "something was called or changed" : NULL;
}

const char *reduce_with_refuses_bad_arguments(void)
{
    bool called = false;
    char result = 'a';
    const char items[2] = "b";
    const struct {
        void *result;
        const void *in;
        size_t size;
        size_t n;
        par_block_fn *fold;
        par_merge_fn *merge;
        int code;
    } calls[] = {
        {NULL, items, 1, 1, never, never_merge, EINVAL},
        {&result, NULL, 1, 1, never, never_merge, EINVAL},
        {&result, items, 0, 1, never, never_merge, EINVAL},
        {&result, items, 1, 1, NULL, never_merge, EINVAL},
        {&result, items, 1, 1, never, NULL, EINVAL},
        {NULL, items, 1, 0, never, never_merge, EINVAL},
        {&result, items, 1, SIZE_MAX, never, never_merge, EOVERFLOW},
        {&result, items, 1, 0, never, never_merge, ENODATA},
        {&result, NULL, 1, 0, never, never_merge, ENODATA},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        const int rc = par_reduce_with(calls[i].result, calls[i].in, calls[i].size, calls[i].n,
                                       calls[i].fold, calls[i].merge, &called);
        if (rc != calls[i].code)
            return wrong("call %zu returned %d, not %d", i, rc, calls[i].code);
    }
    return result != 'a' || called ? "something was called or changed" : NULL;
}
