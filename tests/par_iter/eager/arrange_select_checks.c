/* SPDX-License-Identifier: MIT */
/* arrange_select_checks.c - par_filter inside other calls, and what it returns when a block fails
 * or a loop around it is canceled; par_partition too. */
#include "par_iter/base/lengths.h"
#include "par_iter/eager/arrange_checks.h"

#include <par/arrange.h>

static inline bool is_even(uint64_t number)
{
    return number % 2 == 0;
}

PAR_DEFINE_FILTER(even, uint64_t, is_even)
PAR_DEFINE_PARTITION(even_first, uint64_t, is_even)

enum { OUTER = 20, INNER = 4000 };

static ptrdiff_t filter_rows(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        const uint64_t *row = (const uint64_t *)in + i * INNER;
        size_t got = 0;
        uint64_t kept[INNER];
        if (even(kept, &got, row, INNER) != 0)
            return -1;
        ((uint64_t *)out)[i] = got;
    }
    return (ptrdiff_t)n;
}

static const char *filter_nested(void *arg)
{
    static uint64_t rows[OUTER][INNER];
    uint64_t counts[OUTER];
    (void)arg;
    for (size_t i = 0; i < (size_t)OUTER * INNER; i++)
        rows[i / INNER][i % INNER] = i % INNER < i / INNER ? 2 : 1;
    if (par_map(counts, sizeof *counts, rows, sizeof rows[0], OUTER, filter_rows, NULL) != 0)
        return "returned a code";
    for (size_t i = 0; i < OUTER; i++) {
        if (counts[i] != i)
            return wrong("row %zu has %zu", i, (size_t)counts[i]);
    }
    return NULL;
}

const char *filter_nests(void)
{
    return in_every_pool(filter_nested, NULL);
}

static ptrdiff_t fail_at(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    for (size_t i = 0; i < n; i++) {
        if (from[i] == *(uint64_t *)ctx)
            return -1 - (ptrdiff_t)from[i];
    }
    return even_block(out, in, n, NULL);
}

static const char *fail_everywhere(void *arg)
{
    uint64_t in[FAIL_LENGTH];
    uint64_t out[FAIL_LENGTH];
    (void)arg;
    for (size_t i = 0; i < FAIL_LENGTH; i++)
        in[i] = i;
    for (uint64_t at = 0; at <= FAIL_LENGTH; at++) {
        size_t got = 77;
        const int rc = par_filter(out, &got, in, sizeof *in, FAIL_LENGTH, fail_at, &at);
        const bool fails = at < FAIL_LENGTH;
        if (rc != (fails ? -1 - (int)at : 0) || got != (fails ? 77 : FAIL_LENGTH / 2))
            return wrong("element %zu failed: code %d, %zu kept", (size_t)at, rc, got);
    }
    return NULL;
}

const char *filter_returns_the_code_of_a_block(void)
{
    return in_every_pool(fail_everywhere, NULL);
}

static ptrdiff_t fail_nth_block(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    return fail_nth(ctx, n);
}

static const char *count_after_failure(void *arg)
{
    static uint64_t in[LENGTH_MAX];
    static uint64_t out[LENGTH_MAX];
    (void)arg;
    for (size_t nth = 1; nth < 4; nth++) {
        nth_fails state = {.nth = nth};
        size_t got;
        const int rc = par_filter(out, &got, in, sizeof *in, LENGTH_MAX, fail_nth_block, &state);
        const char *problem =
            par_num_threads() > 1 || nth == 1 ? judge_nth_fails(&state, rc) : NULL;
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *filter_begins_no_block_after_a_failure(void)
{
    return in_every_pool(count_after_failure, NULL);
}

typedef struct canceled {
    par_group *group;
    int rc;
    int split_rc;
} canceled;

static int filter_after_cancel(size_t begin, size_t end, void *arg)
{
    static uint64_t in[LENGTH_MAX];
    static uint64_t out[LENGTH_MAX];
    size_t got;
    canceled *state = arg;
    (void)begin;
    (void)end;
    par_cancel(state->group);
    state->rc = even(out, &got, in, LENGTH_MAX);
    state->split_rc = even_first(out, &got, in, LENGTH_MAX);
    return 0;
}

static const char *filter_canceled(void *arg)
{
    par_group group = PAR_GROUP_INIT;
    canceled state = {&group, 0, 0};
    (void)arg;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &group;
    const int rc = par_try_for(0, 1, filter_after_cancel, &state, &options);
    if (rc == ECANCELED && state.rc == ECANCELED && state.split_rc == ECANCELED)
        return NULL;
    return wrong("returned %d and %d in %d", state.rc, state.split_rc, rc);
}

const char *filter_ends_inside_a_canceled_loop(void)
{
    return in_every_pool(filter_canceled, NULL);
}
